import { audit } from '../audit/append.js'
import type { Ladder } from '../campaign/campaign.js'
import { addDays, localDate } from '../date.js'
import { FormError } from '../errors.js'
import { authorize } from '../people/access.js'
import type { Tx } from '../ports.js'
import type { UseCase } from '../use-case.js'
import { chosenHour, hourChoices, type ReminderPreference } from './preference.js'

/** The preferences of a workspace by person id; only of people who set something. */
export const preferencesOf = (tx: Tx, workspaceId: string): Promise<Map<string, ReminderPreference>> =>
  tx.reminderPreferences.all(workspaceId)

/**
 * Sets how the acting person is reminded. A new hour applies from the next day on, so that today's rung is neither sent
 * twice nor lost. Returns false when nothing changed.
 *
 * Throws `access.denied` for somebody who leads no unit; FormError at `at`.
 */
export async function setPreference(
  use: UseCase,
  ladder: Pick<Ladder, 'at' | 'until'>,
  wanted: { at: string; early: boolean },
): Promise<boolean> {
  const { tx, actor, now } = use
  authorize(actor, 'preference.set')
  if (!hourChoices(ladder).includes(wanted.at))
    throw new FormError([{ field: 'at', key: 'wish.hour_invalid', params: { from: ladder.at, until: ladder.until } }])
  const today = localDate(now, use.timeZone)
  const before = await tx.reminderPreferences.ofPerson(actor.workspaceId, actor.person.id)
  const at = wanted.at === ladder.at ? null : wanted.at
  const early = wanted.early
  if (before ? before.at === at && before.early === early : at === null && early) return false
  const hour =
    (before?.at ?? null) === at && before
      ? { at, atBefore: before.atBefore, atFrom: before.atFrom }
      : { at, atBefore: before ? chosenHour(before, today) : null, atFrom: addDays(today, 1) }
  await tx.reminderPreferences.put(actor.workspaceId, actor.person.id, { ...hour, early }, now)
  await audit(use, 'wish.set', `person:${actor.person.id}`, { at: wanted.at, early })
  return true
}
