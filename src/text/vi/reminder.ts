import type { ReviewKind } from '../../core/review.js'
import { showDate } from '../index.js'
import { bold, type Rich } from '../rich.js'
import { common } from './common.js'

const name = common.reviewKind

export const reminder = {
  title: (kind: ReviewKind, date: string, days: number): Rich => {
    const when = `${name[kind]} (${showDate(date)})`
    if (days > 0) return bold(`Còn ${days} ngày làm việc đến ${when}`)
    return bold(days === 0 ? `Hôm nay ${when}` : `Đã qua ${when}`)
  },
  /** One line for the notification: what is nearest, and how much is missing in all. */
  summary: (owed: readonly { kind: ReviewKind; missing: number; reports: number; days: number }[]) => {
    const [first] = owed
    const missing = owed.reduce((n, o) => n + o.missing, 0)
    const reports = owed.reduce((n, o) => n + o.reports, 0)
    const what = [...(missing > 0 ? [`${missing} tiêu chí`] : []), ...(reports > 0 ? [`${reports} báo cáo`] : [])]
    const when = first
      ? first.days > 0
        ? `Còn ${first.days} ngày làm việc đến ${name[first.kind]}`
        : `Đến ${name[first.kind]}`
      : ''
    return `${when}: còn thiếu ${what.join(', ')}`
  },
  unit: (unit: string, missing: number, of: number): Rich => [bold(unit), ` còn thiếu ${missing}/${of} tiêu chí:`],
  done: (unit: string, of: number): Rich => [
    '✅ ',
    bold(unit),
    ` đã đủ ${of}/${of} tiêu chí và đã gửi báo cáo. Cảm ơn Thầy/Cô!`,
  ],
  doneSummary: 'Đơn vị đã hoàn thành',
  reportOnly: (unit: string, of: number, kind: ReviewKind, rejected: boolean): Rich => [
    bold(unit),
    ` đã đủ ${of}/${of} tiêu chí, chỉ còn báo cáo ${name[kind]}${rejected ? ' (↩️ Ban Chỉ huy đã trả lại)' : ''}.`,
  ],
  sendReport: 'Gửi báo cáo',
  by: (name: string) => `${name} nhắc`,
  returned: '↩️ đã trả lại',
  status: 'Xem trạng thái',
}
