import type { Campaign } from '../campaign/campaign.js'
import type { Tx } from '../ports.js'
import { type Rung, rungKey } from './ladder.js'
import type { UnitPerson } from './rows.js'

/**
 * Who has yet to be reminded of a rung. A rung is evaluated when it comes: from then on only the turns are open of those
 * whose hour was still to come.
 */
export interface Turns {
  /** People whose turn has not come, by unit id; undefined where the rung was never evaluated. */
  open: ReadonlyMap<string, ReadonlySet<string>> | undefined
  /** By unit id: people who have a reminder of this rung or of a later one. Read only for an evaluated rung. */
  reminded: ReadonlyMap<string, ReadonlySet<string>>
  /** Hours of the rung's day that an older version marked, as keys. */
  slots: ReadonlySet<string>
}

/** A rung of which nobody has been reminded. */
export const allTurns: Turns = { open: undefined, reminded: new Map(), slots: new Set() }

/** Reads the turns of a rung. `planned`: the marks of its campaign. */
export async function turnsOf(
  tx: Tx,
  campaign: Pick<Campaign, 'id'>,
  rung: Rung,
  planned: ReadonlySet<string>,
): Promise<Turns> {
  const key = rungKey(rung)
  const marks = [...planned].filter((mark) => mark.startsWith(`${key}@`))
  const slots = new Set(marks.filter((mark) => mark.length === key.length + '@08:00'.length))
  if (marks.length === slots.size) return slots.size === 0 ? allTurns : { ...allTurns, slots }
  const open = byUnit(await tx.rungs.openTurns(campaign.id, key))
  const review = { kind: rung.kind, date: rung.reviewDate }
  const reminded = open.size === 0 ? [] : await tx.reminders.ofRung(campaign.id, review, rung.offset)
  return { open, reminded: byUnit(reminded), slots }
}

function byUnit(people: readonly UnitPerson[]): Map<string, Set<string>> {
  const units = new Map<string, Set<string>>()
  for (const { unitId, personId } of people) {
    const known = units.get(unitId)
    if (known) known.add(personId)
    else units.set(unitId, new Set([personId]))
  }
  return units
}
