import type { ReviewKind } from '../../../core/campaign/review.js'
import { showDate, showWeekday } from '../../index.js'
import { bold, type Rich } from '../../rich.js'
import { common } from '../common.js'

const name = common.reviewKind
const rung = (kind: ReviewKind, offset: number): string => {
  if (offset === 0) return `đúng ngày ${name[kind]}`
  return offset < 0
    ? `còn ${-offset} ngày làm việc đến ${name[kind]}`
    : `trễ ${offset} ngày làm việc so với ${name[kind]}`
}

const left = (days: number): string => (days > 0 ? `còn ${days} ngày làm việc` : days === 0 ? 'hôm nay' : 'đã qua')

export const calendar = {
  title: 'Lịch sơ kết, tổng kết và nhắc',
  review: (
    kind: ReviewKind,
    date: string | undefined,
    days: number | undefined,
    closedOn: string | undefined,
  ): Rich => [
    bold(kind === 'preliminary' ? 'Sơ kết: ' : 'Tổng kết: '),
    date === undefined
      ? 'chưa đặt ngày'
      : `${showWeekday(date)} ${showDate(date)}${
          closedOn ? ` · đã chốt ngày ${showDate(closedOn)}` : days === undefined ? '' : ` · ${left(days)}`
        }`,
  ],
  missing: 'Kế hoạch không ghi ngày; khi chưa đặt ngày thì chưa có lời nhắc nào được gửi.',
  setDates: 'Đặt ngày',
  formTitle: 'Đặt ngày',
  formSubmit: 'Lưu',
  field: { preliminary: 'Ngày sơ kết', final: 'Ngày tổng kết' } satisfies Record<ReviewKind, string>,
  remindersTitle: 'Các lần nhắc sắp tới',
  reminder: (at: string, kind: ReviewKind, offset: number) => `${at} · ${rung(kind, offset)}`,
  reach: (units: number, people: number) => `${units} đơn vị, ${people} người`,
  ownTitle: 'Lời nhắc của Thầy/Cô',
  ownOver: ({ criteria, reports }: { criteria: number; reports: number }) =>
    `Đã hết các lần nhắc; còn thiếu ${[
      ...(criteria > 0 ? [`${criteria} tiêu chí`] : []),
      ...(reports > 0 ? [reports > 1 ? `${reports} báo cáo` : 'báo cáo'] : []),
    ].join(' và ')}.`,
  ownComplete: '✅ Đơn vị của Thầy/Cô đã đủ nên không còn lời nhắc nào.',
  next: 'Lần tới: ',
  ownLine: (
    at: string,
    date: string,
    { kind, offset }: { kind: ReviewKind; offset: number },
    units: readonly string[],
    more: number,
  ) =>
    `${at} (${showWeekday(date)}) · ${rung(kind, offset)}${units.length > 0 ? ` · ${units.join(', ')}` : ''}${more > 0 ? ` và ${more} đơn vị khác` : ''}`,
  refused: (n: number) => `Thầy/Cô đã tắt nhắc sớm: bớt ${n} lần nhắc.`,
  away: (dates: readonly string[]) =>
    `Thầy/Cô báo vắng nên người thay nhận lời nhắc ngày ${dates.map(showDate).join(', ')}.`,
  file: {
    get: 'Tải lịch (.ics)',
    getAll: 'Tải lịch kèm các lần nhắc',
    sent: 'Đang gửi tệp lịch vào tin nhắn riêng với Thi đua.',
    comment: (number: string) =>
      `Lịch phong trào theo Kế hoạch ${number}. Mở tệp để thêm vào lịch của Thầy/Cô; khi ngày thay đổi, tải lại và mở lần nữa.`,
    name: (number: string) => `Thi đua ${number}`,
    about: (number: string, title: string) => `Kế hoạch ${number}: ${title}\nXem trong Slack: /thidua lich`,
    review: (kind: ReviewKind, number: string) =>
      `${kind === 'preliminary' ? 'Sơ kết' : 'Tổng kết'} (Kế hoạch ${number})`,
    reminder: (kind: ReviewKind, offset: number, whose: 'own' | 'all') =>
      `${whose === 'own' ? 'Nhắc' : 'Nhắc các đơn vị'}: ${rung(kind, offset)}`,
  },
  none: 'Không còn lần nhắc nào.',
  who: 'Chỉ đơn vị còn thiếu tiêu chí hoặc báo cáo mới được nhắc.',
  saved: (kinds: readonly ReviewKind[]) => `Đã lưu ngày ${kinds.map((k) => name[k]).join(', ')}.`,
  unchanged: 'Các ngày không thay đổi.',
  free: (date: string) => `Lưu ý: ${showWeekday(date)} ${showDate(date)} là ngày nghỉ (/thidua ngaynghi).`,
  past: (kind: ReviewKind, date: string) => `Lưu ý: ngày ${name[kind]} ${showDate(date)} đã qua.`,
  usage: 'Ví dụ: /thidua lich sơ kết 28/06/2024 tổng kết 20/12/2024',
}
