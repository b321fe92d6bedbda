import type { Campaign } from '../../campaign/campaign.js'
import { campaignFor } from '../../campaign/closed.js'
import { closingOf, type ReviewKind } from '../../campaign/review.js'
import { may } from '../../people/access.js'
import type { Unit } from '../../people/unit.js'
import type { Tx } from '../../ports.js'
import { contentOf, differs, gapsOf } from '../../report/content.js'
import { visibleReport } from '../../report/decide.js'
import { isComplete } from '../../report/notify.js'
import type { ReportGaps, UnitReport, UnitReportContent } from '../../report/report.js'
import type { ReportCounts, SentReport, UnitReportLine } from '../../report/rows.js'
import type { UnitReportState } from '../../report/state.js'
import type { UseCase } from '../../use-case.js'
import { deadlineOf, type ReviewDeadline } from '../campaign/review-deadline.js'
import { recipientOf } from '../people/recipient.js'

type Use = Omit<UseCase, 'newId'>

/** Submissions that wait and are named. */
const NAMED = 2

/** A unit's report for one review as one person may see it. */
export interface UnitReportView {
  unit: Unit
  report: UnitReport
  campaign: Campaign
  deadline: ReviewDeadline
  /** What is shown: as it was sent (`isSent`), or as it is now. */
  content: UnitReportContent
  isSent: boolean
  /** What was sent last. */
  sent: SentReport | undefined
  /** What the unit has to report now differs from what was sent. */
  changed: boolean
  /** Gaps of what the unit has to report now. */
  gaps: ReportGaps
  /** Numbers of the first submissions that wait for the reader to confirm, and are not in the report before that. */
  waiting: readonly number[]
  /** The reader leads the unit. */
  leads: boolean
  /** The reader approves and rejects reports. */
  decides: boolean
  /** The reader may see every unit. */
  seesAll: boolean
  timeZone: string
}

/**
 * What a person may see of a unit's report: what was sent, once it was. The unit's leaders see the current content until
 * it was sent, after it was rejected, and if `wantsCurrent`. Texts that the head has not sent are shown to leaders alone.
 * Throws `access.denied`, `unit.not_found`.
 */
export async function viewUnitReport(
  use: Use,
  campaign: Campaign,
  unitId: string,
  kind: ReviewKind,
  wantsCurrent = false,
): Promise<UnitReportView> {
  const { tx, actor, timeZone } = use
  const { unit, report } = await visibleReport(use, campaign, unitId, kind)
  const leads = may(actor, 'report.write', unitId)
  const current = await contentOf(tx, campaign, unitId, kind, report)
  // A report that was taken back is a draft again: nobody sees what had been sent.
  const hasSent = report.round > 0 && report.state !== 'draft'
  const sent = hasSent ? await tx.unitReports.sent(report.id, report.round) : undefined
  const deadline = await deadlineOf(use, campaign, kind)
  const isOpen = report.state === 'draft' || report.state === 'rejected'
  const isSent = sent !== undefined && !(leads && (isOpen || wantsCurrent))
  const gaps = gapsOf(current)
  const waiting = leads && gaps.waiting > 0 ? await tx.submissions.waitingOf(campaign.id, unitId, NAMED) : []
  const unsent = leads ? current : { ...current, selfAssessment: '', difficulties: '' }
  return {
    unit,
    report,
    campaign: await campaignFor(tx, campaign, kind),
    deadline,
    content: isSent ? sent.content : unsent,
    isSent,
    sent,
    changed: sent !== undefined && deadline.closedAt === undefined && differs(sent.content, current),
    gaps,
    waiting: waiting.map((s) => s.number),
    leads,
    decides: may(actor, 'report.decide'),
    seesAll: may(actor, 'unit.seeAll'),
    timeZone,
  }
}

/** All units' reports for one review: how many are in each state, and one page of them. */
export interface UnitReportList {
  deadline: ReviewDeadline
  counts: ReportCounts
  /** Those that wait for the Command Board first. */
  lines: readonly UnitReportLine[]
  /** From 0; the last page if a later one was requested. */
  page: number
  /** 0 without reporting units. */
  pages: number
}

/** Reads one page of all units' reports, with at most `size` units. Checks no permission. */
export async function unitReportList(
  use: Use,
  campaign: Campaign,
  kind: ReviewKind,
  wantedPage: number,
  size: number,
): Promise<UnitReportList> {
  const { tx } = use
  const deadline = await deadlineOf(use, campaign, kind)
  const counts = await tx.unitReports.counts(campaign.id, kind)
  const pages = Math.ceil(Object.values(counts).reduce((sum, n) => sum + n, 0) / size)
  const page = Math.max(0, Math.min(wantedPage, pages - 1))
  const lines = pages > 0 ? await tx.unitReports.page(campaign.id, kind, size, page * size) : []
  return { deadline, counts, lines, page, pages }
}

/** What a message about a unit's report is about. */
export interface ReportSubject {
  unit: Unit
  /** Undefined until somebody writes or sends it. */
  report: UnitReport | undefined
}

/** The unit and report of a message; undefined if the unit does not exist any more. */
export async function reportSubject(
  tx: Tx,
  campaign: Campaign,
  unitId: string,
  kind: ReviewKind,
): Promise<ReportSubject | undefined> {
  const unit = await tx.units.byId(campaign.workspaceId, unitId)
  return unit && { unit, report: await tx.unitReports.of(campaign.id, kind, unitId) }
}

/** Whether a unit's report is worth offering to its leaders. */
export interface ReportOffer {
  unit: Unit
  kind: ReviewKind
  state: UnitReportState
  /** Nothing is missing and nothing waits for the head. */
  isComplete: boolean
  /** The review is closed: the report cannot be sent any more. */
  isClosed: boolean
}

/** Reads whether to offer a unit its report; undefined if the unit does not exist any more. */
export async function reportOffer(
  tx: Tx,
  campaign: Campaign,
  unitId: string,
  kind: ReviewKind,
): Promise<ReportOffer | undefined> {
  const subject = await reportSubject(tx, campaign, unitId, kind)
  if (!subject) return undefined
  const state = subject.report?.state ?? 'draft'
  const isClosed = closingOf(await tx.reviews.list(campaign.id), kind) !== undefined
  return { unit: subject.unit, kind, state, isClosed, isComplete: await isComplete(tx, campaign, unitId, kind) }
}

/** A unit's report as a member of the Command Board decides on it; undefined for a person who decides no more. */
export async function reportToDecide(
  { tx, now, timeZone }: Omit<Use, 'actor'>,
  campaign: Campaign,
  unitId: string,
  kind: ReviewKind,
  personId: string,
): Promise<UnitReportView | undefined> {
  const actor = await recipientOf(tx, campaign.workspaceId, personId)
  if (!actor || !may(actor, 'report.decide')) return undefined
  return viewUnitReport({ tx, actor, now, timeZone }, campaign, unitId, kind)
}
