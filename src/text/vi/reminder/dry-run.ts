import type { ReviewKind } from '../../../core/campaign/review.js'
import { showDate, showWeekday } from '../../index.js'
import { campaign } from '../campaign/campaign.js'
import { common } from '../common.js'

const name = common.reviewKind
/** The campaign where several run. */
type Plan = { number: string; title: string } | undefined
type Rung = { kind: ReviewKind; reviewDate: string; offset: number; named?: Plan }
const when = (rung: Rung): string => dayOf(rung) + (rung.named ? `, Kế hoạch ${rung.named.number}` : '')
const dayOf = ({ kind, offset }: Rung): string =>
  offset < 0
    ? `còn ${-offset} ngày đến ${name[kind]}`
    : offset === 0
      ? `đúng ngày ${name[kind]}`
      : `trễ ${offset} ngày, ${name[kind]}`

export const dryRun = {
  button: 'Xem trước việc nhắc',
  title: (date: string) => `Xem trước việc nhắc: ${showWeekday(date)} ${showDate(date)}`,
  counts: (people: number, units: number, by: string | undefined) =>
    people === 0
      ? `Không ai được nhắc ngày này${by ? ` (đến ${by})` : ''}.`
      : `${people} người sẽ nhận lời nhắc về ${units} đơn vị${by ? ` (đến ${by})` : ''}`,
  rung: ({ kind, reviewDate, offset, named }: Rung) =>
    `Mốc nhắc ${name[kind]} ${showDate(reviewDate)}${campaign.after(named)}: ${offset < 0 ? `trước ${-offset} ngày làm việc` : offset === 0 ? 'đúng ngày' : `trễ ${offset} ngày làm việc`}`,
  person: (at: string, person: string, parts: readonly string[]) => `${at} ${person} – ${parts.join('; ')}`,
  part: (units: readonly string[], more: number, rung: Rung) =>
    `${units.join(', ')}${more > 0 ? ` và ${more} đơn vị khác` : ''} (${when(rung)})`,
  names: (some: readonly string[], all: number) =>
    `${some.join(', ')}${all > some.length ? ` và ${all - some.length} nữa` : ''}`,
  free: 'Là ngày nghỉ nên không gửi gì.',
  served: (n: number) => `${n} người đã nhận lời nhắc của hôm nay.`,
  complete: (n: number, names: string) => `✅ ${n} đơn vị đã đủ nên không nhắc: ${names}.`,
  refused: (n: number, names: string) => `${n} người đã tắt nhắc sớm: ${names}.`,
  away: (person: string, until: string) => `${person} vắng đến hết ${showDate(until)}; người thay nhận, nếu có.`,
  awayMore: (n: number) => `Và ${n} người khác cũng vắng.`,
  withoutRecipient: (n: number, names: string) =>
    `${n} đơn vị chưa có ai nhận, Phòng Tổ chức – Hành chính sẽ được báo: ${names}.`,
  snoozed: (n: number) => `${n} người đã hẹn nhắc lại vào ngày này.`,
  digest: (n: number) => `Bản tin tuần cho ${n} người của Ban Chỉ huy, nếu tuần qua có thay đổi.`,
  late: (kind: ReviewKind, plan?: Plan) =>
    `Danh sách đơn vị trễ ${name[kind]}${campaign.after(plan)} cho Phòng Tổ chức – Hành chính, nếu còn đơn vị trễ.`,
  eve: (kind: ReviewKind, plan?: Plan) =>
    `Tình hình trước ${name[kind]}${campaign.after(plan)} cho Ban Chỉ huy, Ban Giám hiệu.`,
  thanks: (at: string) => `${at} Lời cảm ơn cuối tháng tới trưởng các đơn vị đã đủ.`,
  note: 'Tính theo tình hình lúc này; chưa gửi và chưa lưu gì.',
}
