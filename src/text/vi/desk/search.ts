import { bold, type Rich } from '../../rich.js'

export const search = {
  title: 'Tìm minh chứng',
  submit: 'Tìm',
  field: 'Từ khóa',
  hint: 'Nội dung, số (ví dụ 123), đơn vị, tiêu chí hoặc người nộp. Gõ không dấu cũng được.',
  placeholder: 'Ví dụ: huấn luyện dân quân',
  found: (n: number, typed: string): Rich => [bold(`${n} kết quả`), ` cho “${typed}”`],
  none: (typed: string): Rich => [
    bold('Không tìm thấy minh chứng nào'),
    ` cho “${typed}” trong phần Thầy/Cô được xem.`,
  ],
  how: 'Tìm được theo nội dung, số (ví dụ 123), đơn vị, tiêu chí, người nộp; gõ không dấu cũng được. Càng ít từ càng nhiều kết quả.',
  again: 'Tìm từ khác',
  line: (sign: string, number: string, unit: string, criterion: string, author: string): Rich => [
    `${sign} `,
    bold(number),
    ` · ${unit} · ${criterion} · ${author}\n`,
  ],
}
