import { localDate } from '../../date.js'
import { UserError } from '../../errors.js'
import type { Absence } from '../../people/absence.js'
import { authorize, unitsLedBy } from '../../people/access.js'
import type { Person } from '../../people/person.js'
import { type StandIn, standInsOf } from '../../people/stand-in.js'
import type { UseCase } from '../../use-case.js'

/** A person's absences that are neither over nor cancelled, in the order of their dates. */
export interface PersonAbsences {
  person: Person
  absences: readonly Absence[]
}

/** The person whose absences the actor may enter. Throws `access.denied`; `request.stale` for one who left the roster. */
export async function absentee({ tx, actor }: UseCase, personId: string): Promise<Person> {
  authorize(actor, 'absence.tell', personId)
  const person = await tx.people.byId(actor.workspaceId, personId)
  if (!person) throw new UserError('request.stale', {})
  return person
}

/** Reads a person's absences. Throws as `absentee` does. */
export async function absencesOf(use: UseCase, personId: string): Promise<PersonAbsences> {
  const { tx, actor, now, timeZone } = use
  const person = await absentee(use, personId)
  return { person, absences: await tx.absences.active(actor.workspaceId, personId, localDate(now, timeZone)) }
}

/** Who stands in at one unit, each with their own absence that overlaps the person's. */
export interface UnitCover extends Pick<StandIn, 'unit' | 'role'> {
  /** Nobody: the Organisation–Administration Office gets the reminders. */
  people: readonly { fullName: string; absence: Absence | undefined }[]
}

/** Who gets a person's reminders during an absence. */
export interface AbsenceCover {
  person: Person
  /** One for each unit whose reminders come to the person; at most as many as requested. */
  units: readonly UnitCover[]
  /** Whether the person leads any unit; a deputy beside a head gets no reminders. */
  leadsUnit: boolean
}

/** Reads who stands in for a person during an absence, for at most `limit` units. Throws as `absentee` does. */
export async function absenceCover(
  use: UseCase,
  { personId, from, until }: Absence,
  limit: number,
): Promise<AbsenceCover> {
  const { tx, actor } = use
  const { workspaceId } = actor
  const person = await absentee(use, personId)
  const standIns = await standInsOf(tx, workspaceId, personId)
  const units: UnitCover[] = []
  for (const { unit, role, people } of standIns.slice(0, limit)) {
    const covering: { fullName: string; absence: Absence | undefined }[] = []
    for (const { id, fullName } of people) {
      const absence = (await tx.absences.active(workspaceId, id, from)).find((a) => a.from <= until)
      covering.push({ fullName, absence })
    }
    units.push({ unit, role, people: covering })
  }
  const leadsUnit =
    standIns.length > 0 || unitsLedBy({ roles: await tx.people.rolesOf(workspaceId, personId) }).length > 0
  return { person, units, leadsUnit }
}
