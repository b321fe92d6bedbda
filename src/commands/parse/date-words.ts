import { foldWords } from '../../text/index.js'

/** Splits what was typed after the command `vang` into the days and the words before them: a person's name. */

/** A day as typed: a date, maybe without year or month; a number of days from today; or a weekday, maybe of a named week. */
export type Day =
  | { kind: 'plus'; days: number }
  | { kind: 'date'; d: number; m?: number; y?: number }
  | { kind: 'weekday'; weekday: number; week?: number }

export type Span = { from: Day; until?: Day; isOpen: boolean } | { from: Day; days: number } | { week: number }

export interface Words {
  /** The words before the days, as typed; '' for none. */
  before: string
  span: Span | undefined
  /** The text has words other than the days, or has no days. */
  hasMore: boolean
  /** The other words must not be ignored: they have digits, or follow a weekday and may be part of a name. */
  isUnclear: boolean
}

const MAX_WORDS = 40

/** Finds the days in a text, ignoring accents and case: the longest run of words that can be read as days. */
export function readWords(typed: string): Words {
  const text = typed.normalize('NFC').trim()
  const words = plain(text).split(' ').filter(Boolean).slice(0, MAX_WORDS)
  let best: { at: number; to: number; span: Span } | undefined
  for (let at = 0; at < words.length; at++)
    for (let to = words.length; to > at && (!best || to - at >= best.to - best.at); to--) {
      const span = readSpan(words.slice(at, to))
      if (!span) continue
      best = { at, to, span }
      break
    }
  const [said, after] = best ? [words.slice(best.at, best.to), words.slice(best.to)] : [[], []]
  const rest = best ? [...words.slice(0, best.at), ...after] : words
  const hasDigit = (some: readonly string[]) => some.some((w) => /\d/.test(w))
  const before = text.split(/[\s,;:]+/).slice(0, best?.at ?? MAX_WORDS)
  return {
    before: before.join(' ').trim(),
    span: best?.span,
    hasMore: rest.length > 0,
    isUnclear: hasDigit(rest) || (!hasDigit(said) && withoutFillers(after.join(' ')) !== ''),
  }
}

/** Lower case without accents; dates are written d/m or d/m/y, and a dash between two dates becomes `den`. */
function plain(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('\u0111', 'd')
    .replace(/\b(\d{4})-(\d{1,2})-(\d{1,2})\b/g, '$3/$2/$1')
    .replace(/[\u2010-\u2015\u2192\u2212>~]+/g, '-')
    .replace(/(?<![\d/.-])(\d{1,2})-(\d{1,2})-(\d{4}|\d{2})(?![\d/.-])/g, '$1/$2/$3')
    .replace(/(?<![\d/.])(\d{1,2})-(0?[1-9]|1[0-2])(?![\d/.]|-\d+[/.])/g, '$1/$2')
    .replace(/(\d{1,2})\.(\d{1,2})(?:\.(\d{4}|\d{2}))?(?!\d)/g, (_, d, m, y) => (y ? `${d}/${m}/${y}` : `${d}/${m}`))
    .replace(/(\d{1,2}) +thang +(\d{1,2})(?: +nam +(\d{4}))?/g, (_, d, m, y) => (y ? `${d}/${m}/${y}` : `${d}/${m}`))
    .replace(/-+/g, ' den ')
    .replace(/[,;:]+/g, ' ')
    .replace(/\s+/g, ' ')
}

/** Reads all of the words as days; undefined when any word is left over. */
function readSpan(words: readonly string[]): Span | undefined {
  let at = 0
  const skip = (...any: string[]) => any.includes(words[at] ?? '') && ++at > 0
  const isEnd = () => at === words.length
  const take = (read: (words: readonly string[], at: number) => [Day, number] | undefined): Day | undefined => {
    const got = read(words, at)
    if (got) at = got[1]
    return got?.[0]
  }
  const week = weekAt(words, 0)
  if (week && week[1] === words.length) return { week: week[0] }
  const count = daysAt(words, 0)
  if (count !== undefined) {
    at = 2
    if (isEnd()) return { from: { kind: 'plus', days: 0 }, days: count }
    skip('ke')
    const from = skip('tu') ? take(dayAt) : undefined
    return from && isEnd() ? { from, days: count } : undefined
  }
  const isFrom = skip('tu')
  const from = take(dayAt)
  if (!from) return undefined
  // A day without a month can be read only beside a day that has one.
  if (isEnd()) return isBare(from) ? undefined : { from, isOpen: isFrom }
  const said = skip('den', 'toi', 'het')
  if (said) skip('het')
  else {
    skip('trong')
    const days = daysAt(words, at)
    if (days !== undefined) return at + 2 === words.length ? { from, days } : undefined
  }
  const until = take(dayAt)
  if (!until || !isEnd() || (isBare(from) && isBare(until))) return undefined
  return said || (from.kind === 'date' && until.kind === 'date') ? { from, until, isOpen: false } : undefined
}

const isBare = (day: Day): boolean => day.kind === 'date' && day.m === undefined

/** `3 ngay`: a number of days, at most three digits. */
function daysAt(words: readonly string[], at: number): number | undefined {
  const n = /^\d{1,3}$/.test(words[at] ?? '') ? Number(words[at]) : 0
  return n > 0 && words[at + 1] === 'ngay' && !/^\d/.test(words[at + 2] ?? '') ? n : undefined
}

const weeks: Readonly<Record<string, number>> = { nay: 0, sau: 1, toi: 1 }
function weekAt(words: readonly string[], at: number): [number, number] | undefined {
  const week = words[at] === 'tuan' ? weeks[words[at + 1] ?? ''] : undefined
  return week === undefined ? undefined : [week, at + 2]
}

const named: readonly [string, number][] = [
  ['hom nay', 0],
  ['ngay hom nay', 0],
  ['nay', 0],
  ['today', 0],
  ['ngay mai', 1],
  ['mai', 1],
  ['tomorrow', 1],
  ['ngay kia', 2],
  ['ngay mot', 2],
]

const weekdays: readonly [string, number][] = [
  ...['hai', 'ba', 'tu', 'nam', 'sau', 'bay'].flatMap((word, i): [string, number][] => [
    [`thu ${word}`, i + 1],
    [`thu ${i + 2}`, i + 1],
    [`t${i + 2}`, i + 1],
  ]),
  ['chu nhat', 0],
  ['cn', 0],
]

/** A day that begins at word `at`, with the index of the word after it. */
function dayAt(words: readonly string[], at: number): [Day, number] | undefined {
  const said = (phrase: string, from: number) => {
    const parts = phrase.split(' ')
    return parts.every((p, i) => words[from + i] === p) ? from + parts.length : undefined
  }
  for (const [phrase, days] of named) {
    const end = said(phrase, at)
    if (end) return [{ kind: 'plus', days }, end]
  }
  for (const [phrase, weekday] of weekdays) {
    const end = said(phrase, at)
    if (!end) continue
    // A date after the weekday decides.
    const date = dateAt(words, end)
    if (date && !isBare(date[0])) return date
    const week = weekAt(words, end)
    return week ? [{ kind: 'weekday', weekday, week: week[0] }, week[1]] : [{ kind: 'weekday', weekday }, end]
  }
  return dateAt(words, at)
}

function dateAt(words: readonly string[], start: number): [Day, number] | undefined {
  const at = words[start] === 'ngay' ? start + 1 : start
  const [, d, m, y] = /^(\d{1,2})(?:\/(\d{1,2})(?:\/(\d{4}|\d{2}))?)?$/.exec(words[at] ?? '') ?? []
  if (!d) return undefined
  const year = y && (y.length === 2 ? 2000 + Number(y) : Number(y))
  return [{ kind: 'date', d: Number(d), ...(m ? { m: Number(m) } : {}), ...(year ? { y: year } : {}) }, at + 1]
}

/** Words around a name, or in its place, that add nothing to the command. Longer ones first. */
const fillers = [
  'dong chi, viec gia dinh, viec rieng, co viec, ban viec, ban hop, di hop, ban, nghi phep, nghi om',
  'nghi benh, vang mat, di cong tac, cong tac, di hoc, xin phep, xin nghi, bao vang, bao nghi, toi, em, minh',
  'xin, bao, cho, thay, co, nghi, phep, om, vang, sang, chieu, ngay, tu, se, bi, di, trong, la',
].flatMap((line) => line.split(', '))

/** A name without the filler words around it; '' when there is no name. */
export function withoutFillers(before: string): string {
  let words = foldWords(before)
  for (let changed = true; changed; ) {
    changed = false
    for (const filler of fillers) {
      const cut = ` ${words} `.startsWith(` ${filler} `)
        ? words.slice(filler.length).trim()
        : ` ${words} `.endsWith(` ${filler} `)
          ? words.slice(0, -filler.length).trim()
          : words
      if (cut !== words) changed = true
      words = cut
    }
  }
  return words
}
