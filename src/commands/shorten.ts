import { clip } from '../text/index.js'

/**
 * The length of a text after a chat escaped it: five units for each of & < >, which become entities; up to two more for
 * signs that would format the text.
 */
function escapedLength(text: string): number {
  const count = (signs: RegExp) => text.match(signs)?.length ?? 0
  return text.length + 4 * count(/[&<>]/g) + 2 * count(/[*_~]/g) + count(/[:>]/g)
}

/** A user's text, cut so that it has at most `max` UTF-16 units even after a chat escaped it. */
export function fitting(text: string, max: number): string {
  let length = max
  let cut = clip(text, length)
  while (escapedLength(cut) > max && length > 1) {
    length = Math.max(1, length - Math.ceil((escapedLength(cut) - max) / 6))
    cut = clip(text, length)
  }
  return cut
}

/** A user's text in one line, cut as by `fitting`. */
export const shorten = (text: string, max: number): string => fitting(text.replace(/\s+/g, ' ').trim(), max)
