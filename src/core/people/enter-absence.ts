import { audit } from '../audit/append.js'
import { addDays, isDate, localDate } from '../date.js'
import { type FieldFault, FormError, UserError } from '../errors.js'
import { aboutAbsence } from '../outbox/topics.js'
import type { Tx } from '../ports.js'
import type { UseCase } from '../use-case.js'
import { type Absence, MAX_DAYS } from './absence.js'
import { authorize } from './access.js'
import { standInsOf } from './stand-in.js'

/** Faults of two typed dates, at the fields `from` and `until`. An absence may have begun in the past. */
export function absenceFaults(from: string, until: string, today: string): FieldFault[] {
  const wrong = (['from', 'until'] as const).filter((field) => !isDate(field === 'from' ? from : until))
  if (wrong.length > 0)
    return wrong.map((field) => ({
      field,
      key: 'absence.date_invalid',
      params: { word: field === 'from' ? from : until },
    }))
  if (until < from) return [{ field: 'until', key: 'absence.order', params: { from, until } }]
  if (until < today) return [{ field: 'until', key: 'absence.past', params: { until, today } }]
  if (until > addDays(from, MAX_DAYS - 1)) return [{ field: 'until', key: 'absence.too_long', params: {} }]
  if (from > addDays(today, MAX_DAYS)) return [{ field: 'from', key: 'absence.too_far', params: { from } }]
  return []
}

/** What entering an absence did. */
export interface EnteredAbsence {
  absence: Absence
  /** `same`: it exists already, or is part of one that does. */
  change: 'new' | 'changed' | 'same'
}

/**
 * Stores an absence; a repetition changes nothing. One that lies within another and shares its first or last day
 * shortens that one; other overlapping absences are merged. Deputies who get the reminders during the absence are told
 * once, and so is the person if somebody else entered it.
 *
 * Throws `access.denied`; `request.stale` for a person who is not on the roster; FormError at `from` and `until`.
 */
export async function enterAbsence(
  use: UseCase,
  personId: string,
  from: string,
  until: string,
): Promise<EnteredAbsence> {
  const { tx, actor, now } = use
  const { workspaceId } = actor
  authorize(actor, 'absence.tell', personId)
  if (!(await tx.people.byId(workspaceId, personId))) throw new UserError('request.stale', {})
  const today = localDate(now, use.timeZone)
  const faults = absenceFaults(from, until, today)
  if (faults.length > 0) throw new FormError(faults)
  const since = from < today ? from : today
  const over = (await tx.absences.active(workspaceId, personId, since)).filter(
    (a) => a.from <= until && a.until >= from,
  )
  const after = spanOf(over, from, until)
  const first = over[0]
  if (first && first.from === after.from && first.until === after.until) return { absence: first, change: 'same' }
  const absence: Absence = {
    ...(first ?? { id: use.newId(), workspaceId, personId, cancelledBy: null, cancelledAt: null, mergedInto: null }),
    ...after,
    enteredBy: actor.person.id,
    enteredAt: now,
  }
  await tx.absences.put(absence)
  for (const part of over.slice(1)) {
    await tx.absences.put({ ...part, cancelledBy: actor.person.id, cancelledAt: now, mergedInto: absence.id })
    await tx.outbox.touch(aboutAbsence(part.id), now)
  }
  await record(use, absence, first ? 'absence.changed' : 'absence.told')
  await tx.outbox.touch(aboutAbsence(absence.id), now)
  await notifyStandIns(use, absence)
  if (actor.person.id !== personId) await notifyPerson(use, absence, 'told')
  return { absence, change: first ? 'changed' : 'new' }
}

/** The span that two dates and the absences they overlap result in; those do not overlap each other. */
function spanOf(over: readonly Absence[], from: string, until: string): { from: string; until: string } {
  const around = over.find((a) => a.from <= from && until <= a.until)
  if (around) return around.from < from && until < around.until ? around : { from, until }
  return over.reduce(
    (all, a) => ({ from: a.from < all.from ? a.from : all.from, until: a.until > all.until ? a.until : all.until }),
    { from, until },
  )
}

/**
 * Cancels an absence that is not over; does nothing for a cancelled one. Messages about it are updated, and the
 * person is told when somebody else cancelled it. Throws `access.denied`, `absence.gone`.
 */
export async function cancelAbsence(use: UseCase, id: string): Promise<Absence> {
  const { tx, actor, now } = use
  const absence = await tx.absences.byId(actor.workspaceId, id)
  if (!absence) throw new UserError('absence.gone', {})
  authorize(actor, 'absence.tell', absence.personId)
  if (absence.mergedInto) throw new UserError('absence.gone', {})
  if (absence.cancelledAt) return absence
  if (absence.until < localDate(now, use.timeZone)) throw new UserError('absence.gone', {})
  const after = { ...absence, cancelledBy: actor.person.id, cancelledAt: now }
  await tx.absences.put(after)
  await record(use, after, 'absence.cancelled')
  await tx.outbox.touch(aboutAbsence(id), now)
  if (actor.person.id !== absence.personId) await notifyPerson(use, after, 'cancelled')
  return after
}

/** Logs without the dates: the log outlives the erasure of personal data. */
const record = (
  use: UseCase,
  { id, personId }: Absence,
  action: 'absence.told' | 'absence.changed' | 'absence.cancelled',
) => audit(use, action, `person:${personId}`, { absenceId: id })

async function notifyStandIns(use: UseCase, { id, workspaceId, personId }: Absence): Promise<void> {
  const deputies = new Set<string>()
  // Other heads are reminded anyway.
  for (const { people, role } of await standInsOf(use.tx, workspaceId, personId))
    if (role === 'deputy') for (const person of people) deputies.add(person.id)
  for (const deputy of deputies)
    await use.tx.outbox.add(
      {
        workspaceId,
        key: `${aboutAbsence(id)}stand_in:${deputy}`,
        kind: 'absence.stand_in',
        personId: deputy,
        payload: { absenceId: id },
        dueAt: use.now,
      },
      use.now,
    )
}

const notifyPerson = (use: UseCase, { id, workspaceId, personId }: Absence, what: 'told' | 'cancelled') =>
  use.tx.outbox.add(
    {
      workspaceId,
      key: `${aboutAbsence(id)}${what}`,
      kind: 'absence.by_other',
      personId,
      payload: { absenceId: id, what, byId: use.actor.person.id },
      dueAt: use.now,
    },
    use.now,
  )

/** People who are away on a date (yyyy-mm-dd): their last day by their id. */
export const absentOn = (tx: Tx, workspaceId: string, date: string): Promise<Map<string, string>> =>
  tx.absences.on(workspaceId, date)
