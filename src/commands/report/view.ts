import { calendarOf } from '../../core/calendar/holiday-calendar.js'
import type { Calendar } from '../../core/calendar/working-day.js'
import type { Campaign } from '../../core/campaign/campaign.js'
import type { ReviewKind } from '../../core/campaign/review.js'
import { mayDecideReports, maySpeakFor } from '../../core/people/access.js'
import type { Unit } from '../../core/people/unit.js'
import { contentOf, differs, gapsOf } from '../../core/report/content.js'
import { visibleReport } from '../../core/report/decide.js'
import type { ReportGaps, UnitReport, UnitReportContent } from '../../core/report/report.js'
import type { SentReport } from '../../core/report/rows.js'
import type { UseCase } from '../../core/use-case.js'

/** A unit's report with what its cards show around it. */
export interface ShownReport {
  unit: Unit
  report: UnitReport
  campaign: Campaign
  /** yyyy-mm-dd; undefined where none is set. */
  date: string | undefined
  isWorkingDay: Calendar
  /** What is shown, and whether that is what was sent. */
  content: UnitReportContent
  isSent: boolean
  /** What was sent last. */
  sent: SentReport | undefined
  /** What the unit has to report by now is other than what was sent. */
  changed: boolean
  /** Of what the unit has to report now. */
  gaps: ReportGaps
  leads: boolean
  decides: boolean
}

/**
 * What a person is shown of a unit's report: what was sent, once it was; to those who lead the unit what there is now,
 * until it was sent, after it was rejected, and where they ask for it. What the head has written and not sent is theirs.
 * Throws `access.denied`, `unit.not_found`.
 */
export async function showReport(
  use: UseCase,
  campaign: Campaign,
  unitId: string,
  kind: ReviewKind,
  wantsNow = false,
): Promise<ShownReport> {
  const { tx, actor } = use
  const { unit, report } = await visibleReport(use, campaign, unitId, kind)
  const leads = maySpeakFor(actor, unitId)
  const now = await contentOf(tx, campaign, unitId, kind, report)
  const sent = report.round > 0 ? await tx.unitReports.sent(report.id, report.round) : undefined
  const isOpen = report.state === 'draft' || report.state === 'rejected'
  const isSent = sent !== undefined && !(leads && (isOpen || wantsNow))
  const unsent = leads ? now : { ...now, selfAssessment: '', difficulties: '' }
  return {
    unit,
    report,
    campaign,
    date: (await tx.reviews.list(campaign.id)).find((r) => r.kind === kind)?.date,
    isWorkingDay: await calendarOf(tx, campaign.workspaceId),
    content: isSent ? sent.content : unsent,
    isSent,
    sent,
    changed: sent !== undefined && differs(sent.content, now),
    gaps: gapsOf(now),
    leads,
    decides: mayDecideReports(actor),
  }
}
