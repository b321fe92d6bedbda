import { type Calendar, workingDaysLeft } from '../../calendar/working-day.js'
import { type Campaign, criteriaOf } from '../../campaign/campaign.js'
import { settingsOf } from '../../campaign/read-settings.js'
import type { ReviewKind } from '../../campaign/review.js'
import { type CampaignName, namesIn } from '../../campaign/running.js'
import { localDate } from '../../date.js'
import { unitsLedBy } from '../../people/access.js'
import type { Unit } from '../../people/unit.js'
import type { Tx } from '../../ports.js'
import type { ReminderItem } from '../../reminder/payload.js'
import { ownReminder } from '../../reminder/snooze.js'
import { reportState } from '../../report/decide.js'
import type { UseCase } from '../../use-case.js'
import { ownReturnedId } from '../progress/unit-status.js'

/** What one unit owes for one review, as it concerns the reader of a reminder. */
export interface ReminderPart {
  campaign: Campaign
  /** The campaign where several run, so that it must be named. */
  named: CampaignName | undefined
  kind: ReviewKind
  /** yyyy-mm-dd, as it is now. */
  reviewDate: string
  unit: Unit
  /** The review is closed: nothing is owed for it any more. */
  isClosed: boolean
  /** Codes of missing criteria, in the plan's order. */
  missing: readonly string[]
  /** Number of criteria of the plan. */
  of: number
  report: 'sent' | 'owed' | 'rejected'
  /** Number of submissions that wait for the reader to confirm; 0 for a reader who confirms nothing. */
  waiting: number
  /** The reader leads the unit. */
  leads: boolean
  /** The work was handed over to the reader, who hands in evidence but sends no report. */
  helps: boolean
  /** Others to whom it was handed over. */
  helpers: readonly { id: string; name: string }[]
}

/** Whether the work is the reader's. */
export const isTheirs = (p: ReminderPart): boolean => p.leads || p.helps

/** Whether the reader has something to do: hand in evidence; as a leader also confirm evidence, or send the report. */
export const isOwed = (p: ReminderPart): boolean =>
  !p.isClosed && isTheirs(p) && (p.missing.length > 0 || (p.leads && (p.report !== 'sent' || p.waiting > 0)))

/**
 * Reads what each unit named in a reminder owes now, in the reminder's order. Units that are gone are left out. `today`:
 * yyyy-mm-dd.
 */
export async function reminderParts(
  tx: Tx,
  { workspaceId, personId }: { workspaceId: string; personId: string },
  items: readonly ReminderItem[],
  today: string,
): Promise<ReminderPart[]> {
  const shown = items.map((i) => i.campaignId)
  const nameOf = await namesIn(tx, workspaceId, today, shown)
  const roles = await tx.people.rolesOf(workspaceId, personId)
  const led = new Set(unitsLedBy({ roles }).map((u) => u.id))
  const { headConfirms } = await settingsOf(tx, workspaceId)
  const parts: ReminderPart[] = []
  for (const { campaignId, kind, reviewDate, units } of items) {
    const campaign = await tx.campaigns.byId(workspaceId, campaignId)
    if (!campaign) continue
    const all = criteriaOf(campaign)
    const review = (await tx.reviews.list(campaignId)).find((r) => r.kind === kind)
    const date = review?.date ?? reviewDate
    const isClosed = review?.closed !== undefined
    for (const unitId of units) {
      const unit = await tx.units.byId(workspaceId, unitId)
      const standing = unit && (await tx.progress.standing(campaign.id, kind, unitId))
      if (!standing) continue
      const missing = all.filter((c) => standing.missing.includes(c.code)).map((c) => c.code)
      const given = await tx.handovers.ofUnit(campaign.id, kind, unitId)
      const others = given.map((h) => h.personId).filter((id) => id !== personId)
      const names = others.length > 0 ? await tx.people.names(workspaceId, others) : new Map<string, string>()
      const state = missing.length === 0 ? await reportState(tx, campaign, unitId, kind) : 'draft'
      parts.push({
        campaign,
        named: nameOf(campaignId),
        kind,
        reviewDate: date,
        unit,
        isClosed,
        missing,
        of: all.length,
        report: state === 'sent' || state === 'approved' ? 'sent' : state === 'rejected' ? 'rejected' : 'owed',
        waiting: headConfirms && led.has(unitId) ? await waitingOf(tx, campaign.id, unitId) : 0,
        leads: led.has(unitId),
        helps: others.length < given.length,
        helpers: others.map((id) => ({ id, name: names.get(id) ?? '' })),
      })
    }
  }
  return parts
}

/** Number of a unit's submissions that wait for its head. */
async function waitingOf(tx: Tx, campaignId: string, unitId: string): Promise<number> {
  const tallies = await tx.progress.talliesOf(campaignId, unitId)
  return [...tallies.values()].reduce((n, tally) => n + tally.submitted, 0)
}

/** What the acting person still owes of one of their reminders, named by `suffixOf` its key. Throws `request.stale`. */
export async function ownPartsOwed(use: UseCase, suffix: string): Promise<ReminderPart[]> {
  const { workspaceId, person } = use.actor
  const { items } = await ownReminder(use, suffix)
  return (
    await reminderParts(use.tx, { workspaceId, personId: person.id }, items, localDate(use.now, use.timeZone))
  ).filter(isOwed)
}

/** A missing criterion of a unit. */
export interface MissingCell {
  code: string
  /** Something was handed in and returned. */
  isReturned: boolean
  /** The reader's own returned submission, to be corrected rather than handed in again. */
  ownReturnedId: string | undefined
}

/** Reads what a person can do about each missing criterion of a part, in the plan's order. */
export async function missingCells(
  tx: Tx,
  { campaign, unit, missing }: ReminderPart,
  personId: string,
): Promise<MissingCell[]> {
  const tallies = await tx.progress.talliesOf(campaign.id, unit.id)
  const cells: MissingCell[] = []
  for (const code of missing) {
    const isReturned = (tallies.get(code)?.returned ?? 0) > 0
    const ownId = isReturned ? await ownReturnedId(tx, campaign, unit.id, code, personId) : undefined
    cells.push({ code, isReturned, ownReturnedId: ownId })
  }
  return cells
}

/** What is owed for one review of one campaign. */
export interface OwedReview {
  campaign: Campaign
  named: CampaignName | undefined
  kind: ReviewKind
  /** yyyy-mm-dd. */
  reviewDate: string
  /** Working days left until it, as `workingDaysLeft` counts them. */
  days: number
  parts: readonly ReminderPart[]
  /** Number of missing criteria. */
  missing: number
  /** Number of units that owe only their report. */
  reports: number
  /** Number of submissions that wait for the reader to confirm. */
  waiting: number
}

/** Groups parts by review, in their order. Working days are counted from `on` (yyyy-mm-dd). */
export function owedReviews(owed: readonly ReminderPart[], on: string, isWorkingDay: Calendar): OwedReview[] {
  const groups = new Map<string, [ReminderPart, ...ReminderPart[]]>()
  for (const part of owed) {
    const key = `${part.campaign.id} ${part.kind} ${part.reviewDate}`
    const group = groups.get(key)
    if (group) group.push(part)
    else groups.set(key, [part])
  }
  return [...groups.values()].map((parts) => {
    const { campaign, named, kind, reviewDate } = parts[0]
    return {
      campaign,
      named,
      kind,
      reviewDate,
      days: workingDaysLeft(on, reviewDate, isWorkingDay),
      parts,
      missing: parts.reduce((sum, p) => sum + p.missing.length, 0),
      reports: parts.filter((p) => p.missing.length === 0 && p.leads && p.report !== 'sent').length,
      waiting: parts.reduce((sum, p) => sum + p.waiting, 0),
    }
  })
}
