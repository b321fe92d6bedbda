import { audit } from '../audit/append.js'
import { addDays, isDate, localDate } from '../date.js'
import { type FieldFault, FormError, UserError } from '../errors.js'
import { aboutAbsence } from '../outbox/topics.js'
import type { Tx } from '../ports.js'
import type { UseCase } from '../use-case.js'
import { type Absence, MAX_DAYS } from './absence.js'
import { authorize } from './access.js'
import { standInsOf } from './stand-in.js'

/** What is wrong with two dates as typed, at the fields `from` and `until`. One that began in the past may be told of. */
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

export interface Told {
  absence: Absence
  /** `same`: it was known already, or is a part of one that is. */
  change: 'new' | 'changed' | 'same'
}

/**
 * Keeps an absence. Told again it changes nothing; one that begins or ends where another within which it lies does, corrects
 * that one; those that overlap otherwise become one. Deputies who get the reminders meanwhile are told once, and so is
 * the person when somebody else told of it.
 * Throws `access.denied`; `request.stale` for a person who is not on the roster; FormError at `from` and `until`.
 */
export async function tellAbsence(use: UseCase, personId: string, from: string, until: string): Promise<Told> {
  const { tx, actor, now } = use
  const { workspaceId } = actor
  authorize(actor, 'absence.tell', personId)
  if (!(await tx.people.byId(workspaceId, personId))) throw new UserError('request.stale', {})
  const today = localDate(now, use.timeZone)
  const faults = absenceFaults(from, until, today)
  if (faults.length > 0) throw new FormError(faults)
  const since = from < today ? from : today
  const over = (await tx.absences.standing(workspaceId, personId, since)).filter(
    (a) => a.from <= until && a.until >= from,
  )
  const after = together(over, from, until)
  const first = over[0]
  if (first && first.from === after.from && first.until === after.until) return { absence: first, change: 'same' }
  const absence: Absence = {
    ...(first ?? { id: use.newId(), workspaceId, personId, cancelledBy: null, cancelledAt: null, mergedInto: null }),
    ...after,
    saidBy: actor.person.id,
    saidAt: now,
  }
  await tx.absences.put(absence)
  for (const part of over.slice(1)) {
    await tx.absences.put({ ...part, cancelledBy: actor.person.id, cancelledAt: now, mergedInto: absence.id })
    await tx.outbox.touch(aboutAbsence(part.id), now)
  }
  await record(use, absence, first ? 'absence.changed' : 'absence.told')
  await tx.outbox.touch(aboutAbsence(absence.id), now)
  await tellStandIns(use, absence)
  if (actor.person.id !== personId) await tellPerson(use, absence, 'told')
  return { absence, change: first ? 'changed' : 'new' }
}

/** What two dates and the absences that they overlap (which do not overlap each other) make. */
function together(over: readonly Absence[], from: string, until: string): { from: string; until: string } {
  const around = over.find((a) => a.from <= from && until <= a.until)
  if (around) return around.from < from && until < around.until ? around : { from, until }
  return over.reduce(
    (all, a) => ({ from: a.from < all.from ? a.from : all.from, until: a.until > all.until ? a.until : all.until }),
    { from, until },
  )
}

/**
 * Takes back an absence that is not over; once more does nothing. Who was told of it is told.
 * Throws `access.denied`, `absence.gone`.
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
  if (actor.person.id !== absence.personId) await tellPerson(use, after, 'cancelled')
  return after
}

/** The dates stay out of the log, which outlives what is erased. */
const record = (
  use: UseCase,
  { id, personId }: Absence,
  action: 'absence.told' | 'absence.changed' | 'absence.cancelled',
) => audit(use, action, `person:${personId}`, { absenceId: id })

async function tellStandIns(use: UseCase, { id, workspaceId, personId }: Absence): Promise<void> {
  const deputies = new Set<string>()
  // Another head is reminded anyhow.
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

const tellPerson = (use: UseCase, { id, workspaceId, personId }: Absence, what: 'told' | 'cancelled') =>
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
/** Who is away on a date (yyyy-mm-dd), by the person's id, with the last day of it. */
export const absentOn = (tx: Tx, workspaceId: string, date: string): Promise<Map<string, string>> =>
  tx.absences.on(workspaceId, date)
