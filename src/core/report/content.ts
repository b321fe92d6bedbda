import { isDeepStrictEqual } from 'node:util'
import { type Campaign, criteriaOf } from '../campaign/campaign.js'
import { closingOf, type ReviewKind } from '../campaign/review.js'
import type { Tx } from '../ports.js'
import { unitCounts } from '../progress/cells.js'
import { cellState, isCounted, isMissing } from '../progress/progress.js'
import type { ReportGaps, ReportItem, ReportLine, ReportTexts, UnitReportContent } from './report.js'

/**
 * The content of a unit's report, criterion by criterion in the plan's order: as it is now, or what counted when the review
 * was closed.
 */
export async function contentOf(
  tx: Tx,
  campaign: Campaign,
  unitId: string,
  kind: ReviewKind,
  { selfAssessment, difficulties }: ReportTexts,
): Promise<UnitReportContent> {
  const items = await itemsOf(tx, campaign.id, unitId, kind)
  const { tallies, nil: nils } = await unitCounts(tx, campaign.id, unitId, kind)
  const said = (await tx.nilReports.ofUnit(campaign.id, unitId)).filter((n) => n.reviewKind === kind)
  const lines = criteriaOf(campaign).map(({ code }): ReportLine => {
    const tally = tallies.get(code)
    const nil = nils.has(code) ? said.find((n) => n.criterion === code) : undefined
    return {
      criterion: code,
      state: cellState(tally, nils.has(code)),
      items: items.get(code) ?? [],
      waiting: tally?.submitted ?? 0,
      nilReason: nil?.reason ?? null,
    }
  })
  return { lines, selfAssessment, difficulties }
}

/** A unit's confirmed and accepted submissions that count for a review, by criterion. */
async function itemsOf(
  tx: Tx,
  campaignId: string,
  unitId: string,
  kind: ReviewKind,
): Promise<Map<string, ReportItem[]>> {
  const reviews = await tx.reviews.list(campaignId)
  const statesIn = async (of: ReviewKind) => {
    const closed = closingOf(reviews, of)
    return closed && (await tx.closings.statesOf(closed.id, unitId))
  }
  const own = await statesIn(kind)
  const preliminary = kind === 'final' ? await statesIn('preliminary') : undefined
  const items = new Map<string, ReportItem[]>()
  for (const { criterion, ...item } of await tx.unitReports.evidence(campaignId, unitId)) {
    const state = own ? own.get(item.id) : item.state
    if (state !== 'confirmed' && state !== 'accepted') continue
    const isAfterPreliminary = preliminary !== undefined && !isCounted(preliminary.get(item.id))
    const counted = { ...item, state, ...(isAfterPreliminary ? { isAfterPreliminary } : {}) }
    items.set(criterion, [...(items.get(criterion) ?? []), counted])
  }
  return items
}

/** What a report with this content would lack. */
export const gapsOf = ({ lines }: Pick<UnitReportContent, 'lines'>): ReportGaps => ({
  missing: lines.filter((l) => isMissing(l.state)).map((l) => l.criterion),
  waiting: lines.reduce((n, l) => n + l.waiting, 0),
})

/** Whether somebody who agreed to send despite some gaps agreed to these gaps too. */
export const covers = (agreed: ReportGaps, now: ReportGaps): boolean =>
  now.waiting <= agreed.waiting && now.missing.every((code) => agreed.missing.includes(code))

/**
 * Whether the current content differs from what was sent. An acceptance by the Command Board since then is not a
 * difference, nor is evidence that waits for the head.
 */
export function differs(sent: UnitReportContent, now: UnitReportContent): boolean {
  const gist = ({ lines, selfAssessment, difficulties }: UnitReportContent) => [
    selfAssessment,
    difficulties,
    lines.map((l) => [
      l.criterion,
      l.state === 'nil' ? (l.nilReason ?? '') : null,
      // Paper at the Board counts without an item of its own.
      l.state === 'confirmed',
      l.items.map(({ state: _, ...item }) => item),
    ]),
  ]
  return !isDeepStrictEqual(gist(sent), gist(now))
}
