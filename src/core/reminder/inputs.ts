import type { Calendar } from '../calendar/working-day.js'
import type { Campaign, Ladder } from '../campaign/campaign.js'
import { settingsOf } from '../campaign/read-settings.js'
import type { Tx } from '../ports.js'
import type { Owing } from '../report/rows.js'
import type { DueRung } from './day.js'
import type { Rung } from './ladder.js'

/** What planning reads, and whoever foretells what planning will do: both by the same functions. */

export interface Planning {
  tx: Tx
  now: Date
  timeZone: string
  isWorkingDay?: Calendar
}

/** The hours within which anybody may be reminded, of several campaigns together. */
export const hoursOf = (campaigns: readonly Campaign[]): Pick<Ladder, 'at' | 'until'> => ({
  at: campaigns.map((c) => c.ladder.at).sort()[0] ?? '08:00',
  until:
    campaigns
      .map((c) => c.ladder.until)
      .sort()
      .at(-1) ?? '18:00',
})

/** Rungs with the units that owe something for them, as things stand now; each review is read once. */
export async function withOwing<T extends Omit<DueRung, 'owing'>>(
  tx: Tx,
  rungs: readonly T[],
): Promise<(T & DueRung)[]> {
  const read = new Map<string, string[]>()
  const due: (T & DueRung)[] = []
  for (const one of rungs) {
    const key = `${one.campaign.id}:${one.rung.kind}`
    const owing = read.get(key) ?? (await owingFor(tx, one.campaign, one.rung.kind)).map((o) => o.unitId)
    read.set(key, owing)
    due.push({ ...one, owing })
  }
  return due
}

/** The units that owe something for a review; a report alone counts where the workspace asks for it. */
export async function owingFor(tx: Tx, campaign: Campaign, kind: Rung['kind']): Promise<Owing[]> {
  const { remindReport } = await settingsOf(tx, campaign.workspaceId)
  return (await tx.unitReports.owing(campaign.id, kind)).filter((o) => remindReport || o.missing > 0)
}
