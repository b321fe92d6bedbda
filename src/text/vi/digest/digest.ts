import type { WeeklyDigest } from '../../../core/digest/weekly.js'
import { showDate } from '../../index.js'
import { bold, type Rich } from '../../rich.js'
import { common } from '../common.js'

const signed = (n: number): string => (n < 0 ? `−${-n}` : `+${n}`)

/** The date to which the figures are compared. */
const against = ({ since, isLastWeek }: WeeklyDigest): string =>
  isLastWeek || since === null ? 'tuần trước' : showDate(since)

/** The names of units in one line, and the number of further ones. */
export const unitNames = (names: readonly string[], more: number): string =>
  names.join(', ') + (more > 0 ? ` và ${more} đơn vị nữa` : '')

function compared(d: WeeklyDigest): string {
  if (d.since === null) return ''
  return d.complete.by === 0 ? ` (như ${against(d)})` : ` (${signed(d.complete.by)} so với ${against(d)})`
}

const complete = ({ complete, units }: WeeklyDigest): string => `${complete.n}/${units} đơn vị đã đủ tiêu chí`

/** The Command Board's weekly digest. */
export const digest = {
  summary: (d: WeeklyDigest): string => complete(d) + compared(d),
  complete: (d: WeeklyDigest): Rich => {
    const { missing, closed, reopened } = d.blanks
    const moved = [
      ...(closed > 0 ? [`đã có thêm ${closed}`] : []),
      ...(reopened > 0 ? [`thiếu trở lại ${reopened}`] : []),
    ]
    const blanks = missing > 0 ? ` · còn thiếu ${missing} tiêu chí` : ''
    return [
      missing > 0 ? '' : '✅ ',
      bold(complete(d)),
      compared(d) + blanks,
      missing > 0 && moved.length > 0 ? ` (${moved.join(', ')})` : '',
    ]
  },
  /** Evidence handed in and decided since the previous digest; empty when there is none. */
  evidence: (d: WeeklyDigest): string => {
    const { handedIn, confirmed, accepted } = d.evidence
    const parts = [
      ...(handedIn > 0 ? [`${handedIn} minh chứng được nộp`] : []),
      ...(confirmed > 0 ? [`${confirmed} được xác nhận`] : []),
      ...(accepted > 0 ? [`${accepted} được duyệt`] : []),
    ]
    if (parts.length === 0) return ''
    const since = d.since === null ? 'Từ đầu phong trào' : d.isLastWeek ? 'Tuần qua' : `Từ ${showDate(d.since)}`
    return `${since}: ${parts.join(' · ')}`
  },
  /** Reports sent; empty when there are none. */
  reports: ({ reports: { n, by }, since, units }: WeeklyDigest): string =>
    n === 0 && by === 0
      ? ''
      : `${n}/${units} đơn vị đã gửi báo cáo${since !== null && by !== 0 ? ` (${signed(by)})` : ''}`,
  closer: (name: string, n: number): string => `${name} +${n}`,
  closers: (names: readonly string[], more: number): Rich => [bold('Có thêm tiêu chí: '), unitNames(names, more)],
  idle: (names: readonly string[], more: number): Rich => [
    '⬜ ',
    bold(`${names.length + more} đơn vị chưa bắt đầu: `),
    unitNames(names, more),
  ],
  review: ({ kind, review }: WeeklyDigest): string => {
    if (!review) return `Chưa đặt ngày ${common.reviewKind[kind]} (/thidua lich)`
    const { date, days } = review
    const when = `${common.reviewKind[kind]} (${showDate(date)})`
    return days > 0 ? `Còn ${days} ngày làm việc đến ${when}` : days === 0 ? `Hôm nay ${when}` : `Đã qua ${when}`
  },
}
