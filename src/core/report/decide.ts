import { audit } from '../audit/append.js'
import { calendarOf } from '../calendar/holiday-calendar.js'
import type { Campaign } from '../campaign/campaign.js'
import { mustBeOpen } from '../campaign/closed.js'
import { earlyBy, type Review, type ReviewKind } from '../campaign/review.js'
import { localDate } from '../date.js'
import { UserError } from '../errors.js'
import { followReminders } from '../outbox/follow.js'
import { aboutUnitReports } from '../outbox/topics.js'
import { authorize } from '../people/access.js'
import { reports, type Unit } from '../people/unit.js'
import type { Tx } from '../ports.js'
import type { UseCase } from '../use-case.js'
import { contentOf, covers, differs, gapsOf } from './content.js'
import { notifyBoard, notifyOutcome } from './notify.js'
import type { ReportGaps, UnitReport, UnitReportEvent } from './report.js'
import { reportMayBecome, type UnitReportState } from './state.js'
import { checkReason } from './text.js'

/** The state of a unit's report for one review; `draft` also where it has no row yet. */
export const reportState = async (
  tx: Tx,
  campaign: Campaign,
  unitId: string,
  kind: ReviewKind,
): Promise<UnitReportState> => (await tx.unitReports.of(campaign.id, kind, unitId))?.state ?? 'draft'

/**
 * A unit and its report for one review, for people who may see the unit; a blank report where it has none. Throws
 * `access.denied`, `unit.not_found`.
 */
export async function visibleReport(
  { tx, actor }: Pick<UseCase, 'tx' | 'actor'>,
  campaign: Campaign,
  unitId: string,
  kind: ReviewKind,
): Promise<{ unit: Unit; report: UnitReport }> {
  authorize(actor, 'unit.see', unitId)
  const unit = await tx.units.byId(actor.workspaceId, unitId)
  if (!unit || !reports(unit.kind)) throw new UserError('unit.not_found', { word: unit?.name ?? '' })
  const report = await tx.unitReports.of(campaign.id, kind, unitId)
  return { unit, report: report ?? blank(actor.workspaceId, campaign, unitId, kind) }
}

const blank = (workspaceId: string, campaign: Campaign, unitId: string, kind: ReviewKind): UnitReport => ({
  id: '',
  workspaceId,
  campaignId: campaign.id,
  kind,
  unitId,
  state: 'draft',
  round: 0,
  last: null,
  selfAssessment: '',
  difficulties: '',
  textVersion: 0,
  textBy: null,
  textForm: null,
  withheld: [],
})

/** The report for the unit's leaders; creates its row where there is none. Throws `access.denied`, `unit.not_found`. */
export async function ownReport(
  use: UseCase,
  campaign: Campaign,
  unitId: string,
  kind: ReviewKind,
): Promise<{ unit: Unit; report: UnitReport }> {
  authorize(use.actor, 'report.write', unitId)
  const found = await visibleReport(use, campaign, unitId, kind)
  if (found.report.id !== '') return found
  const report = { ...found.report, id: use.newId() }
  await use.tx.unitReports.open(report)
  return { unit: found.unit, report }
}

/** What was done when a report was to be sent; sent unless one of the last two is set. */
export interface Sending {
  report: UnitReport
  review: Review
  /** Gaps that the person did not know of. */
  lacking?: ReportGaps
  /** Working days until the review, where these are more than twenty and the person was not asked yet. */
  early?: number
}

/**
 * Sends a unit's report, frozen as it is now, to the Command Board. `round`: how often it had been sent when the person
 * saw it; `agreed`: the gaps they knew of; `isEarlyAgreed`: they want to send it more than twenty working days before the
 * review. Where there are other gaps, or it is early, returns these and sends nothing. A repeated press changes nothing. A
 * report that is sent or approved can be sent again only where its content differs.
 *
 * Throws `access.denied`, `unit.not_found`, `unitReport.no_date`, `review.closed`, `unitReport.state_changed` naming who
 * acted first.
 */
export async function sendReport(
  use: UseCase,
  campaign: Campaign,
  unitId: string,
  kind: ReviewKind,
  seen: { round: number; agreed: ReportGaps; isEarlyAgreed?: boolean },
): Promise<Sending> {
  const { tx, actor } = use
  const { unit, report } = await ownReport(use, campaign, unitId, kind)
  const review = (await tx.reviews.list(campaign.id)).find((r) => r.kind === kind)
  if (!review) throw new UserError('unitReport.no_date', { kind })
  await mustBeOpen(tx, actor.workspaceId, campaign.id, kind)
  if (report.round !== seen.round) {
    const isRepeat = report.round === seen.round + 1 && report.state === 'sent'
    if (isRepeat && report.last?.byId === actor.person.id) return { report, review }
    return refuse(unit, report)
  }
  const content = await contentOf(tx, campaign, unitId, kind, report)
  if (report.state === 'sent' || report.state === 'approved') {
    const sent = await tx.unitReports.sent(report.id, report.round)
    if (sent && !differs(sent.content, content)) return refuse(unit, report)
  }
  const gaps = gapsOf(content)
  if (!covers(seen.agreed, gaps)) return { report, review, lacking: gaps }
  const isWorkingDay = await calendarOf(tx, actor.workspaceId)
  const early = earlyBy(review, localDate(use.now, use.timeZone), isWorkingDay)
  if (early !== undefined && !seen.isEarlyAgreed) return { report, review, early }
  const after = await move(use, unit, { ...report, round: report.round + 1 }, 'sent', null)
  await tx.unitReports.putSent(after.workspaceId, after, content, actor.person.id, use.now)
  await notifyBoard(use, after)
  return { report: after, review }
}

/**
 * Takes a sent report back before the Board has decided on it; it is a draft again. `round`: how often it had been sent when
 * the person saw it. A repeated press changes nothing. Throws `access.denied`, `unit.not_found`, `review.closed`,
 * `unitReport.state_changed` naming who acted first.
 */
export async function takeReportBack(
  use: UseCase,
  campaign: Campaign,
  unitId: string,
  kind: ReviewKind,
  round: number,
): Promise<UnitReport> {
  const { unit, report } = await ownReport(use, campaign, unitId, kind)
  if (report.state === 'draft' && report.round === round && report.last?.byId === use.actor.person.id) return report
  await mustBeOpen(use.tx, use.actor.workspaceId, campaign.id, kind)
  if (report.state !== 'sent' || report.round !== round) return refuse(unit, report)
  return move(use, unit, report, 'draft', null)
}

/** What a member of the Command Board saw when they decided: how often the report had been sent, and its state. */
export interface SeenReport {
  round: number
  state: UnitReportState
}

/** Approves what was sent. Throws as `rejectReport`, except for the reason. */
export const approveReport = (
  use: UseCase,
  campaign: Campaign,
  unitId: string,
  kind: ReviewKind,
  seen: SeenReport,
): Promise<UnitReport> => decide(use, campaign, unitId, kind, seen, 'approved', null)

/**
 * Rejects a report with a reason for the unit; also an approved one, to ask for it again. Throws `access.denied`,
 * FormError at `reason`, `unitReport.state_changed` naming who acted first.
 */
export async function rejectReport(
  use: UseCase,
  campaign: Campaign,
  unitId: string,
  kind: ReviewKind,
  seen: SeenReport,
  reason: string,
): Promise<UnitReport> {
  authorize(use.actor, 'report.decide')
  return decide(use, campaign, unitId, kind, seen, 'rejected', checkReason(reason))
}

/**
 * The report that the person may decide on now, before they are asked for a reason. Throws as `rejectReport`, except
 * for the reason, and `review.closed`.
 */
export async function decidable(
  use: UseCase,
  campaign: Campaign,
  unitId: string,
  kind: ReviewKind,
  seen: SeenReport,
  to: 'approved' | 'rejected',
): Promise<{ unit: Unit; report: UnitReport; isRepeat: boolean }> {
  authorize(use.actor, 'report.decide')
  const { unit, report } = await visibleReport(use, campaign, unitId, kind)
  await mustBeOpen(use.tx, use.actor.workspaceId, campaign.id, kind)
  const isAsSeen = report.round === seen.round && report.state === seen.state
  if (isAsSeen && reportMayBecome(report.state, to)) return { unit, report, isRepeat: false }
  // A repeated press by the same person, or a retry by the chat.
  const isRepeat = report.round === seen.round && report.state === to && report.last?.byId === use.actor.person.id
  return isRepeat ? { unit, report, isRepeat } : refuse(unit, report)
}

async function decide(
  use: UseCase,
  campaign: Campaign,
  unitId: string,
  kind: ReviewKind,
  seen: SeenReport,
  to: 'approved' | 'rejected',
  reason: string | null,
): Promise<UnitReport> {
  const { unit, report, isRepeat } = await decidable(use, campaign, unitId, kind, seen, to)
  if (isRepeat) return report
  const after = await move(use, unit, report, to, reason)
  const sent = await use.tx.unitReports.sent(report.id, report.round)
  await notifyOutcome(use, after, sent?.byId ?? '')
  return after
}

/** Changes the state if it is still the expected one, and records who did it. */
async function move(
  use: UseCase,
  unit: Unit,
  report: UnitReport,
  to: UnitReportState,
  reason: string | null,
): Promise<UnitReport> {
  const { tx, actor, now } = use
  const { id, workspaceId, unitId, kind, round, state: from } = report
  const event: UnitReportEvent = {
    id: use.newId(),
    reportId: id,
    from,
    to,
    round,
    byId: actor.person.id,
    at: now,
    reason,
  }
  if (!reportMayBecome(from, to) || !(await tx.unitReports.move(event))) return refuse(unit, report)
  await tx.unitReports.addEvent(workspaceId, event)
  const data = { campaignId: report.campaignId, reviewKind: kind, from, to, round }
  await audit(use, to === 'draft' ? 'unitReport.taken_back' : `unitReport.${to}`, `unit:${unitId}`, data)
  await tx.outbox.touch(aboutUnitReports(unitId), now)
  await tx.progress.touchTotals(report.campaignId)
  await followReminders(tx, report.campaignId, { workspaceId, unitId }, now)
  const last = { byId: actor.person.id, byName: actor.person.fullName, at: now, reason }
  return { ...report, state: to, last }
}

/** Always throws `unitReport.state_changed`, naming who acted first and the outcome. */
function refuse(unit: Unit, { kind, state, last }: UnitReport): never {
  throw new UserError('unitReport.state_changed', {
    unit: unit.name,
    kind,
    state,
    by: last?.byName ?? '',
    at: last?.at ?? null,
  })
}
