import type { Calendar } from '../calendar/working-day.js'
import type { Campaign, Ladder } from '../campaign/campaign.js'
import { settingsOf } from '../campaign/read-settings.js'
import { closingOf, type ReviewKind } from '../campaign/review.js'
import type { Tx } from '../ports.js'
import type { SummaryTotals } from '../progress/progress.js'
import type { Owing, OwingCounts } from '../report/rows.js'
import type { ClosedUnit } from '../review/closing.js'
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

/** Adds to each rung the units to remind for it now; reads each review once. */
export async function withOwing<T extends Omit<DueRung, 'owing'>>(
  tx: Tx,
  rungs: readonly T[],
): Promise<(T & DueRung)[]> {
  const read = new Map<string, string[]>()
  const due: (T & DueRung)[] = []
  for (const one of rungs) {
    const key = `${one.campaign.id}:${one.rung.kind}`
    const owing = read.get(key) ?? (await unitsToRemind(tx, one.campaign, one.rung.kind))
    read.set(key, owing)
    due.push({ ...one, owing })
  }
  return due
}

/**
 * Ids of the units to remind for a review: those that owe something. Where reports are not reminded of, those whose head must
 * confirm evidence before the report, since a report leaves it out. A unit whose report was sent owes nothing.
 */
async function unitsToRemind(tx: Tx, campaign: Campaign, kind: Rung['kind']): Promise<string[]> {
  const { remindReport, headConfirms } = await settingsOf(tx, campaign.workspaceId)
  const all = closingOf(await tx.reviews.list(campaign.id), kind) ? [] : await tx.unitReports.owing(campaign.id, kind)
  const waiting = new Set(!remindReport && headConfirms ? await tx.progress.unitsWaiting(campaign.id) : [])
  return all.filter((o) => remindReport || o.missing > 0 || waiting.has(o.unitId)).map((o) => o.unitId)
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

/**
 * The same as numbers, also of a closed review, whose snapshot then tells: what every screen and message counts as *còn
 * thiếu*. `totals`: those of the review.
 */
export async function owingCounts(
  tx: Tx,
  campaign: Campaign,
  kind: ReviewKind,
  totals: Pick<SummaryTotals, 'units' | 'complete'>,
): Promise<OwingCounts> {
  const criteria = totals.units - totals.complete
  if (!(await settingsOf(tx, campaign.workspaceId)).remindReport) return { criteria, reportOnly: 0 }
  const closed = closingOf(await tx.reviews.list(campaign.id), kind)
  if (!closed) return { criteria, reportOnly: await tx.unitReports.owingReportOnly(campaign.id, kind) }
  const isUnsent = ({ missing, report }: ClosedUnit) =>
    missing.length === 0 && (report.state === 'draft' || report.state === 'rejected')
  return { criteria, reportOnly: (await tx.closings.units(closed.id)).filter(isUnsent).length }
}
