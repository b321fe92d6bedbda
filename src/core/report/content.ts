import { isDeepStrictEqual } from 'node:util'
import { type Campaign, criteriaOf } from '../campaign/campaign.js'
import type { Tx } from '../ports.js'
import { type CellState, cellState, isMissing } from '../progress/progress.js'
import type { ReviewKind } from './set-review-dates.js'

/** One achievement as a report shows it. */
export interface ReportItem {
  id: string
  number: number
  state: 'confirmed' | 'accepted'
  text: string
  doneOn: string
  figure: string | null
  figureUnit: string | null
  links: readonly string[]
}

/** One criterion of a report. */
export interface ReportLine {
  criterion: string
  state: CellState
  items: readonly ReportItem[]
  /** Submissions that wait for the head; they are no part of what is reported. */
  waiting: number
  /** Why nothing occurred, where that was said with a reason. */
  nilReason: string | null
}

/** What a unit reports for one review. Frozen as it is when it is sent. */
export interface UnitReportContent extends ReportTexts {
  lines: readonly ReportLine[]
}

/** What the head adds in their own words; '' for nothing. */
export interface ReportTexts {
  selfAssessment: string
  difficulties: string
}

/** What a report would still lack if it were sent. */
export interface ReportGaps {
  /** Codes of the missing criteria, in the plan's order. */
  missing: readonly string[]
  /** Submissions that wait for the head. */
  waiting: number
}

/** What a unit has to report now, criterion by criterion in the plan's order. */
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

export const gapsOf = ({ lines }: Pick<UnitReportContent, 'lines'>): ReportGaps => ({
  missing: lines.filter((l) => isMissing(l.state)).map((l) => l.criterion),
  waiting: lines.reduce((n, l) => n + l.waiting, 0),
})

/** Whether a person who agreed to send with some gaps agreed to these too. */
export const covers = (agreed: ReportGaps, now: ReportGaps): boolean =>
  now.waiting <= agreed.waiting && now.missing.every((code) => agreed.missing.includes(code))

/**
 * Whether what a unit has to report is other than what was sent. That the Command Board accepted an achievement meanwhile
 * is no change, nor is what only waits.
 */
export function differs(sent: UnitReportContent, now: UnitReportContent): boolean {
  const gist = ({ lines, selfAssessment, difficulties }: UnitReportContent) => [
    selfAssessment,
    difficulties,
    lines.map((l) => [
      l.criterion,
      l.state === 'nil' ? (l.nilReason ?? '') : null,
      // Paper that the Board holds counts without an item of its own.
      l.state === 'confirmed',
      l.items.map(({ state: _, ...item }) => item),
    ]),
  ]
  return !isDeepStrictEqual(gist(sent), gist(now))
}
