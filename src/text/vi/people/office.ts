import { showDate } from '../../index.js'
import { bold, type Rich } from '../../rich.js'

const accountWhy = {
  guest: 'là tài khoản khách',
  closed: 'đã đóng',
  bot: 'là tài khoản của ứng dụng',
  elsewhere: 'thuộc nơi khác, không phải Slack của trường',
  taken: 'người này đang dùng một tài khoản khác',
  held: 'đang là tài khoản của người khác trong danh sách',
}

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
  accountSummary: (person: string) => `Một tài khoản khác dùng e-mail của ${person}`,
  account: (
    name: string,
    person: string,
    email: string | null,
    why: 'guest' | 'closed' | 'bot' | 'elsewhere' | 'taken' | 'held',
  ): Rich => [
    'Tài khoản Slack “',
    bold(name),
    '” mang e-mail của ',
    bold(person),
    email ? ` (${email})` : '',
    ` nhưng ${accountWhy[why]}. Thi đua không gắn tài khoản này; ${
      why === 'taken' ? 'tài khoản cũ vẫn giữ nguyên và vẫn nhận tin' : 'chưa có gì thay đổi'
    }.`,
  ],
  accountNext: {
    taken:
      'Nếu đúng là người này đổi tài khoản, bấm nút dưới đây; nếu không, xin báo ngay người quản trị Slack. Khi tài khoản cũ đã đóng thì Thi đua tự nhận tài khoản mới.',
    held: 'Xin sửa e-mail trong danh sách hoặc trong hồ sơ Slack, rồi nạp lại danh sách.',
    other:
      'Nếu đúng là người của trường, xin nhờ người quản trị Slack chuyển thành thành viên chính thức; nếu không, xin báo người quản trị Slack.',
  },
  accountMove: 'Chuyển sang tài khoản này',
  accountMoveAsk: (name: string, person: string) =>
    `Từ nay tài khoản “${name}” là của ${person}: nhận mọi tin nhắc và xác nhận thay tài khoản cũ. Xin chắc chắn đã hỏi chính người này.`,
  accountMoved: (person: string): Rich => ['✅ Đã chuyển ', bold(person), ' sang tài khoản này.'],
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
