import { bold, type Rich } from '../rich.js'
import { common } from './common.js'

export const submission = {
  formTitle: 'Nộp minh chứng',
  editTitle: 'Sửa minh chứng',
  formSubmit: 'Nộp',
  editSubmit: 'Lưu',
  secrecy: [
    bold('Không nhập, không gửi nội dung mật.'),
    ' Tài liệu mật nộp bản giấy cho Ban Chỉ huy quân sự. Không ghi danh sách quân số, vũ khí, tọa độ, tên đối tượng.',
  ] as Rich,
  rest: (text: string): Rich => [bold('Phần gõ dài quá 3.000 ký tự; còn lại: '), text],
  unit: 'Đơn vị',
  criterion: 'Tiêu chí',
  criterionPlaceholder: 'Chọn tiêu chí',
  text: 'Kết quả',
  textPlaceholder: 'Làm được gì, ai tham gia, đạt mức nào',
  doneOn: 'Ngày thực hiện',
  figure: 'Số liệu',
  figureHint: 'Ví dụ: 25 hoặc 12,5',
  figureUnit: 'Đơn vị tính',
  figureUnitPlaceholder: 'người, buổi, %…',
  links: 'Liên kết',
  linksHint: 'Mỗi dòng một liên kết (ảnh, bài viết, tài liệu)',
  group: (code: string, short: string) => `${code}) ${short}`,

  receivedTitle: 'Đã nhận',
  received: (number: string, criterion: string): Rich => ['✅ ', bold(`Đã nhận ${number}`), ` · ${criterion}`],
  saved: (number: string, criterion: string): Rich => ['✅ ', bold(`Đã lưu ${number}`), ` · ${criterion}`],
  receivedNext: (leads: boolean) =>
    leads ? 'Minh chứng đang chờ Thầy/Cô xác nhận.' : 'Trưởng đơn vị sẽ xác nhận; Thầy/Cô được báo khi có kết quả.',
  unitHas: (have: number, of: number) => `Đơn vị đã có ${have}/${of} tiêu chí.`,
  receiptState: (sign: string, number: string, state: string, criterion: string): Rich => [
    `${sign} `,
    bold(`${number} ${state}`),
    ` · ${criterion}`,
  ],
  by: (name: string, at: string) => `${name}, lúc ${at}`,
  reason: (reason: string): Rich => [bold('Lý do: '), reason],

  requestTitle: (author: string, criterion: string): Rich => [bold(author), ` nộp minh chứng · ${criterion}`],
  requestSummary: (author: string, number: string) => `${author} nộp ${number}, chờ xác nhận`,
  facts: (unit: string, doneOn: string, figure: string | null) =>
    `${unit} · Ngày thực hiện ${doneOn}${figure ? ` · Số liệu ${figure}` : ''}`,
  linksLine: 'Liên kết: ',
  confirm: 'Xác nhận',
  return: 'Trả lại',
  edit: 'Sửa',
  resubmit: 'Sửa và nộp lại',
  withdraw: 'Rút',
  withdrawAsk: (number: string) => `Rút ${number}? Minh chứng sẽ không còn được tính.`,
  more: 'Nộp tiếp',

  returnTitle: 'Trả lại minh chứng',
  returnSubmit: 'Trả lại',
  returnReason: 'Lý do',
  returnReasonHint: 'Người nộp sẽ thấy đúng lời này.',
  returnReasonPlaceholder: 'Ví dụ: xin bổ sung số người tham gia',

  outcome: {
    confirmed: (number: string, by: string): Rich => ['✅ ', bold(`${number} đã được xác nhận`), ` – ${by}`],
    returned: (number: string, by: string): Rich => ['↩️ ', bold(`${number} được trả lại`), ` – ${by}`],
  },
  outcomeSummary: {
    confirmed: (number: string) => `${number} đã được xác nhận`,
    returned: (number: string) => `${number} được trả lại, xin bổ sung`,
  },
  listTitle: (criterion: string) => criterion,
  line: (sign: string, number: string, state: string): Rich => [`${sign} `, bold(number), ` · ${state}`],
  authorLine: (author: string, at: string) => `${author} nộp lúc ${at}`,
  none: 'Chưa có minh chứng nào.',
  stateNames: common.state,
  headless: (unit: string) =>
    `${unit} có minh chứng hoặc tiêu chí còn thiếu nhưng chưa có trưởng đơn vị trong danh sách.`,
}
