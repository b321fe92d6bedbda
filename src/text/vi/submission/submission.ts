import { bold, type Rich } from '../../rich.js'

export const submission = {
  formTitle: 'Nộp minh chứng',
  editTitle: 'Sửa minh chứng',
  resubmitTitle: 'Sửa và nộp lại',
  resubmitSubmit: 'Nộp lại',
  savedTitle: 'Đã lưu',
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
  receivedNext: (leads: boolean, headConfirms: boolean) =>
    !headConfirms
      ? 'Ban Chỉ huy quân sự sẽ duyệt; Thầy/Cô được báo khi có kết quả.'
      : leads
        ? 'Minh chứng đang chờ Thầy/Cô xác nhận.'
        : 'Trưởng đơn vị sẽ xác nhận; Thầy/Cô được báo khi có kết quả.',
  unitHas: (have: number, of: number) => `Đơn vị đã có ${have}/${of} tiêu chí.`,
  receiptState: (sign: string, number: string, state: string, criterion: string): Rich => [
    `${sign} `,
    bold(`${number} ${state}`),
    ` · ${criterion}`,
  ],
  by: (name: string, at: string) => `${name}, lúc ${at}`,
  reason: (reason: string): Rich => [bold('Lý do: '), reason],

  superseded: 'Minh chứng đã được sửa và nộp lại; xin xem tin mới hơn.',
  cellTitle: (code: string) => `Tiêu chí ${code}`,
  requestTitle: (author: string, criterion: string): Rich => [bold(author), ` nộp minh chứng · ${criterion}`],
  requestSummary: (author: string, number: string) => `${author} nộp ${number}, chờ xác nhận`,
  facts: (unit: string, doneOn: string, figure: string | null) =>
    `${unit} · Ngày thực hiện ${doneOn}${figure ? ` · Số liệu ${figure}` : ''}`,
  linksLine: 'Liên kết: ',
  moreLinks: (n: number, some: boolean) => (some ? ` và ${n} liên kết khác` : `${n} địa chỉ, xem ở bản đầy đủ`),
  optional: 'Ban Chỉ huy quân sự duyệt được ngay; xác nhận của Thầy/Cô không bắt buộc.',
  confirm: 'Xác nhận',
  unconfirm: 'Bỏ xác nhận',
  unconfirmAsk: (number: string) => `Bỏ xác nhận ${number}? Minh chứng lại chờ Thầy/Cô xác nhận, người nộp được báo.`,
  confirmAll: (n: number, unit: string | undefined) => `Xác nhận tất cả (${n})${unit ? ` · ${unit}` : ''}`,
  confirmAllTitle: 'Xác nhận tất cả',
  confirmAllAsk: (n: number, unit: string) => `Xác nhận cả ${n} minh chứng đang chờ của ${unit}?`,
  confirmedAll: (numbers: readonly string[], more: number): Rich =>
    numbers.length === 0
      ? 'Không còn minh chứng nào chờ xác nhận như lúc Thầy/Cô xem.'
      : [
          '✅ ',
          bold(`Đã xác nhận ${numbers.length + more} minh chứng`),
          `: ${numbers.join(', ')}${more > 0 ? `, và ${more} mục nữa` : ''}`,
        ],
  later: (numbers: readonly string[], more: number) =>
    `Mới nộp hoặc mới sửa sau khi Thầy/Cô xem, xin xem riêng: ${numbers.join(', ')}${more > 0 ? `, và ${more} mục nữa` : ''}`,
  return: 'Trả lại',
  edit: 'Sửa',
  resubmit: 'Sửa và nộp lại',
  again: 'Nộp lại',
  onBehalf: (unit: string, by: string): Rich => [bold(`Nộp thay đơn vị: ${unit}`), ` – ${by} nộp`],
  withdrawnNote: 'Minh chứng đã rút không còn được tính. “Nộp lại” mở biểu mẫu với nội dung cũ.',
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
    unconfirmed: (number: string, by: string): Rich => [
      '🕓 ',
      bold(`${number} được bỏ xác nhận, chờ xác nhận lại`),
      ` – ${by}`,
    ],
    accepted: (number: string, by: string): Rich => ['✅ ', bold(`${number} đã được duyệt`), ` – ${by}`],
    returned: (number: string, by: string): Rich => ['↩️ ', bold(`${number} được trả lại, đề nghị bổ sung`), ` – ${by}`],
  },
  outcomeSummary: {
    confirmed: (number: string) => `${number} đã được xác nhận`,
    unconfirmed: (number: string) => `${number} được bỏ xác nhận, chờ xác nhận lại`,
    accepted: (number: string) => `${number} đã được duyệt`,
    returned: (number: string) => `${number} được trả lại, đề nghị bổ sung`,
  },
  boardReturned: (number: string, by: string): Rich => [
    '↩️ ',
    bold(`${number} được Ban Chỉ huy quân sự trả lại, đề nghị bổ sung`),
    ` – ${by}`,
  ],
  boardReturnedSummary: (number: string) => `${number} được Ban Chỉ huy quân sự trả lại, đề nghị bổ sung`,
  boardReturnedNext: (author: string) => `${author} đã được báo để sửa và nộp lại.`,
  line: (sign: string, number: string, state: string): Rich => [`${sign} `, bold(number), ` · ${state}`],
  authorLine: (author: string, number: string) => `${author} đã nộp ${number}`,
  none: 'Chưa có minh chứng nào.',
}
