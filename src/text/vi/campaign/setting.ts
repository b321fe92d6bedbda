import type { Settings } from '../../../core/campaign/setting.js'
import { bold, type Rich } from '../../rich.js'

export interface SettingText {
  title: string
  /** The current value and what follows from it. */
  is: (value: boolean) => string
  /** The label of the button that sets the value. */
  make: (value: boolean) => string
}

/** Title and sentences of every setting. */
const all: Record<keyof Settings, SettingText> = {
  headConfirms: {
    title: 'Trưởng đơn vị xác nhận trước',
    is: (value) =>
      value
        ? 'Có: Ban Chỉ huy quân sự chỉ duyệt minh chứng mà trưởng đơn vị đã xác nhận.'
        : 'Không bắt buộc: Ban Chỉ huy quân sự duyệt được ngay; trưởng đơn vị vẫn nhận tin, vẫn xác nhận hoặc trả lại được.',
    make: (value) => (value ? 'Bắt buộc' : 'Bỏ bắt buộc'),
  },
  coach: {
    title: 'Gợi ý khi minh chứng còn sơ sài',
    is: (value) =>
      value
        ? 'Có: minh chứng thiếu số liệu, thiếu kết quả hoặc quá ngắn được gợi ý một lần trước khi nhận; bấm “Nộp” lần nữa là xong.'
        : 'Không: minh chứng được nhận ngay.',
    make: (value) => (value ? 'Bật gợi ý' : 'Tắt gợi ý'),
  },
  remindReport: {
    title: 'Nhắc gửi báo cáo',
    is: (value) =>
      value
        ? 'Có: đơn vị đã đủ tiêu chí nhưng chưa gửi báo cáo vẫn được nhắc, chỉ về báo cáo.'
        : 'Không: đơn vị đã đủ tiêu chí thì không còn được nhắc.',
    make: (value) => (value ? 'Bật nhắc báo cáo' : 'Tắt nhắc báo cáo'),
  },
  weeklyDigest: {
    title: 'Tin tổng hợp hằng tuần',
    is: (value) =>
      value
        ? 'Có: đầu tuần Ban Chỉ huy quân sự nhận một tin về những gì đã thay đổi; tuần không có gì mới thì không có tin.'
        : 'Không: Ban Chỉ huy quân sự xem bằng /thidua tonghop khi cần.',
    make: (value) => (value ? 'Bật tin hằng tuần' : 'Tắt tin hằng tuần'),
  },
  monthlyThanks: {
    title: 'Lời cảm ơn cuối tháng',
    is: (value) =>
      value
        ? 'Có: chiều ngày làm việc cuối tháng, trưởng các đơn vị đã đủ tiêu chí nhận một lời cảm ơn.'
        : 'Không: không gửi lời cảm ơn.',
    make: (value) => (value ? 'Bật lời cảm ơn' : 'Tắt lời cảm ơn'),
  },
}

export const setting = {
  title: 'Cài đặt',
  all,
  line: (name: keyof Settings, value: boolean): Rich => [bold(all[name].title), `\n${all[name].is(value)}`],
  changed: (name: keyof Settings, value: boolean): Rich => ['✅ ', bold('Đã đổi'), ` – ${all[name].make(value)}.`],
  ask: (name: keyof Settings, value: boolean) => `${all[name].title} – sẽ đổi thành “${all[name].is(value)}”`,
  unchanged: 'Cài đặt đã như vậy từ trước; không có gì thay đổi.',
  note: 'Thay đổi có hiệu lực ngay và được ghi vào nhật ký.',
}
