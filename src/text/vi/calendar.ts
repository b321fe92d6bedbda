import type { ReviewKind } from '../../core/review.js'
import { showDate, showWeekday } from '../index.js'
import { bold, type Rich } from '../rich.js'
import { common } from './common.js'

const name = common.reviewKind

export const calendar = {
  title: 'Lịch sơ kết, tổng kết và nhắc',
  review: (kind: ReviewKind, date: string | undefined, days: number | undefined): Rich => [
    bold(kind === 'preliminary' ? 'Sơ kết: ' : 'Tổng kết: '),
    date === undefined
      ? 'chưa đặt ngày'
      : `${showWeekday(date)} ${showDate(date)}${days !== undefined && days > 0 ? ` · còn ${days} ngày làm việc` : ''}`,
  ],
  missing: 'Kế hoạch không ghi ngày; khi chưa đặt ngày thì chưa có lời nhắc nào được gửi.',
  setDates: 'Đặt ngày',
  formTitle: 'Đặt ngày',
  formSubmit: 'Lưu',
  field: { preliminary: 'Ngày sơ kết', final: 'Ngày tổng kết' } satisfies Record<ReviewKind, string>,
  remindersTitle: 'Các lần nhắc sắp tới',
  reminder: (at: string, kind: ReviewKind, offset: number) =>
    `${at} · ${offset < 0 ? `còn ${-offset} ngày làm việc đến ${name[kind]}` : offset === 0 ? `đúng ngày ${name[kind]}` : `trễ ${offset} ngày làm việc so với ${name[kind]}`}`,
  none: 'Không còn lần nhắc nào.',
  who: 'Chỉ trưởng đơn vị còn thiếu tiêu chí mới được nhắc.',
  saved: (kinds: readonly ReviewKind[]) => `Đã lưu ngày ${kinds.map((k) => name[k]).join(', ')}.`,
  unchanged: 'Các ngày không thay đổi.',
  free: (date: string) => `Lưu ý: ${showWeekday(date)} ${showDate(date)} là ngày nghỉ (/thidua ngaynghi).`,
  usage: 'Ví dụ: /thidua lich sơ kết 28/06/2024 tổng kết 20/12/2024',
}
