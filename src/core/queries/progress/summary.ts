import { type Campaign, criteriaOf } from '../../campaign/campaign.js'
import { campaignFor } from '../../campaign/closed.js'
import { closingOf, type ReviewKind } from '../../campaign/review.js'
import type { Unit } from '../../people/unit.js'
import type { Tx } from '../../ports.js'
import { unitCounts } from '../../progress/cells.js'
import { noTotals, type SummaryState, type SummaryTotals, summaryState } from '../../progress/progress.js'
import type { CriterionTotals, StandingRow, Versioned } from '../../progress/progress-rows.js'
import { owingCounts } from '../../reminder/inputs.js'
import type { OwingCounts } from '../../report/rows.js'
import { closedTotals } from '../../review/snapshot.js'
import type { UseCase } from '../../use-case.js'
import { deadlineOf, type ReviewDeadline } from '../campaign/review-deadline.js'

/** The totals of one review over all units; its `version` changes with any unit's line. */
export interface SummaryHead {
  deadline: ReviewDeadline
  totals: SummaryTotals & Versioned
  /** IANA name, for showing instants. */
  timeZone: string
}

/** Reads the deadline and the totals of one review. Checks no permission. */
export async function summaryHead(use: UseCase, campaign: Campaign, kind: ReviewKind): Promise<SummaryHead> {
  const deadline = await deadlineOf(use, campaign, kind)
  const totals = (await use.tx.progress.totals(campaign.id, kind)) ?? { ...noTotals, version: 0 }
  return { deadline, totals, timeZone: use.timeZone }
}

/** One unit's line: how many criteria are in which state, and whether only its report is owed. */
interface SummaryLine extends StandingRow {
  states: Readonly<Record<SummaryState, number>>
  owesReportOnly: boolean
}

/** One page of units, and how many units of the review owe what. */
export interface SummaryPage {
  lines: readonly SummaryLine[]
  owing: OwingCounts
}

/** How many units owe what for the review of a summary. */
export const summaryOwing = ({ tx }: UseCase, campaign: Campaign, { deadline, totals }: SummaryHead) =>
  owingCounts(tx, campaign, deadline.kind, totals)

/** One page of units with what each lacks: the fewest criteria first, then in the roster's order. */
export async function summaryUnits(
  use: UseCase,
  campaign: Campaign,
  head: SummaryHead,
  page: number,
  size: number,
): Promise<SummaryPage> {
  const { tx } = use
  const { kind } = head.deadline
  const owing = await summaryOwing(use, campaign, head)
  const lines: SummaryLine[] = []
  for (const row of await pageOf(tx, campaign, kind, page, size)) {
    const { tallies, nil } = await unitCounts(tx, campaign.id, row.unitId, kind)
    const states = { accepted: 0, confirmed: 0, waiting: 0, nil: 0, returned: 0, missing: 0 }
    for (const { code } of criteriaOf(campaign)) states[summaryState(tallies.get(code), nil.has(code))] += 1
    const isComplete = row.missing.length === 0 && owing.reportOnly > 0
    lines.push({ ...row, states, owesReportOnly: isComplete && (await isUnsent(tx, campaign, kind, row.unitId)) })
  }
  return { lines, owing }
}

/** One page of units, under the names that they had when the review was closed. */
async function pageOf(
  tx: Tx,
  campaign: Campaign,
  kind: ReviewKind,
  page: number,
  size: number,
): Promise<StandingRow[]> {
  const rows = await tx.progress.page(campaign.id, kind, size, page * size)
  const closed = closingOf(await tx.reviews.list(campaign.id), kind)
  if (!closed) return rows
  const units = new Map((await tx.closings.units(closed.id)).map((u) => [u.unitId, u]))
  return rows.map((row) => ({ ...row, unit: { ...row.unit, name: units.get(row.unitId)?.name ?? row.unit.name } }))
}

/** Whether a unit's report was not sent: when the review was closed, or now. */
async function isUnsent(tx: Tx, campaign: Campaign, kind: ReviewKind, unitId: string): Promise<boolean> {
  const closed = closingOf(await tx.reviews.list(campaign.id), kind)
  const report = closed
    ? (await tx.closings.unit(closed.id, unitId))?.report
    : await tx.unitReports.of(campaign.id, kind, unitId)
  return report === undefined || report.state === 'draft' || report.state === 'rejected'
}

/** How many units are in which state, criterion by criterion: the most missing first, then in the plan's order. */
export async function summaryCriteria(
  { tx }: UseCase,
  campaign: Campaign,
  kind: ReviewKind,
): Promise<CriterionTotals[]> {
  const codes = criteriaOf(await campaignFor(tx, campaign, kind)).map((c) => c.code)
  const closed = closingOf(await tx.reviews.list(campaign.id), kind)
  const lines = closed
    ? closedTotals(codes, await tx.closings.units(closed.id))
    : await tx.progress.missingByCriterion(campaign.id, kind, codes)
  return [...lines].sort((a, b) => b.missing + b.returned - (a.missing + a.returned))
}

/** Units that lack one criterion. */
export const unitsLacking = (
  { tx }: UseCase,
  campaign: Campaign,
  kind: ReviewKind,
  criterion: string,
): Promise<Unit[]> => tx.progress.unitsMissing(campaign.id, kind, criterion)
