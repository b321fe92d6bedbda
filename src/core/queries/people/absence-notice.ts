import type { Absence } from '../../people/absence.js'
import { absentOn } from '../../people/enter-absence.js'
import type { Person } from '../../people/person.js'
import { type StandIn, standInsOf } from '../../people/stand-in.js'
import type { Tx } from '../../ports.js'
import { personName } from './person-name.js'

/** An absence with the name of the person who is away. */
export interface NamedAbsence extends Absence {
  name: string
}

/** One absence; undefined if it was erased. */
export async function absenceById(tx: Tx, workspaceId: string, id: string): Promise<NamedAbsence | undefined> {
  const absence = await tx.absences.byId(workspaceId, id)
  return absence && { ...absence, name: await personName(tx, workspaceId, absence.personId) }
}

/** Names of the units in which one person stands in for another. */
export async function unitsCovered(tx: Tx, workspaceId: string, personId: string, standInId: string) {
  const standIns = await standInsOf(tx, workspaceId, personId)
  return standIns.filter((s) => s.people.some((p) => p.id === standInId)).map((s) => s.unit.name)
}

/** Who stands in for a person, by unit, without those who are away themselves on a date (yyyy-mm-dd). */
export async function presentStandIns(
  tx: Tx,
  workspaceId: string,
  personId: string | undefined,
  date: string,
): Promise<StandIn[]> {
  if (personId === undefined) return []
  const absent = await absentOn(tx, workspaceId, date)
  const isPresent = (person: Person) => !absent.has(person.id)
  const standIns = await standInsOf(tx, workspaceId, personId)
  return standIns.map((s) => ({ ...s, people: s.people.filter(isPresent) }))
}
