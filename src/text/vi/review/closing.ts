import type { ReviewKind } from '../../../core/campaign/review.js'
import type { OwingCounts, ReportCounts } from '../../../core/report/rows.js'
import { showDate } from '../../index.js'
import { bold, type Rich } from '../../rich.js'
import { common } from '../common.js'

const name = common.reviewKind
const upper = { preliminary: 'Sơ kết', final: 'Tổng kết' } satisfies Record<ReviewKind, string>
const named = (units: readonly string[], more: number): string =>
  `${units.join(', ')}${more > 0 ? ` và ${more} đơn vị khác` : ''}`

/** Closing and reopening a review. */
export const closing = {
  close: (kind: ReviewKind) => `Chốt ${name[kind]}`,
  reopen: (kind: ReviewKind) => `Mở lại ${name[kind]}`,
  previewTitle: (kind: ReviewKind, date: string) => `Chốt ${name[kind]} ${showDate(date)}`,
  previewWhat: (kind: ReviewKind): string =>
    `Khi chốt, số liệu, minh chứng đã tính, báo cáo của các đơn vị được giữ nguyên như lúc này và không thay đổi nữa. Minh chứng nộp sau đó tính cho ${
      kind === 'preliminary' ? 'tổng kết' : 'đợt sau'
    }.`,
  totals: (complete: number, units: number, missing: number): Rich =>
    complete === units
      ? ['✅ ', bold(`${units}/${units} đơn vị đã đủ tiêu chí`)]
      : [bold(`${complete}/${units} đơn vị đã đủ tiêu chí`), ` · còn thiếu ${missing} tiêu chí`],
  evidence: (accepted: number, confirmed: number, submitted: number) =>
    `Minh chứng: ${accepted} đã duyệt · ${confirmed} đã xác nhận, chờ Ban Chỉ huy duyệt · ${submitted} chờ trưởng đơn vị xác nhận`,
  reports: (n: ReportCounts) =>
    `Báo cáo: ${n.approved} đã duyệt · ${n.sent} chờ duyệt · ${n.draft + n.rejected} chưa gửi`,
  late: (n: number, owing: OwingCounts, units: readonly string[], more: number): Rich => [
    '⚠️ ',
    bold(`${n} đơn vị còn thiếu`),
    `${owing.reportOnly > 0 ? ` (${common.owing(owing)})` : ''}: ${named(units, more)}`,
  ],
  undecided: (n: number, units: readonly string[], more: number): Rich => [
    '🕓 ',
    bold(`${n} báo cáo chờ Ban Chỉ huy duyệt`),
    `: ${named(units, more)}`,
  ],
  changed: 'Vừa có thay đổi nên chưa chốt gì cả; xin xem lại rồi bấm chốt.',
  askTitle: (kind: ReviewKind) => `Chốt ${name[kind]}?`,
  ask: (kind: ReviewKind, date: string, owing: OwingCounts, undecided: number): string =>
    [
      `Số liệu ${name[kind]} ${showDate(date)} sẽ được giữ nguyên.`,
      ...(owing.criteria + owing.reportOnly > 0 ? [`Còn ${common.owing(owing)}.`] : []),
      ...(undecided > 0 ? [`${undecided} báo cáo chờ duyệt sẽ không duyệt được nữa.`] : []),
      'Phòng Tổ chức – Hành chính mở lại được khi cần.',
    ].join(' '),
  closed: (kind: ReviewKind, date: string, at: string, by: string): Rich => [
    '✅ ',
    bold(`Đã chốt ${name[kind]} ${showDate(date)}`),
    ` – ${by}, lúc ${at}`,
  ],
  closedSummary: (kind: ReviewKind, date: string) => `Đã chốt ${name[kind]} ${showDate(date)}`,
  counted: (submissions: number) => `${submissions} minh chứng được tính.`,
  reopened: (kind: ReviewKind, date: string, at: string, by: string): Rich => [
    '↩️ ',
    bold(`Đã mở lại ${name[kind]} ${showDate(date)}`),
    ` – ${by}, lúc ${at}`,
  ],
  reason: (reason: string): Rich => [bold('Lý do: '), reason],
  reopenTitle: (kind: ReviewKind) => `Mở lại ${name[kind]}`,
  reopenSubmit: 'Mở lại',
  reopenNote: (kind: ReviewKind, date: string) =>
    `${upper[kind]} ${showDate(date)} đã chốt. Khi mở lại, số liệu lại thay đổi theo minh chứng và lời nhắc tiếp tục; bản đã chốt vẫn được lưu. Lý do được ghi vào nhật ký.`,
  reopenedNow: (kind: ReviewKind, date: string): Rich => ['↩️ ', bold(`Đã mở lại ${name[kind]} ${showDate(date)}.`)],
  reopenReason: 'Lý do',
  reopenHint: 'Ban Chỉ huy và Ban Giám hiệu thấy đúng lời này.',

  /** Beside the leading review. */
  next: (kind: ReviewKind, date: string) => `tiếp theo: ${name[kind]} ${showDate(date)}`,
  stillOpen: 'chưa chốt',
  closedOn: (kind: ReviewKind, date: string, on: string) =>
    `${upper[kind]} (${showDate(date)}) đã chốt ngày ${showDate(on)}`,
  lapsed: (kind: ReviewKind, date: string) =>
    `${upper[kind]} ${showDate(date)} chưa chốt và đã quá 20 ngày làm việc nên không còn hiển thị đầu tiên.`,
  due: (kind: ReviewKind, date: string): Rich => [
    '🕓 ',
    bold(`${upper[kind]} ${showDate(date)} chưa chốt`),
    `. Đã hết các lần nhắc; xin Ban Chỉ huy xem và chốt.`,
  ],
  after: (kind: ReviewKind) => `sau ${name[kind]}`,
}
