import type { Ladder } from '../../../core/campaign/campaign.js'
import { showDate } from '../../index.js'
import { bold, type Rich } from '../../rich.js'

type Rungs = Pick<Ladder, 'workingDaysBefore' | 'onTheDay' | 'workingDaysLate'>

const before = (days: readonly number[]) => `trước ${days.join(', ')} ngày làm việc`
const earlyOf = ({ workingDaysBefore }: Rungs) => workingDaysBefore.slice(0, -1)

/** For example `trước 20, 10, 5 ngày làm việc; đúng ngày sơ kết, tổng kết; trễ 1, 3 ngày làm việc`. */
function rungs(ladder: Rungs, early: boolean): string {
  const { workingDaysBefore, onTheDay, workingDaysLate } = ladder
  const days = early ? workingDaysBefore : workingDaysBefore.slice(-1)
  return [
    ...(days.length > 0 ? [before(days)] : []),
    ...(onTheDay ? ['đúng ngày sơ kết, tổng kết'] : []),
    ...(workingDaysLate.length > 0 ? [`trễ ${workingDaysLate.join(', ')} ngày làm việc`] : []),
  ].join('; ')
}

export const preference = {
  button: 'Cách nhắc tôi',
  title: 'Cách nhắc tôi',
  submit: 'Lưu',
  hour: 'Giờ nhắc',
  hourHint: 'Đổi giờ có hiệu lực từ ngày mai. Chỉ nhắc vào ngày làm việc.',
  usual: (hour: string) => `${hour} (như kế hoạch)`,
  early: 'Các lần nhắc sớm',
  earlyOption: (ladder: Rungs) => `Nhắc sớm: ${before(earlyOf(ladder))}`,
  always: (ladder: Rungs): Rich => [
    bold('Luôn được nhắc'),
    ` khi đơn vị chưa xong: ${rungs(ladder, false)}. Các lần này không tắt được.`,
  ],
  saved: ['✅ ', bold('Đã lưu cách nhắc.')] as Rich,
  same: 'Cách nhắc đã như vậy từ trước; không có gì thay đổi.',
  now: (hour: string, ladder: Rungs, early: boolean): Rich => [
    'Nhắc lúc ',
    bold(hour),
    `, khi đơn vị chưa xong: ${rungs(ladder, early)}.`,
  ],
  from: (date: string, before: string) => `Giờ mới tính từ ${showDate(date)}; đến hết hôm nay vẫn là ${before}.`,
  held: (hour: string | null, early: boolean): Rich => [
    bold('Cách nhắc: '),
    `${hour === null ? 'giờ như kế hoạch' : `lúc ${hour}`}; ${early ? 'mọi lần nhắc' : 'không nhắc sớm'}`,
  ],
}
