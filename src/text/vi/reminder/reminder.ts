import type { ReviewKind } from '../../../core/campaign/review.js'
import type { OwedReview } from '../../../core/queries/reminder/parts.js'
import type { SnoozeWhen } from '../../../core/reminder/snooze-time.js'
import { showDate, showWeekday } from '../../index.js'
import { bold, type Rich } from '../../rich.js'
import { campaign } from '../campaign/campaign.js'
import { common } from '../common.js'

const name = common.reviewKind

type Owed = Pick<OwedReview, 'missing' | 'reports' | 'waiting'>

/** For example `còn thiếu 11 tiêu chí, 2 báo cáo; 3 minh chứng chờ xác nhận`. */
function owing(owed: readonly Owed[]): string {
  const sum = (of: (o: Owed) => number) => owed.reduce((n, o) => n + of(o), 0)
  const [missing, reports, waiting] = [sum((o) => o.missing), sum((o) => o.reports), sum((o) => o.waiting)]
  const lacking = [
    ...(missing > 0 ? [`${missing} tiêu chí`] : []),
    ...(reports > 0 ? [`${reports} báo cáo`] : []),
  ].join(', ')
  return [
    ...(lacking ? [`còn thiếu ${lacking}`] : []),
    ...(waiting > 0 ? [`${waiting} minh chứng chờ xác nhận`] : []),
  ].join('; ')
}

export const reminder = {
  /** `plan`: the campaign where several run. */
  title: (kind: ReviewKind, date: string, days: number, plan?: { number: string; title: string }): Rich => {
    const when = `${name[kind]} (${showDate(date)})`
    const text = days > 0 ? `Còn ${days} ngày làm việc đến ${when}` : days === 0 ? `Hôm nay ${when}` : `Đã qua ${when}`
    return [bold(text), campaign.below(plan)]
  },
  /** One line for the notification: the nearest review and the total missing. */
  summary: (owed: readonly (Owed & { kind: ReviewKind; days: number })[]) => {
    const [first] = owed
    const when = first
      ? first.days > 0
        ? `Còn ${first.days} ngày làm việc đến ${name[first.kind]}`
        : `Đến ${name[first.kind]}`
      : ''
    return `${when}: ${owing(owed)}`
  },
  /** After the title of a reminder that a later message repeats. */
  again: (owed: readonly Owed[], on: string): string =>
    ` · ${owing(owed)} · đã nhắc lại ngày ${showDate(on)} ở tin bên dưới.`,
  unitLine: (unit: string, missing: readonly string[], of: number): Rich => [
    bold(unit),
    ` còn thiếu ${missing.length}/${of}: ${missing.slice(0, 20).join(', ')}${missing.length > 20 ? '…' : ''}`,
  ],
  folded: (units: number, missing: number): Rich => [
    `và ${units} đơn vị khác`,
    missing > 0 ? ` còn thiếu ${missing} tiêu chí` : ' còn thiếu báo cáo',
  ],
  all: 'Xem tất cả',
  unitsPage: 'Đơn vị còn thiếu',
  unitsTitle: (units: number, missing: number): Rich => [
    bold(`${units} đơn vị`),
    missing > 0 ? ` còn thiếu ${missing} tiêu chí` : ' còn thiếu báo cáo',
  ],
  doneUnits: (units: readonly string[]) =>
    units.length > 3 ? `✅ ${units.length} đơn vị khác đã xong` : `✅ ${units.join(', ')} đã xong`,
  doneMore: (units: number) => `✅ ${units} đơn vị khác cũng đã xong.`,
  doneButReport: (unit: string, of: number): Rich => [
    '✅ ',
    bold(unit),
    ` đã đủ ${of}/${of} tiêu chí; trưởng đơn vị sẽ gửi báo cáo. Cảm ơn Thầy/Cô!`,
  ],
  givenBy: (name: string): Rich => [bold(name), ' giao cho Thầy/Cô phần việc này:'],
  givenTo: (name: string): Rich => ['Đã giao cho ', bold(name)],
  handOver: 'Giao cho…',
  cancelHandover: 'Thôi giao',
  notTheirs: (units: readonly string[], giverName?: string): Rich => [
    '⬜ ',
    bold(units.length > 3 ? `${units.length} đơn vị` : units.join(', ')),
    giverName
      ? `: ${giverName} đã thôi giao phần việc này. Thầy/Cô không cần làm gì thêm.`
      : ': phần việc này không còn giao cho Thầy/Cô.',
  ],
  notTheirsSummary: 'Phần việc này không còn giao cho Thầy/Cô',
  later: 'Nhắc lại…',
  wish: 'Cách nhắc tôi…',
  /** `at`: when the reminder is repeated; `isNextDay`: whether that is tomorrow. */
  snooze: (when: SnoozeWhen, at: { date: string; time: string }, isNextDay: boolean): string => {
    if (when === 'hour') return 'Nhắc lại sau 1 giờ'
    if (when === 'afternoon') return 'Nhắc lại chiều nay'
    const day = isNextDay ? 'mai' : `${showWeekday(at.date)} ${showDate(at.date).slice(0, 5)}`
    return at.time < '12:00' ? `Nhắc lại sáng ${day}` : `Nhắc lại chiều ${day}`
  },
  snoozed: (at: string): Rich => ['🕓 ', bold(`Nhắc lại lúc ${at}`)],
  snoozeBack: 'Thôi nhắc lại',
  snoozedOtherwise: (at: string) => `Giờ đã chọn không còn phù hợp nên sẽ nhắc lại lúc ${at}.`,
  held: (at: string) => `Xin nhắc lại lúc ${at}`,
  unit: (unit: string, missing: number, of: number): Rich => [bold(unit), ` còn thiếu ${missing}/${of} tiêu chí:`],
  done: (unit: string, of: number): Rich => [
    '✅ ',
    bold(unit),
    ` đã đủ ${of}/${of} tiêu chí và đã gửi báo cáo. Cảm ơn Thầy/Cô!`,
  ],
  doneSummary: 'Đơn vị đã hoàn thành',
  closedSummary: 'Đợt này đã chốt',
  closed: (kind: ReviewKind) => `✅ Ban Chỉ huy đã chốt ${name[kind]}; không cần bổ sung cho đợt này nữa.`,
  reportOnly: (unit: string, of: number, kind: ReviewKind, rejected: boolean): Rich => [
    bold(unit),
    ` đã đủ ${of}/${of} tiêu chí, chỉ còn báo cáo ${name[kind]}${rejected ? ' (↩️ Ban Chỉ huy đã trả lại)' : ''}.`,
  ],
  sendReport: 'Gửi báo cáo',
  waiting: (n: number): Rich => ['🕓 ', bold(`${n} minh chứng chờ Thầy/Cô xác nhận`)],
  waitingOf: (unit: string, n: number): Rich => ['🕓 ', bold(unit), ': ', bold(`${n} minh chứng chờ Thầy/Cô xác nhận`)],
  by: (name: string, role?: 'command_board' | 'org_office') =>
    `${name}${role ? ` (${role === 'command_board' ? 'Ban Chỉ huy' : 'Phòng Tổ chức – Hành chính'})` : ''} nhắc`,
  returned: '↩️ đã trả lại',
  status: 'Xem trạng thái',
}
