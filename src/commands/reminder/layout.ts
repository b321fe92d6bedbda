import type { OwedReview, ReminderPart } from '../../core/queries/reminder/parts.js'
import { blocksOf } from './unit-blocks.js'

/** Blocks of a message other than those of the units. */
const OTHER_BLOCKS = 6

/** Units that are shown in one line each. */
const LINES = 12

/** Of more units than this, only those with little missing are shown in full. */
const FEW_UNITS = 6
const LITTLE = 3

/** Criteria listed one by one after the first unit is shown, about as many as a phone shows without scrolling. */
const ROWS = 12

/** How the units of a reminder are shown. Those in no set are folded into one line. */
export interface Layout {
  /** With each missing criterion. */
  full: ReadonlySet<ReminderPart>
  /** In one line. */
  short: ReadonlySet<ReminderPart>
}

/** Whether the line for what waits to be confirmed says everything about a unit. */
export const hasWaitingOnly = (p: ReminderPart): boolean => p.missing.length === 0 && p.report === 'sent'

/** Shows as many units as a message of `messageBlocks` blocks holds, in their order. */
export function layoutOf(reviews: readonly OwedReview[], messageBlocks: number): Layout {
  const parts = reviews.flatMap((r) => r.parts)
  const full = new Set<ReminderPart>()
  const short = new Set<ReminderPart>()
  const isMany = parts.length > FEW_UNITS
  // A title of each review, and a line for what waits to be confirmed.
  let room = messageBlocks - OTHER_BLOCKS - reviews.length - reviews.filter((r) => r.waiting > 0).length
  let rows = 0
  for (const [i, part] of parts.entries()) {
    if (hasWaitingOnly(part)) continue
    const cost = blocksOf(part)
    const fits = full.size === 0 || rows + part.missing.length <= ROWS
    const wantsFull = part.missing.length > 0 && fits && (!isMany || part.missing.length <= LITTLE)
    const linesAfter = Math.min(LINES - short.size, parts.length - i - 1)
    if (wantsFull && cost <= room - linesAfter) {
      full.add(part)
      room -= cost
      rows += part.missing.length
    } else if (short.size < LINES && room > 0) {
      short.add(part)
      room--
    }
  }
  return { full, short }
}
