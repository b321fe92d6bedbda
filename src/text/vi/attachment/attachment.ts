import type { Attachment, FailureReason } from '../../../core/attachment/attachment.js'
import { showSize } from '../../index.js'
import { bold, type Rich } from '../../rich.js'

/** Why a file was not stored, and for some reasons what to do. */
export const reasons: Record<FailureReason, string> = {
  too_large: 'lớn quá 100 MB',
  empty: 'tệp rỗng (0 byte)',
  html: 'nội dung là trang web (HTML), không phải ảnh hay tài liệu; xin gửi lại tệp gốc',
  executable: 'là chương trình, không phải ảnh hay tài liệu',
  macro: 'tài liệu có chứa macro; xin lưu lại dạng .docx, .xlsx, .pptx hoặc PDF',
  locked: 'tài liệu có đặt mật khẩu; xin bỏ mật khẩu rồi gửi lại',
  script: 'tệp PDF có lệnh tự chạy (JavaScript hoặc mở chương trình); xin in lại thành PDF mới rồi gửi lại',
  bomb: 'tài liệu nén bất thường: bung ra lớn hơn 100 lần; xin mở bằng Office, lưu lại rồi gửi lại',
  too_many_pixels: 'ảnh khai kích thước quá lớn, không chương trình nào mở được',
  unclean: 'tệp hỏng, không đọc được đến hết',
  private_data: 'không xóa hết được vị trí chụp (GPS) và thông tin riêng trong tệp; xin lưu lại dạng JPG hoặc MP4',
  private_inside:
    'một ảnh trong tài liệu còn vị trí chụp (GPS) mà không xóa được; xin bỏ ảnh đó ra, hoặc gửi riêng ảnh và bản PDF',
  unknown: 'không phải ảnh, PDF, Word, Excel, PowerPoint hoặc video MP4',
  gone: 'tệp đã bị xóa trong Slack',
  no_access:
    'Thi đua không được mở tệp này (có thể tệp ở kênh riêng); xin gửi thẳng tệp vào tin nhắn riêng với Thi đua',
  elsewhere: 'tệp nằm ngoài Slack; xin tải tệp lên Slack hoặc dán liên kết vào ô Liên kết',
  gave_up: 'tải một ngày vẫn không được',
}

type Shown = Pick<Attachment, 'name' | 'state' | 'reason' | 'size'>

const line = ({ name, state, reason, size }: Shown): string => {
  if (state === 'stored') return `✅ ${name} · ${showSize(size)}`
  return state === 'failed' ? `⬜ ${name} · không lưu được: ${reasons[reason ?? 'unknown']}` : `🕓 ${name} · đang lưu`
}

const count = (files: readonly Pick<Attachment, 'state'>[]): string => {
  const n = (state: Attachment['state']) => files.filter((f) => f.state === state).length
  const parts = [
    [n('stored'), 'đã lưu'],
    [n('waiting'), 'đang lưu'],
    [n('failed'), 'không lưu được'],
  ] as const
  return `${files.length} tệp: ${parts
    .filter(([k]) => k > 0)
    .map(([k, what]) => `${k} ${what}`)
    .join(', ')}`
}

export const attachment = {
  field: 'Ảnh, tệp minh chứng',
  fieldMore: 'Thêm ảnh, tệp',
  fieldHint:
    'Tối đa 10 tệp: ảnh, PDF, Word, Excel, PowerPoint, video MP4. Vị trí chụp (GPS) được xóa trước khi lưu, kể cả ở ảnh trong tệp .docx, .xlsx, .pptx; ảnh trong PDF và .doc, .xls, .ppt được giữ nguyên.',
  line,
  count,
  files: (n: number) => `${n} tệp`,
  there: (files: readonly Shown[]): Rich => [bold('Tệp đã có: '), files.map((f) => f.name).join(', ')],
  along: (files: readonly Shown[]): Rich => [bold('Tệp đi kèm'), `\n${files.map(line).join('\n')}`],
  coming: (n: number) => `${n} tệp đang lưu; tin xác nhận sẽ cho biết khi lưu xong.`,
  add: 'Thêm ảnh',
  addTitle: 'Thêm ảnh, tệp',
  addSubmit: 'Thêm',
  addTo: (number: string, criterion: string): Rich => [bold(number), ` · ${criterion}`],
  addAgain: 'Minh chứng sẽ được gửi lại cho trưởng đơn vị cùng với ảnh, tệp mới.',
  resend: 'Gửi lại ảnh',
  show: 'Xem ảnh, tệp',
  showing: (n: number) => `Đang gửi ${n} tệp vào tin nhắn riêng với Thi đua.`,
  shown: (number: string, criterion: string, unit: string) => `${number} · ${criterion} · ${unit}`,
  remove: 'Gỡ',
  removeTitle: 'Gỡ tệp',
  removeAsk: (name: string) => `Gỡ “${name}” khỏi minh chứng?`,
  addedTitle: 'Đã nhận',
  added: (n: number, number: string): Rich => ['✅ ', bold(`Đã nhận ${n} tệp`), ` cho ${number}`],
  failedSummary: (number: string, n: number) => `${number}: ${n} tệp không lưu được`,
  failed: (number: string, n: number): Rich => ['⬜ ', bold(`${number}: ${n} tệp không lưu được`)],
  failedMended: (number: string): Rich => ['✅ ', bold(number), ': tệp không lưu được đã được gửi lại hoặc gỡ đi.'],
  failedSafe: 'Minh chứng vẫn được giữ nguyên và vẫn được tính; chỉ cần gửi lại tệp.',
  failedClosed: 'Minh chứng vẫn được giữ nguyên.',

  drop: (images: number, files: number): Rich => [
    bold(`Đã nhận ${images === files ? `${files} ảnh` : `${files} tệp`}.`),
    ' Chọn tiêu chí để nộp.',
  ],
  dropTooMany: (n: number) => `Mỗi minh chứng tối đa 10 tệp: ${n} tệp sau cùng chưa được nhận; xin gửi trong tin khác.`,
  dropOpen: 'Chọn tiêu chí và nộp',
  dropUsed: (number: string): Rich => ['✅ ', bold(`Đã nộp cùng ${number}`)],
  dropUsedSummary: (number: string) => `Đã nộp cùng ${number}`,
}
