import { isDeepStrictEqual } from 'node:util'
import { type Campaign, criteriaOf } from '../campaign/campaign.js'
import { campaignFor } from '../campaign/closed.js'
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
  const lines = criteriaOf(await campaignFor(tx, campaign, kind)).map(({ code }): ReportLine => {
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

/** A unit's confirmed and accepted submissions that count for a review, by criterion: as they were when it was closed. */
async function itemsOf(
  tx: Tx,
  campaignId: string,
  unitId: string,
  kind: ReviewKind,
): Promise<Map<string, ReportItem[]>> {
  const reviews = await tx.reviews.list(campaignId)
  const closedIn = async (of: ReviewKind) => {
    const closed = closingOf(reviews, of)
    return closed && (await tx.closings.submissionsOf(closed.id, unitId))
  }
  const counted = await closedIn(kind)
  const found = counted
    ? counted.flatMap(({ id, criterion, state, item }) =>
        item && (state === 'confirmed' || state === 'accepted') ? [{ ...item, id, criterion, state }] : [],
      )
    : await tx.unitReports.evidence(campaignId, unitId)
  const preliminary = kind === 'final' ? await closedIn('preliminary') : undefined
  const before = new Set(preliminary?.filter((s) => isCounted(s.state)).map((s) => s.id))
  const items = new Map<string, ReportItem[]>()
  for (const { criterion, ...item } of [...found].sort((a, b) => a.number - b.number)) {
    const isAfterPreliminary = preliminary !== undefined && !before.has(item.id)
    const shown = { ...item, ...(isAfterPreliminary ? { isAfterPreliminary } : {}) }
    items.set(criterion, [...(items.get(criterion) ?? []), shown])
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
