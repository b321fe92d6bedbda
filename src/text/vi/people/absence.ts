import { showDate } from '../../index.js'
import { bold, type Rich } from '../../rich.js'

/** For example `từ 10/06/2024 đến 14/06/2024`, or `ngày 10/06/2024` for one day. */
const span = (from: string, until: string): string =>
  from === until ? `ngày ${showDate(from)}` : `từ ${showDate(from)} đến ${showDate(until)}`

export const absence = {
  span,
  summary: 'Báo vắng',
  titleOf: (name: string) => `Báo vắng – ${name}`,
  none: 'Chưa có đợt vắng nào sắp tới.',
  line: (from: string, until: string): Rich => [bold('Vắng'), ` ${span(from, until)}`],
  tell: 'Báo vắng',
  cancel: 'Hủy',
  usage: 'Gõ nhanh: /thidua vang từ 10/06 đến 14/06; /thidua vang ngày mai',
  usageOthers: 'Báo giúp người khác: /thidua vang Nguyễn Văn An từ 10/06 đến 14/06',

  formTitle: 'Báo vắng',
  formSubmit: 'Báo vắng',
  from: 'Từ ngày',
  until: 'Đến hết ngày',
  formNote: 'Trong những ngày này, tin nhắc của đơn vị gửi cho cấp phó. Không cần ghi lý do.',
  formFor: (name: string): Rich => ['Báo giúp ', bold(name)],

  which: (word: string) => `Có nhiều người tên “${word}”. Xin chọn:`,
  more: (n: number) => `Còn ${n} người nữa; xin gõ đủ họ tên.`,
  choice: (name: string, unit: string) => (unit ? `${name} – ${unit}` : name),

  told: {
    new: (name: string | null, from: string, until: string): Rich => [
      '✅ ',
      bold('Đã ghi'),
      `: ${name ?? 'Thầy/Cô'} vắng ${span(from, until)}.`,
    ],
    changed: (name: string | null, from: string, until: string): Rich => [
      '✅ ',
      bold('Đã đổi'),
      `: ${name ?? 'Thầy/Cô'} vắng ${span(from, until)}.`,
    ],
    same: (name: string | null, from: string, until: string): Rich => [
      '✅ ',
      bold('Đã ghi từ trước'),
      `: ${name ?? 'Thầy/Cô'} vắng ${span(from, until)}.`,
    ],
  },
  cancelled: (from: string, until: string): Rich => ['⬜ ', bold('Đã hủy'), ` đợt vắng ${span(from, until)}.`],
  meanwhile: (unit: string, names: readonly string[], role: 'head' | 'deputy'): Rich => [
    bold(unit),
    `: nhắc việc sẽ gửi cho ${names.join(', ')}${role === 'deputy' ? ' (cấp phó)' : ' (cùng phụ trách)'}.`,
  ],
  meanwhileOffice: (unit: string): Rich => [
    bold(unit),
    ': chưa có cấp phó nên Phòng Tổ chức – Hành chính sẽ nhận nhắc việc thay.',
  ],
  awayToo: (name: string, from: string, until: string) => `${name} – cũng vắng ${span(from, until)}`,
  awayTooNote: 'Những ngày không còn ai thay, Phòng Tổ chức – Hành chính sẽ nhận nhắc việc.',
  noUnit: (name: string | null) =>
    `Tin nhắc chỉ gửi cho trưởng đơn vị, ${name ?? 'Thầy/Cô'} không có tin nhắc nào phải chuyển; đợt vắng vẫn được ghi lại.`,
  besideHead: 'Tin nhắc gửi cho trưởng đơn vị; khi trưởng đơn vị cũng vắng, Phòng Tổ chức – Hành chính sẽ nhận thay.',

  held: (spans: readonly string[]): Rich => [bold('Đợt vắng đã báo: '), spans.join('; ')],
  heldMore: (n: number) => `và ${n} đợt cũ hơn`,
  heldCancelled: (text: string) => `${text} (đã hủy)`,

  standIn: (name: string, units: readonly string[], from: string, until: string): Rich => [
    bold(name),
    ` vắng ${span(from, until)}: nhắc việc của `,
    bold(units.join(', ')),
    ' trong những ngày này sẽ gửi cho Thầy/Cô.',
  ],
  standInSummary: (name: string, from: string, until: string) => `${name} vắng ${span(from, until)}`,
  standInNote: 'Thầy/Cô không cần làm gì thêm; khi có việc, Thi đua sẽ nhắc kèm nút để làm ngay.',
  standInCancelled: (name: string, from: string, until: string): Rich => [
    '⬜ ',
    bold('Đã hủy'),
    `: ${name} không vắng ${span(from, until)} nữa, nhắc việc vẫn gửi cho ${name}.`,
  ],
  standInNoMore: (name: string, from: string, until: string): Rich =>
    `⬜ ${name} vắng ${span(from, until)}: nhắc việc của đơn vị không còn gửi cho Thầy/Cô.`,
  merged: (name: string, from: string, until: string): Rich =>
    `⬜ ${name} vắng ${span(from, until)}: đã gộp vào một đợt dài hơn.`,
  erased: 'Đợt vắng này đã được xóa.',

  toldByOther: (by: string, from: string, until: string): Rich => [
    bold(by),
    ' đã báo giúp: Thầy/Cô vắng ',
    bold(span(from, until)),
    '.',
  ],
  toldByOtherSummary: (by: string, from: string, until: string) =>
    `${by} đã báo giúp: Thầy/Cô vắng ${span(from, until)}`,
  toldNote: 'Nếu chưa đúng, xin gõ /thidua vang để hủy hoặc báo lại.',
  cancelledByOther: (by: string, from: string, until: string): Rich => [
    '⬜ ',
    bold(by),
    ' đã hủy đợt vắng ',
    bold(span(from, until)),
    ' của Thầy/Cô; tin nhắc lại gửi cho Thầy/Cô như thường.',
  ],
  cancelledByOtherSummary: (by: string, from: string, until: string) => `${by} đã hủy đợt vắng ${span(from, until)}`,
  isCancelled: '⬜ Đã hủy.',
}
