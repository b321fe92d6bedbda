import type { ReviewKind } from '../../../core/campaign/review.js'
import type { OwingCounts } from '../../../core/report/rows.js'
import { showDate, showWeekday } from '../../index.js'
import { bold, type Rich } from '../../rich.js'
import { campaign } from '../campaign/campaign.js'
import { common } from '../common.js'

const name = common.reviewKind

/** The campaign where several run. */
type Plan = { number: string; title: string }

const andMore = (n: number, what: string): string => (n > 0 ? `\n… và ${n} ${what} nữa` : '')

/** What a unit has yet to do: the number of missing criteria, or only its report. */
const owes = (missing: number): string => (missing > 0 ? `thiếu ${missing} tiêu chí` : 'chỉ còn báo cáo')

/** What the units owe, where some owe only their report. */
const split = (owing: OwingCounts): string => (owing.reportOnly > 0 ? `: ${common.owing(owing)}` : '')

export const nudge = {
  title: 'Nhắc đơn vị',
  menu: (owing: OwingCounts, kind: ReviewKind, date: string): Rich => [
    bold(`${owing.criteria + owing.reportOnly} đơn vị`),
    ` còn thiếu cho ${name[kind]} (${showDate(date)})${split(owing)}`,
  ],
  allComplete: (kind: ReviewKind, date: string) =>
    `✅ Mọi đơn vị đã đủ cho ${name[kind]} (${showDate(date)}); không cần nhắc ai.`,
  all: (n: number) => `Nhắc tất cả (${n} đơn vị)`,
  button: 'Nhắc',
  now: 'Nhắc ngay',
  unit: (unit: string, missing: number): Rich => [bold(unit), ` · ${owes(missing)}`],
  moreUnits: (n: number) => `Còn ${n} đơn vị nữa; gõ tên để nhắc riêng, ví dụ: /thidua nhac Khoa Cơ khí`,
  preview: (n: number, kind: ReviewKind, date: string): Rich =>
    bold(n > 0 ? `${n} người sẽ được nhắc về ${name[kind]} (${showDate(date)})` : 'Không có ai để nhắc lúc này'),
  when: (date: string, time: string) =>
    `Ngoài giờ làm việc: tin sẽ gửi lúc ${time} ${showWeekday(date)} ${showDate(date)}.`,
  person: (person: string, units: readonly { name: string; missing: number }[]) =>
    `• ${person} – ${units.map((u) => `${u.name}: ${owes(u.missing)}`).join('; ')}`,
  morePeople: (n: number) => andMore(n, 'người'),
  notNow: 'Không nhắc lúc này:',
  held: (people: readonly string[], more: number, at: string) =>
    `• ${people.join(', ')}${more > 0 ? ` và ${more} người nữa` : ''}: đã có tin nhắc lúc ${at}, chưa quá 4 giờ`,
  today: (time: string) => `${time} hôm nay`,
  waits: (people: readonly string[], more: number, at: string) =>
    `• ${people.join(', ')}${more > 0 ? ` và ${more} người nữa` : ''}: đã có tin nhắc chờ gửi lúc ${at}`,
  changed: (seen: number, n: number) => `Lúc xem trước là ${seen} người, nay là ${n}: có thay đổi từ lúc đó.`,
  none: (unit: string) => `• ${unit}: chưa có trưởng đơn vị và cấp phó`,
  absent: (unit: string, until: string) => `• ${unit}: người phụ trách vắng đến ${showDate(until)}`,
  complete: (unit: string) => `• ${unit}: đã đủ`,
  send: (n: number) => `Gửi (${n})`,
  cancelled: 'Đã dừng; chưa nhắc ai.',
  sent: (n: number, kind: ReviewKind): Rich => ['✅ ', bold(`Đã nhắc ${n} người`), ` về ${name[kind]}.`],
  queued: (n: number, date: string, time: string): Rich => [
    '🕓 ',
    bold(`${n} người sẽ được nhắc`),
    ` lúc ${time} ${showWeekday(date)} ${showDate(date)}.`,
  ],
  nobody: 'Chưa nhắc thêm ai.',
  chase: 'Nhắc đơn vị còn thiếu',
  lateTitle: (owing: OwingCounts, kind: ReviewKind, date: string, plan?: Plan): Rich => [
    bold(`${owing.criteria + owing.reportOnly} đơn vị trễ ${name[kind]} (${showDate(date)})`),
    split(owing),
    campaign.below(plan),
  ],
  lateSummary: (n: number) => `${n} đơn vị trễ hạn`,
  lateDone: (kind: ReviewKind, date: string, plan?: Plan): Rich => [
    '✅ ',
    bold(`Không còn đơn vị nào trễ ${name[kind]}`),
    ` (${showDate(date)}).${campaign.below(plan)}`,
  ],
  lateClosed: (kind: ReviewKind, date: string, plan?: Plan): Rich => [
    '✅ ',
    bold(`Ban Chỉ huy đã chốt ${name[kind]}`),
    ` (${showDate(date)}); các đơn vị không còn phải bổ sung cho đợt này.${campaign.below(plan)}`,
  ],
  /** `missing`: the codes of the missing criteria, or their number when all are missing. */
  lateUnit: (
    unit: string,
    missing: readonly string[] | number,
    times: number,
    last: string | null,
    who: string,
  ): Rich => [
    bold(unit),
    typeof missing === 'number'
      ? ` thiếu cả ${missing} tiêu chí`
      : missing.length > 0
        ? ` thiếu ${missing.join(', ')}`
        : ' chỉ còn báo cáo',
    `\n${times > 0 && last ? `đã nhắc ${times} lần, lần cuối ${last}` : 'chưa nhắc lần nào'} · ${who}`,
  ],
  justNow: '✅ vừa nhắc',
  toCome: (at: string) => `🕓 sẽ nhắc lúc ${at}`,
  nobodyLeads: 'chưa có trưởng đơn vị và cấp phó',
  away: (until: string) => `người phụ trách vắng đến ${showDate(until)}`,
  moreLate: (n: number) => `Còn ${n} đơn vị nữa.`,
  seeAll: 'Xem tất cả',
  eveTitle: (kind: ReviewKind, date: string, days: number, plan?: Plan): Rich => [
    bold(
      days > 0
        ? `Còn ${days} ngày làm việc đến ${name[kind]} (${showDate(date)})`
        : `Hôm nay ${name[kind]} (${showDate(date)})`,
    ),
    campaign.below(plan),
  ],
  eveReports: (c: { approved: number; sent: number; left: number }) =>
    `Báo cáo: ${c.approved} đã duyệt, ${c.sent} chờ Ban Chỉ huy duyệt, ${c.left} chưa gửi`,
  eveUnit: (unit: string, missing: readonly string[] | number) =>
    `• ${unit}: ${typeof missing === 'number' ? `cả ${missing} tiêu chí` : missing.join(' ')}`,
  eveMore: (n: number) => andMore(n, 'đơn vị'),
  eveSummary: (kind: ReviewKind, complete: number, units: number) =>
    `Trước ${name[kind]}: ${complete}/${units} đơn vị đã đủ tiêu chí`,
}
