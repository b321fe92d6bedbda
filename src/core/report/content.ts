import { isDeepStrictEqual } from 'node:util'
import { type Campaign, criteriaOf } from '../campaign/campaign.js'
import type { ReviewKind } from '../campaign/review.js'
import type { Tx } from '../ports.js'
import { cellState, isMissing } from '../progress/progress.js'
import type { ReportGaps, ReportItem, ReportLine, ReportTexts, UnitReportContent } from './report.js'

/** The current content of a unit's report, criterion by criterion in the plan's order. */
export async function contentOf(
  tx: Tx,
  campaign: Campaign,
  unitId: string,
  kind: ReviewKind,
  { selfAssessment, difficulties }: ReportTexts,
): Promise<UnitReportContent> {
  const items = new Map<string, ReportItem[]>()
  for (const { criterion, ...item } of await tx.unitReports.evidence(campaign.id, unitId))
    items.set(criterion, [...(items.get(criterion) ?? []), item])
  const tallies = await tx.progress.talliesOf(campaign.id, unitId)
  const said = (await tx.nilReports.ofUnit(campaign.id, unitId)).filter((n) => n.reviewKind === kind)
  const lines = criteriaOf(campaign).map(({ code }): ReportLine => {
    const tally = tallies.get(code)
    const nil = said.find((n) => n.criterion === code)
    return {
      criterion: code,
      state: cellState(tally, nil !== undefined),
      items: items.get(code) ?? [],
      waiting: tally?.submitted ?? 0,
      nilReason: nil?.reason ?? null,
    }
  })
  return { lines, selfAssessment, difficulties }
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
