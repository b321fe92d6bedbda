import { showDate } from '../../index.js'
import { bold, type Rich } from '../../rich.js'

export const search = {
  title: 'Tìm minh chứng',
  submit: 'Tìm',
  field: 'Từ khóa',
  hint: 'Nội dung, số (ví dụ 123), đơn vị, tiêu chí, người nộp, trạng thái (đã duyệt, chờ xác nhận…), ngày hoặc tháng. Gõ không dấu cũng được.',
  placeholder: 'Ví dụ: huấn luyện dân quân',
  found: (n: number, typed: string): Rich => [bold(`${n} kết quả`), ` cho “${typed}”`],
  none: (typed: string): Rich => [
    bold('Không tìm thấy minh chứng nào'),
    ` cho “${typed}” trong phần Thầy/Cô được xem.`,
  ],
  how: 'Tìm được theo nội dung, số (ví dụ 123), đơn vị, tiêu chí, người nộp, trạng thái (đã duyệt, chờ duyệt, chờ xác nhận, trả lại, đã rút), ngày (17/05/2024) hoặc tháng (tháng 5); gõ không dấu cũng được. Càng ít từ càng nhiều kết quả.',
  unknownWords: (words: readonly string[]) =>
    `Không minh chứng nào có ${words.map((w) => `“${w}”`).join(', ')}. Xin xem lại chính tả hoặc bỏ bớt từ này.`,
  notTogether: 'Từng từ đều có, nhưng không minh chứng nào có đủ các từ này. Xin bỏ bớt từ.',
  otherwise: (n: number) => `Có ${n} minh chứng với các từ này, nhưng ở trạng thái hoặc ngày khác.`,
  noneOfThat: 'Không có minh chứng nào ở trạng thái hoặc ngày này.',
  unfiltered: 'Bỏ lọc trạng thái, ngày',
  days: (from: string, to: string) =>
    from === to ? `ngày thực hiện ${showDate(from)}` : `thực hiện từ ${showDate(from)} đến ${showDate(to)}`,
  again: 'Tìm từ khác',
  line: (sign: string, number: string, unit: string, criterion: string, author: string): Rich => [
    `${sign} `,
    bold(number),
    ` · ${unit} · ${criterion} · ${author}\n`,
  ],
}
