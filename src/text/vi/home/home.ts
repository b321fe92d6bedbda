import type { ReviewKind } from '../../../core/campaign/review.js'
import { bold, type Rich } from '../../rich.js'
import { common } from '../common.js'

/** A progress bar in text: full only when nothing is missing, not empty when anything is done. */
function bar(part: number, whole: number): string {
  const width = 10
  const filled = whole === 0 ? 0 : part > 0 ? Math.max(1, Math.floor((part / whole) * width)) : 0
  return '▰'.repeat(filled) + '▱'.repeat(width - filled)
}

export const home = {
  title: 'Phong trào thi đua',
  who: (name: string, units: readonly string[], plan: string) =>
    [`Thầy/Cô ${name}`, ...units, `Kế hoạch ${plan}`].join(' · '),
  drawn: (at: string) => `Cập nhật ${at}`,
  others: 'Việc khác',

  waiting: (n: number): Rich => ['🕓 ', bold(`${n} minh chứng chờ Thầy/Cô xác nhận`)],
  nothingWaits: '✅ Không có minh chứng nào chờ Thầy/Cô xác nhận.',
  waitingItem: (author: string, criterion: string, words: string, when: string): Rich => [
    bold(author),
    ` · ${criterion}\n“${words}” – nộp ${when}`,
  ],
  waitingMore: (n: number) => `và ${n} minh chứng nữa; xong mục nào, mục kế tiếp hiện lên.`,

  returned: (n: number): Rich => ['↩️ ', bold(`${n} minh chứng được trả lại, đề nghị bổ sung`)],
  returnedItem: (number: string, criterion: string, reason: string | null): Rich => [
    bold(number),
    ` · ${criterion}`,
    reason ? `\nLý do: ${reason}` : '',
  ],
  returnedMore: (n: number) => `và ${n} minh chứng được trả lại nữa.`,

  mine: (n: number): Rich => bold(`Minh chứng của tôi (${n})`),
  mineNone: 'Thầy/Cô chưa nộp minh chứng nào.',
  mineTitle: 'Minh chứng của tôi',
  mineAll: 'Xem tất cả',
  mineMore: (n: number) => `và ${n} minh chứng cũ hơn.`,
  mineItem: (sign: string, number: string, criterion: string, state: string): Rich => [
    `${sign} `,
    bold(number),
    ` · ${criterion} – ${state}`,
  ],

  /** `ahead`: the next review, where the unit's report for the leading one is approved. */
  unitComplete: (unit: string, of: number, ahead: ReviewKind | undefined): Rich => [
    '✅ ',
    bold(unit),
    ` đã đủ ${of}/${of} tiêu chí${ahead ? ` cho ${common.reviewKind[ahead]}` : ''}`,
  ],
  unitMissing: (unit: string, have: number, of: number, ahead: ReviewKind | undefined): Rich => [
    bold(unit),
    `\n${ahead ? `Cho ${common.reviewKind[ahead]}: đã` : 'Đã'} có ${have}/${of} tiêu chí · `,
    bold(`còn thiếu\u00a0${of - have}`),
  ],
  unitNil: 'Đã báo không phát sinh',
  undoNil: 'Bỏ',
  unitsMore: (n: number) => `và ${n} đơn vị khác của Thầy/Cô.`,
  status: 'Trạng thái',

  group: (code: string, short: string, have: number, of: number) =>
    `${bar(have, of)} ${have}/${of} · ${code}) ${short}`,

  queueHeads: (n: number): Rich => ['🕓 ', bold(`${n} minh chứng`), ' chờ trưởng đơn vị xác nhận'],
  queueBoard: (n: number): Rich => ['🕓 ', bold(`${n} minh chứng`), ' chờ Ban Chỉ huy duyệt'],
  queueReports: (n: number, kind: ReviewKind): Rich => [
    '🕓 ',
    bold(`${n} báo cáo ${common.reviewKind[kind]}`),
    ' của đơn vị chờ Ban Chỉ huy duyệt',
  ],
  queueEmpty: '✅ Không có minh chứng, báo cáo nào đang chờ.',

  late: bold('Còn thiếu nhiều nhất') as Rich,
  lateItem: (unit: string, missing: readonly string[], of: number): Rich => [
    '⬜ ',
    bold(unit),
    missing.length === of ? ` – chưa có tiêu chí nào` : ` – thiếu ${missing.length}: ${missing.join(' ')}`,
  ],
  lateMore: (n: number) => `và ${n} đơn vị khác còn thiếu.`,

  unreachable: (n: number): Rich => bold(`${n} người chưa nhận được tin`),
  unreachableNames: (names: readonly string[], more: number) =>
    `${names.join(', ')}${more > 0 ? ` và ${more} người khác` : ''}`,
  unreachableNext: 'Xin mời vào Slack hoặc sửa e-mail trong danh sách; những người khác vẫn nhận đủ.',
}
