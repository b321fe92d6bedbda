import { calendarOf } from '../calendar/holiday-calendar.js'
import type { Campaign } from '../campaign/campaign.js'
import { currentReview, earlyBy, type ReviewKind } from '../campaign/review.js'
import type { NoticeKind } from '../outbox/outbox.js'
import { aboutEvidence, aboutUnitReports } from '../outbox/topics.js'
import { leadersOf } from '../people/leaders.js'
import type { Tx } from '../ports.js'
import type { UseCase } from '../use-case.js'
import type { UnitReport } from './report.js'

/** Messages are updated for this long after they were made. */
const STAYS_TRUE_MS = 30 * 86_400_000

/** Whether a unit has everything that one review asks for and nothing waits. */
export async function isComplete(tx: Tx, campaign: Campaign, unitId: string, kind: ReviewKind): Promise<boolean> {
  const standing = await tx.progress.standing(campaign.id, kind, unitId)
  if (!standing || standing.missing.length > 0 || standing.waiting > 0) return false
  const tallies = await tx.progress.talliesOf(campaign.id, unitId)
  return [...tallies.values()].every((t) => t.submitted === 0)
}

/**
 * Call when a unit's evidence changed: updates the messages about its reports. Where the unit may have become complete,
 * offers to send its report for the leading review unless that is still early (whose day is counted in UTC: at worst it ends a few hours late).
 */
export async function followEvidence(
  tx: Tx,
  campaign: Campaign,
  unit: { workspaceId: string; unitId: string },
  mayBeComplete: boolean,
  now: Date,
): Promise<void> {
  await tx.outbox.touch(aboutEvidence(unit.unitId), now, new Date(now.getTime() - STAYS_TRUE_MS))
  if (!mayBeComplete) return
  const isWorkingDay = await calendarOf(tx, unit.workspaceId)
  const today = now.toISOString().slice(0, 10)
  const review = currentReview(await tx.reviews.list(campaign.id), today, isWorkingDay)
  if (review && !review.closed && earlyBy(review, today, isWorkingDay) === undefined)
    await offerReport(tx, campaign, unit, review.kind, now)
}

/** Offers every complete unit to send its report for one review; call when the review's date is set. */
export async function offerReports(tx: Tx, campaign: Campaign, kind: ReviewKind, now: Date): Promise<void> {
  const { workspaceId } = campaign
  for (const { unitId, missing } of await tx.progress.standings(campaign.id, kind))
    if (missing.length === 0) await offerReport(tx, campaign, { workspaceId, unitId }, kind, now)
}

/**
 * Adds one message per review to each leader of a complete unit whose report is not sent. Revives one that was dropped
 * because the unit was incomplete when it was due.
 */
async function offerReport(
  tx: Tx,
  campaign: Campaign,
  { workspaceId, unitId }: { workspaceId: string; unitId: string },
  kind: ReviewKind,
  now: Date,
): Promise<void> {
  if (!(await isComplete(tx, campaign, unitId, kind))) return
  const report = await tx.unitReports.of(campaign.id, kind, unitId)
  if (report && report.state !== 'draft') return
  for (const { id } of await leadersOf(tx, workspaceId, unitId)) {
    const key = `${aboutEvidence(unitId)}${campaign.id}:${kind}:offer:${id}`
    const payload = { campaignId: campaign.id, unitId, kind }
    const message = { workspaceId, key, kind: 'unitReport.offer' as const, personId: id, payload, dueAt: now }
    if (!(await tx.outbox.add(message, now))) await tx.outbox.revive(key, now)
  }
}

/** Asks every member of the Command Board to decide on a sent report. */
export async function notifyBoard(use: UseCase, report: UnitReport): Promise<void> {
  for (const { id } of await use.tx.people.withRole(report.workspaceId, 'command_board')) {
    const key = `${aboutEvidence(report.unitId)}${report.campaignId}:${report.kind}:request:${report.round}:${id}`
    await tell(use, report, 'unitReport.request', key, id, {})
  }
}

/** Tells the unit's leaders and the sender what the Board decided. */
export async function notifyOutcome(use: UseCase, report: UnitReport, sentById: string): Promise<void> {
  const { tx, actor } = use
  const { state, round, last } = report
  const leaders = await leadersOf(tx, report.workspaceId, report.unitId)
  const about = `${aboutUnitReports(report.unitId)}outcome:${report.campaignId}:${report.kind}:${round}:${state}:`
  for (const id of new Set([...leaders.map((p) => p.id), sentById])) {
    if (id === actor.person.id) continue
    const said = { state, by: actor.person.fullName, reason: last?.reason ?? null }
    await tell(use, report, 'unitReport.outcome', `${about}${id}`, id, said)
  }
}

async function tell(
  use: UseCase,
  report: UnitReport,
  kind: NoticeKind,
  key: string,
  personId: string,
  about: Record<string, unknown>,
): Promise<void> {
  const { workspaceId, campaignId, unitId, round } = report
  const payload = { campaignId, unitId, kind: report.kind, round, ...about }
  await use.tx.outbox.add({ workspaceId, key, kind, personId, payload, dueAt: use.now }, use.now)
}
