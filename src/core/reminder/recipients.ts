import { notifyOrgOffice } from '../outbox/notify-office.js'
import type { UnitLeaders } from '../people/leaders.js'

/** Why nobody of a unit can be reminded: it has no head and no deputy, or none is present before `until`. */
export type NoRecipient = { why: 'none' } | { why: 'absent'; until: string }

/**
 * The people who are reminded of a unit on a day: its present heads, or its present deputies where no head is present.
 * `absent`: the last day of absence (yyyy-mm-dd) by person id.
 */
export function recipientsOf(
  leaders: UnitLeaders | undefined,
  absent: ReadonlyMap<string, string>,
): string[] | NoRecipient {
  const { heads = [], deputies = [] } = leaders ?? {}
  for (const people of [heads, deputies]) {
    const there = people.filter((id) => !absent.has(id))
    if (there.length > 0) return there
  }
  const back = [...heads, ...deputies].map((id) => absent.get(id) as string).sort()[0]
  return back === undefined ? { why: 'none' } : { why: 'absent', until: back }
}

/** Tells the Office, once, that a unit has nobody to remind. */
export async function reportHeadless(
  use: Parameters<typeof notifyOrgOffice>[0],
  unitId: string,
  why: NoRecipient,
): Promise<void> {
  const about = why.why === 'none' ? unitId : `${unitId}:absent:${why.until}`
  await notifyOrgOffice(use, 'headless', about, { unitId, ...why })
}
