import type { ReviewKind } from '../../../core/campaign/review.js'
import { showDate } from '../../index.js'
import { bold, type Rich } from '../../rich.js'
import { common } from '../common.js'

export const summary = {
  title: (kind: ReviewKind) => `Tổng hợp ${common.reviewKind[kind]}`,
  date: (date: string, days: number) =>
    days > 0
      ? `${showDate(date)} · còn ${days} ngày làm việc`
      : days === 0
        ? `hôm nay, ${showDate(date)}`
        : `${showDate(date)} · đã qua`,
  closed: (date: string, on: string) => `${showDate(date)} · đã chốt ngày ${showDate(on)}`,
  noDate: 'chưa đặt ngày (/thidua lich)',
  totals: (complete: number, units: number, missing: number): Rich =>
    units === complete
      ? ['✅ ', bold(`${units}/${units} đơn vị đã đủ`)]
      : [bold(`${complete}/${units} đơn vị đã đủ`), ` · ${units - complete} đơn vị còn thiếu ${missing} tiêu chí`],
  groupTotal: (code: string, have: number, of: number) => `Nhóm ${code}: ${have}/${of}`,
  waiting: (n: number) => `${n} tiêu chí đang chờ trưởng đơn vị xác nhận`,
  caption: 'Đơn vị và tiêu chí, đơn vị thiếu nhiều đứng trước',
  unit: 'Đơn vị',
  groupColumn: (code: string, of: number) => `${code} (${of})`,
  waitingColumn: 'Chờ',
  missingColumn: 'Còn thiếu',
  none: '–',
  byUnit: 'Theo đơn vị',
  byCriterion: 'Theo tiêu chí',
  otherKind: (kind: ReviewKind) => `Xem ${common.reviewKind[kind]}`,
  criterionCaption: 'Số đơn vị theo từng tiêu chí',
  criterionColumn: 'Tiêu chí',
  haveColumn: 'Đã có',
  nilColumn: 'Không phát sinh',
  unitsMissing: (criterion: string, n: number): Rich =>
    n === 0
      ? ['✅ ', bold('Không còn đơn vị nào thiếu'), ` ${criterion}`]
      : [bold(`${n} đơn vị còn thiếu`), ` ${criterion}`],
  andMore: (n: number) => `… và ${n} đơn vị khác`,
  emptyRoster: 'Chưa có đơn vị nào trong danh sách. Xin nhờ người quản trị nạp danh sách đơn vị.',
  summaryLine: (kind: ReviewKind, complete: number, units: number) =>
    `Tổng hợp ${common.reviewKind[kind]}: ${complete}/${units} đơn vị đã đủ`,
}
