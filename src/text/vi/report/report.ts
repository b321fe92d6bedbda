import type { ReviewKind } from '../../../core/campaign/review.js'
import type { ReportCounts } from '../../../core/report/rows.js'
import type { UnitReportState } from '../../../core/report/state.js'
import { showDate } from '../../index.js'
import { bold, type Rich } from '../../rich.js'
import { common } from '../common.js'

const name = common.reviewKind

export const unitReportState = {
  draft: 'chưa gửi',
  sent: 'chờ duyệt',
  approved: 'đã duyệt',
  rejected: 'được trả lại, đề nghị bổ sung',
} satisfies Record<UnitReportState, string>

const title = { draft: 'Chưa gửi', sent: 'Chờ duyệt', approved: 'Đã duyệt', rejected: 'Trả lại, đề nghị bổ sung' }
const sign = { draft: '⬜', sent: '🕓', approved: '✅', rejected: '↩️' } satisfies Record<UnitReportState, string>

const listed = (codes: readonly string[], shown = 20): string =>
  codes.length > shown ? `${codes.slice(0, shown).join(', ')}…` : codes.join(', ')

const someOf = (names: readonly string[], of: number): string =>
  names.join(', ') + (of > names.length ? ` và ${of - names.length} minh chứng nữa` : '')

export const unitReport = {
  title: (kind: ReviewKind, unit: string) => `Báo cáo ${name[kind]} · ${unit}`,
  pageTitle: (kind: ReviewKind) => `Báo cáo ${name[kind]}`,
  summary: (kind: ReviewKind, unit: string, state: UnitReportState) =>
    `Báo cáo ${name[kind]} của ${unit}: ${unitReportState[state]}`,
  state: (state: UnitReportState, by: string, at: string): Rich => [
    `${sign[state]} `,
    bold(title[state]),
    by ? ` · ${by}${state === 'sent' ? ' gửi' : ''}, lúc ${at}` : '',
  ],
  sentLine: (by: string, at: string) => `Bản ${by} gửi lúc ${at}`,
  reason: (reason: string): Rich => [bold('Lý do: '), reason],
  changed: 'Nội dung đã thay đổi sau khi gửi.',
  changedLeads: 'Nội dung đã thay đổi sau khi gửi. Bản đã gửi vẫn giữ nguyên; Thầy/Cô có thể gửi lại.',
  changedBoard: 'Nội dung của đơn vị đã thay đổi sau khi gửi; dưới đây là bản đã gửi.',
  showsNow: 'Đây là nội dung hiện tại, chưa phải bản đã gửi.',
  sent: (kind: ReviewKind, date: string) =>
    `✅ Đã gửi báo cáo ${name[kind]} (${showDate(date)}) đến Ban Chỉ huy. Thầy/Cô rút lại được khi Ban Chỉ huy chưa quyết định.`,
  early: (kind: ReviewKind, date: string, days: number) =>
    `Còn ${days} ngày làm việc nữa mới đến ${name[kind]} (${showDate(date)}) nên chưa gửi gì cả. Nếu đúng là báo cáo ${name[kind]}, xin bấm “Vẫn gửi”.`,
  sendEarly: 'Vẫn gửi',
  takeBack: 'Rút báo cáo',
  takeBackAskTitle: (kind: ReviewKind) => `Rút báo cáo ${name[kind]}?`,
  takeBackAsk: 'Báo cáo trở lại trạng thái chưa gửi để sửa, kể cả khi bản trước đã được duyệt; xin nhớ gửi lại.',
  takenBack: 'Đã rút báo cáo. Ban Chỉ huy không còn thấy bản này; sửa xong, xin gửi lại.',
  takenBackForBoard: 'Đơn vị đã rút báo cáo này để sửa.',
  notSentAtClosing: 'Đến lúc chốt, đơn vị chưa gửi báo cáo.',
  lacking: 'Vừa có thay đổi nên chưa gửi gì cả; xin xem lại rồi bấm gửi.',
  totals: (have: number, of: number, items: number, waiting: number): Rich => [
    bold(`${have}/${of} tiêu chí`),
    ` · ${items} thành tích`,
    waiting > 0 ? ` · ${waiting} chờ xác nhận` : '',
  ],
  missing: (codes: readonly string[]) => `Còn thiếu ${codes.length} tiêu chí: ${listed(codes)}`,
  waitingLine: (n: number, numbers: readonly string[]): Rich => [
    '🕓 ',
    bold(`${n} minh chứng chờ Thầy/Cô xác nhận`),
    ` nên chưa có trong báo cáo: ${someOf(numbers, n)}`,
  ],
  lookFirst: 'Xem lại trước',
  waitingNote: (n: number, leads = false) =>
    `${n} thành tích chờ ${leads ? 'Thầy/Cô' : 'trưởng đơn vị'} xác nhận nên chưa có trong báo cáo.`,
  noDate: (kind: ReviewKind) => `Chưa đặt ngày ${name[kind]} (/thidua lich), nên báo cáo chưa gửi được.`,
  notYours: 'Trưởng đơn vị hoặc cấp phó gửi báo cáo này.',

  line: (cellSign: string, code: string, short: string, what: string): Rich => [
    `${cellSign} `,
    bold(code),
    ` · ${short}${what ? ` – ${what}` : ''}`,
  ],
  items: (n: number) => `${n} thành tích`,
  waiting: (n: number) => `${n} chờ xác nhận`,
  paper: 'bản giấy Ban Chỉ huy đã nhận',
  nil: 'Không phát sinh',
  none: 'chưa có',
  returned: 'đã trả lại, chưa có',
  item: (number: string, date: string, figure: string, after: string) =>
    `${[number, date, figure, after].filter(Boolean).join(' · ')} – `,
  more: (n: number) => `… và ${n} thành tích nữa`,
  selfAssessment: 'Tự đánh giá',
  difficulties: 'Khó khăn, kiến nghị',
  noText: 'chưa ghi',
  fullTexts: 'Xem đầy đủ',

  send: 'Gửi báo cáo',
  sendAgain: 'Gửi lại',
  sendAskTitle: (kind: ReviewKind) => `Gửi báo cáo ${name[kind]}?`,
  /** `numbers`: of the first submissions that wait. */
  sendAsk: (kind: ReviewKind, date: string, missing: readonly string[], waiting: number, numbers: readonly string[]) =>
    [
      `Báo cáo ${name[kind]} (${showDate(date)}).`,
      ...(missing.length > 0
        ? [`Còn thiếu ${missing.length} tiêu chí: ${listed(missing, waiting > 0 ? 6 : 20)}.`]
        : []),
      ...(waiting > 0
        ? [
            `${waiting} minh chứng chờ Thầy/Cô xác nhận (${someOf(numbers, waiting)}) sẽ không có trong báo cáo; xin bấm “Xem và xác nhận” trước.`,
          ]
        : []),
      missing.length + waiting > 0 ? 'Vẫn gửi Ban Chỉ huy?' : 'Gửi Ban Chỉ huy?',
    ].join(' '),
  write: 'Ghi tự đánh giá',
  status: 'Trạng thái đơn vị',
  viewNow: 'Xem nội dung mới',
  viewSent: 'Xem bản đã gửi',
  viewAndSend: 'Xem và gửi báo cáo',
  viewAndResend: 'Xem và gửi lại',
  approve: 'Duyệt',
  reject: 'Trả lại',
  askAgain: 'Đề nghị gửi lại',
  other: (kind: ReviewKind) => `Báo cáo ${name[kind]}`,
  list: 'Danh sách báo cáo',
  mine: (unit: string) => `Báo cáo của ${unit}`,

  formTitle: 'Tự đánh giá',
  formSubmit: 'Lưu',
  formNote: (unit: string, kind: ReviewKind, date: string | undefined) =>
    `Báo cáo ${name[kind]}${date ? ` (${showDate(date)})` : ''} của ${unit}. Chữ đang gõ được giữ lại ngay.`,
  selfAssessmentHint: 'Đơn vị làm tốt việc gì, mức hoàn thành so với kế hoạch.',
  difficultiesHint: 'Điều gì cản trở, đề nghị Nhà trường hỗ trợ gì.',
  saved: '✅ Đã lưu.',

  rejectTitle: 'Trả lại báo cáo',
  rejectReason: 'Lý do',
  rejectHint: 'Trưởng đơn vị sẽ thấy đúng lời này.',
  rejectPlaceholder: 'Ví dụ: xin bổ sung số liệu của tiêu chí a3',

  listTitle: (kind: ReviewKind, date: string) => `Báo cáo ${name[kind]} · ${date}`,
  listCounts: (n: ReportCounts): Rich => {
    const units = n.draft + n.sent + n.approved + n.rejected
    return [bold(`${n.sent + n.approved}/${units} đơn vị đã gửi`), `, ${n.approved} đã duyệt`]
  },
  listNote: (n: ReportCounts) => `${n.sent} chờ duyệt · ${n.draft} chưa gửi · ${n.rejected} được trả lại`,
  listSummary: (kind: ReviewKind, n: ReportCounts) =>
    `Báo cáo ${name[kind]}: ${n.sent + n.approved}/${n.draft + n.sent + n.approved + n.rejected} đơn vị đã gửi, ${n.approved} đã duyệt`,
  listLine: (state: UnitReportState, unit: string, what: string): Rich => [
    `${sign[state]} `,
    bold(unit),
    ` · ${unitReportState[state]}${what ? ` · ${what}` : ''}`,
  ],
  listBy: (by: string, at: string) => `${by}, lúc ${at}`,
  listHave: (have: number, of: number) => `đã có ${have}/${of} tiêu chí`,
  whichUnit: (word: string) => `Có nhiều đơn vị gần với “${word}”. Thầy/Cô muốn xem báo cáo của đơn vị nào?`,
  chooseUnit: 'Thầy/Cô muốn xem báo cáo của đơn vị nào?',
  moreUnits: (n: number) => `Còn ${n} đơn vị khác; xin gõ thêm tên, ví dụ: /thidua baocao Khoa Cơ khí`,

  offer: (unit: string, kind: ReviewKind, of: number): Rich => [
    '✅ ',
    bold(`${unit} đã đủ ${of}/${of} tiêu chí`),
    `, có thể gửi báo cáo ${name[kind]}.`,
  ],
  offerSummary: (unit: string, kind: ReviewKind) => `${unit} đã đủ tiêu chí, có thể gửi báo cáo ${name[kind]}`,
  offerStale: (unit: string): Rich => [bold(unit), ' vừa có thay đổi nên chưa đủ để gửi báo cáo.'],
  offerDone: (unit: string, kind: ReviewKind, state: UnitReportState, isClosed: boolean): Rich => [
    `${sign[state]} Báo cáo ${name[kind]} của `,
    bold(unit),
    ` · ${unitReportState[state]}${isClosed ? `; ${name[kind]} đã chốt` : ''}`,
  ],
  request: (unit: string, kind: ReviewKind): Rich => [bold(unit), ` gửi báo cáo ${name[kind]}`],
  requestAgain: (unit: string, kind: ReviewKind, round: number): Rich => [
    bold(unit),
    ` gửi lại báo cáo ${name[kind]} (lần ${round})`,
  ],
  requestSummary: (unit: string, kind: ReviewKind) => `${unit} gửi báo cáo ${name[kind]}, chờ duyệt`,
  superseded: 'Đơn vị đã gửi lại; xin xem tin mới hơn.',
  outcome: {
    approved: (unit: string, kind: ReviewKind, by: string): Rich => [
      '✅ ',
      bold(`Báo cáo ${name[kind]} của ${unit} đã được duyệt`),
      ` – ${by}`,
    ],
    rejected: (unit: string, kind: ReviewKind, by: string): Rich => [
      '↩️ ',
      bold(`Báo cáo ${name[kind]} của ${unit} được trả lại, đề nghị bổ sung`),
      ` – ${by}`,
    ],
  },
}
