import { showDate } from '../../index.js'
import { bold, type Rich } from '../../rich.js'

const many = (numbers: readonly string[]) =>
  numbers.length === 1 ? numbers.join() : `${numbers.length} mục: ${numbers.join(', ')}`

/** The Command Board's desk. */
export const desk = {
  title: 'Duyệt minh chứng',
  waiting: (n: number, oldest: string, where: string, page: string | undefined): Rich => [
    bold(`${n} minh chứng chờ duyệt`),
    `${where}, cũ nhất từ ${showDate(oldest)}${page ? ` · ${page}` : ''}`,
  ],
  none: (where: string): Rich => ['✅ ', bold('Không còn minh chứng nào chờ duyệt'), where],
  where: (parts: readonly string[]) => parts.map((p) => ` · ${p}`).join(''),
  withHeads: (n: number) => `${n} minh chứng khác còn chờ trưởng đơn vị xác nhận.`,
  allUnits: 'Tất cả đơn vị',
  allCriteria: 'Tất cả tiêu chí',
  option: (label: string, n: number) => `${label} (${n})`,
  whichUnit: (word: string) => `Có nhiều đơn vị gần với “${word}”. Thầy/Cô muốn duyệt của đơn vị nào?`,
  item: (number: string, criterion: string, author: string, on: string, notes: readonly string[]): Rich => [
    bold(number),
    ` · ${criterion}\n${author} nộp ngày ${showDate(on)}${notes.map((n) => ` · ${n}`).join('')}`,
  ],
  confirmedBy: (head: string) => `✅ ${head} đã xác nhận`,
  unconfirmed: '🕓 trưởng đơn vị chưa xác nhận',
  onBehalf: 'nộp thay đơn vị',
  isPostponed: 'để sau',
  accept: 'Duyệt',
  return: 'Trả lại',
  postpone: 'Để sau',
  whole: 'Xem đầy đủ',
  acceptAll: (n: number) => `Duyệt cả ${n} mục`,
  manyTitle: 'Duyệt nhiều mục',
  manySubmit: 'Duyệt',
  manyNote: 'Minh chứng đã duyệt thì người nộp không sửa, không rút được nữa.',
  manyField: 'Các mục sẽ duyệt',
  manyHint: 'Bỏ chọn mục nào chưa muốn duyệt.',
  manyNone: 'Xin chọn ít nhất một mục.',
  accepted: (numbers: readonly string[]): Rich => ['✅ ', bold(`Đã duyệt ${many(numbers)}`)],
  acceptUnit: (n: number) => `Duyệt tất cả của đơn vị (${n})`,
  acceptUnitTitle: 'Duyệt cả đơn vị',
  acceptUnitAsk: (n: number, unit: string) =>
    `Duyệt cả ${n} minh chứng đang chờ của ${unit}? Đã duyệt thì người nộp không sửa, không rút được nữa.`,
  acceptedUnit: (numbers: readonly string[], more: number): Rich => [
    '✅ ',
    bold(`Đã duyệt ${numbers.length + more} minh chứng`),
    `: ${numbers.join(', ')}${more > 0 ? ` và ${more} mục nữa` : ''}`,
  ],
  later: (n: number) => `${n} minh chứng mới có sau khi Thầy/Cô xem nên chưa duyệt; xin xem dưới đây.`,
  refused: (n: number) => (n === 1 ? 'Có 1 mục chưa duyệt được:' : `Có ${n} mục chưa duyệt được:`),
  returned: (number: string): Rich => ['↩️ ', bold(`Đã trả lại ${number}`), '; người nộp và trưởng đơn vị được báo.'],
  hasPostponed: (number: string): Rich => [
    bold(`Để sau ${number}`),
    ': xếp cuối danh sách của Thầy/Cô đến hết hôm nay.',
  ],
}
