import type { Calendar } from '../calendar/working-day.js'
import type { Campaign, Ladder } from '../campaign/campaign.js'
import { settingsOf } from '../campaign/read-settings.js'
import { closingOf } from '../campaign/review.js'
import type { Tx } from '../ports.js'
import type { Owing } from '../report/rows.js'
import type { DueRung } from './day.js'
import type { Rung } from './ladder.js'

/** The inputs that planning and its previews (dry run, forecast) share. */

export interface Planning {
  tx: Tx
  now: Date
  timeZone: string
  isWorkingDay?: Calendar
}

/** The hours within which anybody may be reminded, over several campaigns: the earliest start and the latest end. */
export const hoursOf = (campaigns: readonly Campaign[]): Pick<Ladder, 'at' | 'until'> => ({
  at: campaigns.map((c) => c.ladder.at).sort()[0] ?? '08:00',
  until:
    campaigns
      .map((c) => c.ladder.until)
      .sort()
      .at(-1) ?? '18:00',
})

/** Adds to each rung the units that owe something for it now; reads each review once. */
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

/**
 * The units that owe something for a review: none once it is closed. A missing report alone counts only where the setting
 * `remindReport` is on.
 */
export async function owingFor(tx: Tx, campaign: Campaign, kind: Rung['kind']): Promise<Owing[]> {
  if (closingOf(await tx.reviews.list(campaign.id), kind)) return []
  const { remindReport } = await settingsOf(tx, campaign.workspaceId)
  return (await tx.unitReports.owing(campaign.id, kind)).filter((o) => remindReport || o.missing > 0)
}
