import type { ReviewKind } from '../../../core/campaign/review.js'
import { showDate } from '../../index.js'
import { bold, type Rich } from '../../rich.js'
import { common } from '../common.js'

const name = common.reviewKind

export const status = {
  title: (unit: string) => unit,
  have: (have: number, of: number): Rich =>
    have === of
      ? ['✅ ', bold(`Đã đủ ${of}/${of} tiêu chí`)]
      : [bold(`Đã có ${have}/${of} tiêu chí`), ` · còn thiếu ${of - have}`],
  waiting: (n: number, leads: boolean) => `${n} minh chứng chờ ${leads ? 'Thầy/Cô' : 'trưởng đơn vị'} xác nhận`,
  daysLeft: (kind: ReviewKind, date: string, days: number) =>
    days > 0
      ? `Còn ${days} ngày làm việc đến ${name[kind]} (${showDate(date)})`
      : days === 0
        ? `Hôm nay là ngày ${name[kind]} (${showDate(date)})`
        : `Đã qua ngày ${name[kind]} (${showDate(date)})`,
  notCounted: 'Đơn vị chưa có trong danh sách khi chốt đợt này.',
  noDate: (kind: ReviewKind | undefined) => `Chưa đặt ngày ${kind ? name[kind] : 'sơ kết, tổng kết'} (/thidua lich).`,
  cell: (sign: string, code: string, short: string, state: string): Rich => [
    `${sign} `,
    bold(code),
    ` · ${short}`,
    state ? ` – ${state}` : '',
  ],
  confirmed: (n: number) => (n > 1 ? `${n} minh chứng đã xác nhận` : 'đã xác nhận'),
  waitingCell: (n: number) => (n > 1 ? `${n} minh chứng chờ xác nhận` : 'chờ xác nhận'),
  both: (done: number, waiting: number) => `${done} đã xác nhận, ${waiting} chờ xác nhận`,
  whichUnit: (word: string) => `Có nhiều đơn vị gần với “${word}”. Thầy/Cô muốn xem đơn vị nào?`,
  chooseUnit: 'Thầy/Cô muốn xem đơn vị nào?',
  missingTitle: 'Còn thiếu',
  haveTitle: 'Đã có',
  moreUnits: (n: number) => `Còn ${n} đơn vị khác; xin gõ thêm tên, ví dụ: /thidua trangthai Khoa Cơ khí`,
}
