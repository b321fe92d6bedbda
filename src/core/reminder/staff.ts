import type { Ladder } from '../campaign/campaign.js'
import { absentOn } from '../people/enter-absence.js'
import { leadersByUnit } from '../people/leaders.js'
import type { Tx } from '../ports.js'
import type { Staff } from './day.js'
import { hourOn, wantsRung } from './preference.js'
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
  const { leaders, names } = await leadersByUnit(tx, workspaceId)
  const given = new Map<string, string[]>()
  for (const h of await tx.handovers.all(workspaceId)) {
    const key = `${h.campaignId}:${h.kind}:${h.unitId}`
    given.set(key, [...(given.get(key) ?? []), h.personId])
  }
  const nobody: string[] = []
  const preferences = await preferencesOf(tx, workspaceId)
  return async (date, ladder) => ({
    names,
    leaders,
    absent: await absentOn(tx, workspaceId, date),
    helpers: (campaignId, kind, unitId) =>
      given.size === 0 ? nobody : (given.get(`${campaignId}:${kind}:${unitId}`) ?? nobody),
    hourOf: (personId, on = date) => hourOn(preferences.get(personId), on, ladder),
    wants: (personId, of, offset) => wantsRung(preferences.get(personId), of, offset),
  })
}
