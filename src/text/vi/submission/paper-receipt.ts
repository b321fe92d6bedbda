import { showDate } from '../../index.js'
import { bold, type Rich } from '../../rich.js'

export const paperReceipt = {
  button: 'Đã nhận bản giấy',
  formTitle: 'Đã nhận bản giấy',
  formSubmit: 'Ghi nhận',
  notice: [
    bold('Chỉ ghi việc đã nhận.'),
    ' Không ghi nội dung, trích yếu, số hay độ mật của tài liệu; tài liệu được giữ theo chế độ bảo mật.',
  ] as Rich,
  date: 'Ngày nhận',
  savedTitle: 'Đã ghi nhận',
  saved: (unit: string, criterion: string, date: string): Rich => [
    '✅ ',
    bold('Đã nhận bản giấy'),
    ` · ${unit} · ${criterion} · ngày ${showDate(date)}`,
  ],
  more: 'Ghi nhận tiếp',
  /** In a unit's status, after the other facts of the criterion. */
  cell: (dates: readonly string[]) => `bản giấy (nhận ${dates.map(showDate).join(', ')})`,
  line: (date: string, by: string, at: string): Rich => [
    '✅ ',
    bold('Bản giấy'),
    ` · nhận ngày ${showDate(date)} · ${by} ghi lúc ${at}`,
  ],
  undo: 'Bỏ ghi nhận',
  undoAsk: (criterion: string, date: string) =>
    `Bỏ ghi nhận bản giấy của tiêu chí ${criterion}, nhận ngày ${showDate(date)}? Tiêu chí có thể lại thành còn thiếu.`,
  column: 'Bản giấy',
}
