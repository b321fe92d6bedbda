import { calendarOf } from '../../calendar/holiday-calendar.js'
import type { Campaign } from '../../campaign/campaign.js'
import { settingsOf } from '../../campaign/read-settings.js'
import {
  closingOf,
  currentReviewKind,
  openKinds,
  type Review,
  type ReviewKind,
  reviewsToClose,
} from '../../campaign/review.js'
import { localDate } from '../../date.js'
import { may, unitsLedBy, unitsOf } from '../../people/access.js'
import type { Person } from '../../people/person.js'
import type { Unit } from '../../people/unit.js'
import { noTotals, type SummaryTotals } from '../../progress/progress.js'
import type { StandingRow } from '../../progress/progress-rows.js'
import { owingCounts } from '../../reminder/inputs.js'
import type { OwingCounts } from '../../report/rows.js'
import type { Draft } from '../../submission/draft.js'
import type { Submission } from '../../submission/submission.js'
import type { UseCase } from '../../use-case.js'
import { deadlineAmong, type ReviewDeadline, unitKind } from '../campaign/review-deadline.js'
import { type UnitCell, unitCells } from '../progress/unit-status.js'
import { openDrafts } from '../submission/drafts.js'
import { type CountsByState, totalOf } from '../submission/own.js'
import { type SubmissionView, viewSubmission } from '../submission/view.js'
import { type WaitingEvidence, waitingEvidence } from '../submission/waiting.js'

/**
 * The data of one person's App Home. It does not depend on the time of day, so that it stays equal until something
 * changes.
 */
export interface HomeData {
  campaign: Campaign
  reviews: readonly Review[]
  /** Of the current review. */
  deadline: ReviewDeadline
  drafts: readonly Draft[]
  mine: MineData
  /** Undefined for those who confirm nothing. */
  waiting: WaitingEvidence | undefined
  /** Units that the person leads. */
  led: UnitsData
  /** Units that the person belongs to without leading them. */
  member: UnitsData
  /** Undefined for those who may not see all units. */
  overview: OverviewData | undefined
  /** People whom messages did not reach; always empty for readers outside the Organisation–Administration Office. */
  unreachable: readonly Person[]
}

/** What the person handed in. */
export interface MineData {
  total: number
  returned: number
  /** The first of the returned submissions. */
  returnedFirst: readonly SubmissionView[]
  /** The newest of the others. */
  latest: readonly SubmissionView[]
}

export interface UnitsData {
  total: number
  /** `kind`: the review that the unit works towards; `isClosed`: it is over, and no other is to come. */
  first: readonly { unit: Unit; kind: ReviewKind; isClosed: boolean; cells: readonly UnitCell[] }[]
}

export interface OverviewData {
  totals: SummaryTotals
  owing: OwingCounts
  /** Submissions that wait for a head; 0 where heads need not confirm. */
  waitingForHeads: number
  /** Submissions that wait for the Command Board. */
  waitingForBoard: number
  /** Numbers of units' reports that wait for the Command Board, by review. */
  reportsForBoard: readonly { kind: ReviewKind; count: number }[]
  /** Reviews that the Command Board is to close: their reminders are over. */
  toClose: readonly Review[]
  /** The units with the most missing. */
  mostMissing: readonly StandingRow[]
}

/** How many of each are read. */
export interface HomeLimits {
  returned: number
  latest: number
  /** `latest` for people who lead a unit. */
  latestOfLeaders: number
  waiting: number
  units: number
  mostMissing: number
}

/** A message that did not reach its reader is shown for this long. */
const UNREACHABLE_MS = 30 * 86_400_000

/** Reads what a person's App Home shows. */
export async function homeData(
  use: UseCase,
  campaign: Campaign,
  reviews: readonly Review[],
  limits: HomeLimits,
): Promise<HomeData> {
  const { tx, actor, now, timeZone } = use
  const isWorkingDay = await calendarOf(tx, actor.workspaceId)
  const kind = currentReviewKind(reviews, localDate(now, timeZone), isWorkingDay)
  const units = async (leads: boolean): Promise<UnitsData> => {
    const ledIds = unitsLedBy(actor).map((u) => u.id)
    const all = unitsOf(actor).filter((u) => ledIds.includes(u.id) === leads)
    const first = []
    for (const unit of all.slice(0, limits.units)) {
      const own = await unitKind(use, campaign, unit.id)
      const isClosed = closingOf(reviews, own) !== undefined
      first.push({ unit, kind: own, isClosed, cells: await unitCells(use, campaign, unit.id, own) })
    }
    return { total: all.length, first }
  }
  return {
    campaign,
    reviews,
    deadline: await deadlineAmong(use, campaign, kind, reviews),
    drafts: await openDrafts(use),
    mine: await mineData(use, campaign, limits),
    waiting: await waitingEvidence(use, campaign, limits.waiting),
    led: await units(true),
    member: await units(false),
    overview: may(actor, 'unit.seeAll')
      ? await overviewData(use, campaign, reviews, kind, limits.mostMissing)
      : undefined,
    unreachable: may(actor, 'people.seeUnreachable')
      ? await tx.people.unreachable(actor.workspaceId, new Date(now.getTime() - UNREACHABLE_MS))
      : [],
  }
}

async function mineData(use: UseCase, campaign: Campaign, limits: HomeLimits): Promise<MineData> {
  const { tx, actor } = use
  const counts: CountsByState = await tx.submissions.countOfAuthor(campaign.id, actor.person.id)
  const { returned = 0 } = counts
  const total = totalOf(counts)
  if (total === 0) return { total, returned, returnedFirst: [], latest: [] }
  const latest = unitsLedBy(actor).length > 0 ? limits.latestOfLeaders : limits.latest
  // Returned submissions come first.
  const list = await tx.submissions.ofAuthor(campaign.id, actor.person.id, returned + latest)
  const isReturned = (s: Submission) => s.state === 'returned'
  return {
    total,
    returned,
    returnedFirst: await views(use, campaign, list.filter(isReturned).slice(0, limits.returned)),
    latest: await views(use, campaign, list.filter((s) => !isReturned(s)).slice(0, latest)),
  }
}

async function overviewData(
  { tx, actor, now, timeZone }: UseCase,
  campaign: Campaign,
  reviews: readonly Review[],
  kind: ReviewKind,
  limit: number,
): Promise<OverviewData> {
  const tally = await tx.progress.tallyOfAll(campaign.id)
  const { headConfirms } = await settingsOf(tx, actor.workspaceId)
  const isWorkingDay = await calendarOf(tx, actor.workspaceId)
  const reportsForBoard: OverviewData['reportsForBoard'][number][] = []
  for (const open of openKinds(reviews)) {
    const { sent } = await tx.unitReports.counts(campaign.id, open)
    if (sent > 0) reportsForBoard.push({ kind: open, count: sent })
  }
  const lines = await tx.progress.page(campaign.id, kind, limit, 0)
  const totals = (await tx.progress.totals(campaign.id, kind)) ?? noTotals
  return {
    totals,
    owing: await owingCounts(tx, campaign, kind, totals),
    waitingForHeads: headConfirms ? tally.submitted : 0,
    waitingForBoard: tally.confirmed + (headConfirms ? 0 : tally.submitted),
    reportsForBoard,
    toClose: reviewsToClose(reviews, localDate(now, timeZone), campaign.ladder.workingDaysLate, isWorkingDay),
    mostMissing: lines.filter((l) => l.missing.length > 0),
  }
}

async function views(
  { tx, timeZone }: UseCase,
  campaign: Campaign,
  submissions: readonly Submission[],
): Promise<SubmissionView[]> {
  const read: SubmissionView[] = []
  for (const s of submissions) read.push(await viewSubmission(tx, campaign, s, timeZone))
  return read
}
