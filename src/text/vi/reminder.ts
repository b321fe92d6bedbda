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
  summary: (kind: ReviewKind, missing: number, days: number) =>
    days > 0
      ? `Còn ${days} ngày làm việc đến ${name[kind]}: thiếu ${missing} tiêu chí`
      : `Đến ${name[kind]} còn thiếu ${missing} tiêu chí`,
  unit: (unit: string, missing: number, of: number): Rich => [bold(unit), ` còn thiếu ${missing}/${of} tiêu chí:`],
  done: (unit: string, of: number): Rich => ['✅ ', bold(unit), ` đã đủ ${of}/${of} tiêu chí. Cảm ơn Thầy/Cô!`],
  doneSummary: 'Đơn vị đã đủ tiêu chí',
  returned: '↩️ đã trả lại',
  status: 'Xem trạng thái',
}
