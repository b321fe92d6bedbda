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
  groupTotal: (code: string, have: number, of: number) => `Nhóm ${code}: ${have}/${of}`,
  waiting: (n: number) => `${n} tiêu chí đang chờ trưởng đơn vị xác nhận`,
  caption: 'Đơn vị và tiêu chí, đơn vị thiếu nhiều đứng trước',
  unit: 'Đơn vị',
  groupColumn: (code: string, of: number) => `${code} (${of})`,
  waitingColumn: 'Chờ',
  confirmedColumn: 'Xác nhận',
  acceptedColumn: 'Duyệt',
  missingColumn: 'Còn thiếu',
  reportOnly: 'chỉ còn báo cáo',
  legend:
    'Chờ: đã nộp, chờ trưởng đơn vị xác nhận · Xác nhận: trưởng đơn vị đã xác nhận, chờ Ban Chỉ huy · Duyệt: Ban Chỉ huy đã duyệt hoặc đã nhận bản giấy · Không p.s.: đơn vị báo không phát sinh · Còn thiếu: chưa nộp, hoặc được trả lại mà chưa nộp lại',
  openUnit: 'Mở một đơn vị…',
  openCriterion: 'Xem đơn vị thiếu tiêu chí…',
  none: '–',
  byUnit: 'Theo đơn vị',
  byCriterion: 'Theo tiêu chí',
  otherKind: (kind: ReviewKind) => `Xem ${common.reviewKind[kind]}`,
  criterionCaption: 'Số đơn vị theo từng tiêu chí',
  criterionColumn: 'Tiêu chí',
  nilColumn: 'Không p.s.',
  unitsMissing: (criterion: string, n: number): Rich =>
    n === 0
      ? ['✅ ', bold('Không còn đơn vị nào thiếu'), ` ${criterion}`]
      : [bold(`${n} đơn vị còn thiếu`), ` ${criterion}`],
  andMore: (n: number) => `… và ${n} đơn vị khác`,
  emptyRoster: 'Chưa có đơn vị nào trong danh sách. Xin nhờ người quản trị nạp danh sách đơn vị.',
  summaryLine: (kind: ReviewKind, complete: number, units: number) =>
    `Tổng hợp ${common.reviewKind[kind]}: ${complete}/${units} đơn vị đã đủ tiêu chí`,
}
