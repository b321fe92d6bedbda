import { type Campaign, type Criterion, criteriaOf } from '../../campaign/campaign.js'
import { campaignFor } from '../../campaign/closed.js'
import { closingOf, type ReviewKind } from '../../campaign/review.js'
import { authorize, may } from '../../people/access.js'
import type { Unit } from '../../people/unit.js'
import type { Tx } from '../../ports.js'
import { unitCounts } from '../../progress/cells.js'
import { type CellState, cellState, isMissing, type Tally } from '../../progress/progress.js'
import type { RecordedPaper } from '../../submission/paper-receipt.js'
import type { UseCase } from '../../use-case.js'
import { deadlineAmong, type ReviewDeadline, unitKind } from '../campaign/review-deadline.js'
import { type SubmissionView, viewSubmission } from '../submission/view.js'
import { type WaitingUnit, waitingUnit } from '../submission/waiting.js'

/** What one unit has under one criterion, for one review. */
export interface UnitCell {
  criterion: Criterion
  state: CellState
  /** Submissions that a head confirmed or the Command Board accepted. */
  confirmed: number
  /** Submissions that wait for the head. */
  waiting: number
  /** Why the unit reports nothing; null without a reason, undefined where no nil report exists. */
  nilReason: string | null | undefined
  /** Days (yyyy-mm-dd) on which the Command Board received paper. */
  paperDates: readonly string[]
  /** The reader's own returned submission, to be corrected rather than handed in a second time. */
  ownReturnedId: string | undefined
}

/** Every criterion of one unit for one review. */
export interface UnitStatus {
  unit: Unit
  deadline: ReviewDeadline
  /** Whether any review of the campaign has a date. */
  hasDates: boolean
  /** In the plan's order. */
  cells: readonly UnitCell[]
  /** False for a unit that was not on the roster when the review was closed. */
  isCounted: boolean
  /** More than one piece of evidence that waits for the reader to confirm. */
  waiting: readonly WaitingUnit[]
  /** IANA name, for showing instants. */
  timeZone: string
}

/** What a unit has and lacks for one review; for the one it works towards unless `named`. */
export async function unitStatus(
  use: UseCase,
  campaign: Campaign,
  unit: Unit,
  named?: ReviewKind,
): Promise<UnitStatus> {
  const reviews = await use.tx.reviews.list(campaign.id)
  const kind = named ?? (await unitKind(use, campaign, unit.id))
  const cells = await unitCells(use, campaign, unit.id, kind)
  const count = cells.reduce((n, c) => n + c.waiting, 0)
  const confirms = may(use.actor, 'submission.confirm', unit.id)
  return {
    unit,
    deadline: await deadlineAmong(use, campaign, kind, reviews),
    hasDates: reviews.length > 0,
    cells,
    isCounted: await isInReview(use.tx, campaign, kind, unit.id),
    waiting: confirms ? await waitingUnit(use.tx, campaign, unit, count) : [],
    timeZone: use.timeZone,
  }
}

async function isInReview(tx: Tx, campaign: Campaign, kind: ReviewKind, unitId: string): Promise<boolean> {
  const closed = closingOf(await tx.reviews.list(campaign.id), kind)
  return closed === undefined || (await tx.closings.unit(closed.id, unitId)) !== undefined
}

/** Every criterion of a unit for one review, in the plan's order. */
export async function unitCells(
  { tx, actor }: Pick<UseCase, 'tx' | 'actor'>,
  campaign: Campaign,
  unitId: string,
  kind: ReviewKind,
): Promise<UnitCell[]> {
  const { tallies, nil } = await unitCounts(tx, campaign.id, unitId, kind)
  const nilReports = (await tx.nilReports.ofUnit(campaign.id, unitId)).filter(
    (n) => n.reviewKind === kind && nil.has(n.criterion),
  )
  const nilReasons = new Map(nilReports.map((n) => [n.criterion, n.reason]))
  const closedAt = closingOf(await tx.reviews.list(campaign.id), kind)?.at
  const paperDates = await paperDatesOf(tx, campaign, unitId, tallies, closedAt)
  const cells: UnitCell[] = []
  for (const criterion of criteriaOf(await campaignFor(tx, campaign, kind))) {
    const { code } = criterion
    const tally = tallies.get(code)
    const state = cellState(tally, nil.has(code))
    cells.push({
      criterion,
      state,
      confirmed: (tally?.confirmed ?? 0) + (tally?.accepted ?? 0),
      waiting: tally?.submitted ?? 0,
      nilReason: nilReasons.get(code),
      paperDates: paperDates.get(code) ?? [],
      ownReturnedId:
        state === 'returned' ? await ownReturnedId(tx, campaign, unitId, code, actor.person.id) : undefined,
    })
  }
  return cells
}

/** The id of a person's own returned submission under one criterion of a unit, the newest one. */
export async function ownReturnedId(
  tx: Tx,
  campaign: Campaign,
  unitId: string,
  criterion: string,
  personId: string,
): Promise<string | undefined> {
  const list = await tx.submissions.ofCell(campaign.id, unitId, criterion)
  return list.find((s) => s.state === 'returned' && s.authorId === personId)?.id
}

/** The dates of paper receipts by criterion, recorded `until` then; reads them only where the tallies count some. */
async function paperDatesOf(
  tx: Tx,
  campaign: Campaign,
  unitId: string,
  tallies: ReadonlyMap<string, Tally>,
  until: Date | undefined,
) {
  const dates = new Map<string, string[]>()
  if (![...tallies.values()].some((tally) => tally.paper > 0)) return dates
  for (const p of await tx.paperReceipts.ofUnit(campaign.id, unitId))
    if (!until || p.at < until) dates.set(p.criterion, [...(dates.get(p.criterion) ?? []), p.receivedOn])
  return dates
}

/** What was handed in or received on paper for one criterion of a unit. */
export interface CellEvidence {
  /** Newest first, at most as many as requested. */
  submissions: readonly SubmissionView[]
  papers: readonly RecordedPaper[]
}

/** Evidence of one unit under one criterion. Throws `access.denied`. */
export async function cellEvidence(
  { tx, actor, timeZone }: UseCase,
  campaign: Campaign,
  unitId: string,
  criterion: string,
  limit: number,
): Promise<CellEvidence> {
  authorize(actor, 'unit.see', unitId)
  const list = await tx.submissions.ofCell(campaign.id, unitId, criterion)
  const papers = (await tx.paperReceipts.ofUnit(campaign.id, unitId)).filter((p) => p.criterion === criterion)
  const submissions: SubmissionView[] = []
  for (const s of list.slice(0, limit)) submissions.push(await viewSubmission(tx, campaign, s, timeZone))
  return { submissions, papers }
}

export const missingCells = (cells: readonly UnitCell[]): UnitCell[] => cells.filter((c) => isMissing(c.state))

/** Whether none of the units lacks a criterion for a review. */
export async function areComplete(
  tx: Tx,
  campaignId: string,
  kind: ReviewKind,
  unitIds: readonly string[],
): Promise<boolean> {
  for (const id of unitIds) if ((await tx.progress.standing(campaignId, kind, id))?.missing.length !== 0) return false
  return true
}
