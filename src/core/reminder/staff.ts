import type { Ladder } from '../campaign/campaign.js'
import { absentOn } from '../people/enter-absence.js'
import type { Tx } from '../ports.js'
import type { Staff } from './day.js'
import { hourOn, wantsRung } from './preference.js'
import type { UnitLeaders } from './recipients.js'
import { preferencesOf } from './set-preference.js'

/** The people of a workspace as planning sees them on one day, with their names by id. */
export interface NamedStaff extends Staff {
  names: ReadonlyMap<string, string>
}

/** Reads who leads what on a day (yyyy-mm-dd), in a fixed number of queries. */
export const readStaff = async (
  tx: Tx,
  workspaceId: string,
  date: string,
  ladder: Pick<Ladder, 'at' | 'until'>,
): Promise<NamedStaff> => (await staffReader(tx, workspaceId))(date, ladder)

/** The same for several days; each day costs one more query. */
export async function staffReader(
  tx: Tx,
  workspaceId: string,
): Promise<(date: string, ladder: Pick<Ladder, 'at' | 'until'>) => Promise<NamedStaff>> {
  const names = new Map<string, string>()
  const crews = new Map<string, { heads: string[]; deputies: string[] }>()
  for (const { unitId, role, person } of await tx.people.leaders(workspaceId)) {
    names.set(person.id, person.fullName)
    let crew = crews.get(unitId)
    if (!crew) {
      crew = { heads: [], deputies: [] }
      crews.set(unitId, crew)
    }
    const among = role === 'head' ? crew.heads : crew.deputies
    among.push(person.id)
  }
  const given = new Map<string, string[]>()
  for (const h of await tx.handovers.all(workspaceId)) {
    const key = `${h.campaignId}:${h.kind}:${h.unitId}`
    given.set(key, [...(given.get(key) ?? []), h.personId])
  }
  const nobody: string[] = []
  const preferences = await preferencesOf(tx, workspaceId)
  return async (date, ladder) => ({
    names,
    leaders: crews as ReadonlyMap<string, UnitLeaders>,
    absent: await absentOn(tx, workspaceId, date),
    helpers: (campaignId, kind, unitId) =>
      given.size === 0 ? nobody : (given.get(`${campaignId}:${kind}:${unitId}`) ?? nobody),
    hourOf: (personId, on = date) => hourOn(preferences.get(personId), on, ladder),
    wants: (personId, of, offset) => wantsRung(preferences.get(personId), of, offset),
  })
}
