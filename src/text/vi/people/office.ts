import { showDate } from '../../index.js'
import { bold, type Rich } from '../../rich.js'

/** Notices to the Organisation–Administration Office; each is sent once. */
export const office = {
  stranger: (name: string, email: string | null): Rich => [
    bold(name),
    email ? ` (${email})` : ' (Slack không cho biết e-mail)',
    ' vừa dùng /thidua nhưng chưa có trong danh sách. Nếu là người của trường, xin thêm vào tệp danh sách và nạp lại.',
  ],
  strangerSummary: (name: string) => `${name} chưa có trong danh sách`,
  /** Who receives the reminders of units whose leader cannot be reached. */
  passedOn: (units: readonly string[], to: readonly string[]): Rich =>
    to.length > 0
      ? ['Nhắc việc của ', bold(units.join(', ')), ` chuyển cho ${to.join(', ')}.`]
      : [
          'Nhắc việc của ',
          bold(units.join(', ')),
          ': không có ai khác được nhắc, vì không có trưởng hay cấp phó nào khác đang có mặt.',
        ],
  unreachable: (name: string, email: string | null): Rich => [
    'Không gửi được tin cho ',
    bold(name),
    email ? ` (${email})` : '',
    ': chưa thấy tài khoản Slack với e-mail này. Xin mời người này vào Slack hoặc sửa e-mail trong danh sách; những người khác vẫn nhận đủ.',
  ],
  unreachableSummary: (name: string) => `Không gửi được tin cho ${name}`,
  headless: (unit: string): Rich => [
    bold(unit),
    ' chưa có trưởng đơn vị và cấp phó trong danh sách nên không có ai được nhắc và xác nhận. Xin bổ sung rồi nạp lại danh sách.',
  ],
  leadersAway: (unit: string, until: string): Rich => [
    bold(unit),
    `: trưởng đơn vị và cấp phó đều vắng đến ${showDate(until)} nên không có ai được nhắc. Xin nhờ người khác của đơn vị giúp.`,
  ],
  headlessSummary: (unit: string) => `${unit} chưa có trưởng đơn vị`,
}
