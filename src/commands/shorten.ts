import { clip } from '../text/index.js'

/** What a text weighs once a chat has escaped it; all blocks of a message may weigh about 13,000 together. */
const weightOf = (text: string): number => text.length + 4 * (text.match(/[&<>]/g)?.length ?? 0)

/** A text that people wrote, at most `max` UTF-16 units also after a chat has escaped it. */
export function fitting(text: string, max: number): string {
  let length = max
  let cut = clip(text, length)
  while (weightOf(cut) > max && length > 1) {
    length = Math.max(1, length - Math.ceil((weightOf(cut) - max) / 5))
    cut = clip(text, length)
  }
  return cut
}

/** One line of a text that people wrote, as `fitting`. */
export const shorten = (text: string, max: number): string => fitting(text.replace(/\s+/g, ' ').trim(), max)
