/** Formatting and parsing of dates, numbers and Vietnamese text. */

import { localTime } from '../core/date.js'

export { fold, foldWords } from '../core/fold.js'

/** yyyy-mm-dd → dd/MM/yyyy. */
export const showDate = (date: string): string => `${date.slice(8, 10)}/${date.slice(5, 7)}/${date.slice(0, 4)}`

const days = ['Chủ nhật', 'thứ Hai', 'thứ Ba', 'thứ Tư', 'thứ Năm', 'thứ Sáu', 'thứ Bảy']
export const showWeekday = (date: string): string => days[new Date(`${date}T00:00:00Z`).getUTCDay()] as string

/** An instant as `HH:mm dd/MM/yyyy` in a time zone. */
export function showInstant(at: Date, timeZone: string): string {
  const { date, time } = localTime(at, timeZone)
  return `${time} ${showDate(date)}`
}

/** A decimal number in Vietnamese notation: `1250.5` → `1.250,5`. */
export function showFigure(figure: string): string {
  const [whole, part] = figure.split('.')
  const grouped = (whole as string).replace(/\B(?=(\d{3})+(?!\d))/g, '.')
  return part ? `${grouped},${part}` : grouped
}

/** A size in bytes as `640 KB` or `2,3 MB`. */
export function showSize(bytes: number): string {
  if (bytes < 1024 * 1024) return `${Math.max(1, Math.round(bytes / 1024))} KB`
  const megabytes = bytes / (1024 * 1024)
  return `${showFigure(megabytes < 10 ? megabytes.toFixed(1).replace(/\.0$/, '') : megabytes.toFixed(0))} MB`
}

/** Parses dd/MM/yyyy, d-M-yy, d.M (in `year`) or yyyy-mm-dd → yyyy-mm-dd; undefined when it is not a real date. */
export function readDate(typed: string, year: number): string | undefined {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(typed)
  const viet = /^(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}|\d{2}))?$/.exec(typed)
  const [y, m, d] = iso ? [iso[1], iso[2], iso[3]] : viet ? [viet[3] ?? String(year), viet[2], viet[1]] : []
  if (!y || !m || !d) return undefined
  const date = `${y.length === 2 ? `20${y}` : y}-${m.padStart(2, '0')}-${d.padStart(2, '0')}`
  const at = new Date(`${date}T00:00:00Z`)
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(date) ? date : undefined
}

const collator = new Intl.Collator('vi')

/** Compares two texts in Vietnamese alphabetical order. */
export const compareText = collator.compare

/** Truncates a text to at most `max` UTF-16 units, never within a code point; ends with an ellipsis when truncated. */
export function clip(text: string, max: number): string {
  if (text.length <= max) return text
  let cut = text.slice(0, max - 1)
  if (/[\uD800-\uDBFF]$/.test(cut)) cut = cut.slice(0, -1)
  return `${cut.trimEnd()}…`
}
