import { workingDaysLeft } from '../calendar/working-day.js'
import { type Campaign, criteriaOf } from '../campaign/campaign.js'
import type { PlanningDay } from '../campaign/planning-day.js'
import { settingsOf } from '../campaign/read-settings.js'
import { currentReview, type ReviewKind, reviewsToClose } from '../campaign/review.js'
import type { RunningCampaign } from '../campaign/running.js'
import { digestKey } from '../outbox/topics.js'
import type { Tx } from '../ports.js'
import type { Standing } from '../progress/progress.js'
import { digestDue, digestOf, mondayOf, type WeekSnapshot } from './weekly.js'

/**
 * Queues the weekly digest of a running campaign for each member of the Command Board, once it is due and if anything has
 * changed. Stores a snapshot of the week either way. Idempotent. Returns the number of messages.
 */
export async function planDigests(day: PlanningDay, one: RunningCampaign): Promise<number> {
  const { tx, now, timeZone, date: today, isWorkingDay } = day
  const { campaign, reviews } = one
  const { id: campaignId, workspaceId, ladder } = campaign
  // Most ticks end here, without reading the store.
  if (digestDue('', now, ladder, timeZone, isWorkingDay) === undefined) return 0
  const week = digestDue(await tx.digests.lastWeek(campaignId, mondayOf(today)), now, ladder, timeZone, isWorkingDay)
  if (week === undefined) return 0
  const review = currentReview(reviews, today, isWorkingDay)
  const kind = review?.kind ?? 'preliminary'
  const before = await tx.digests.last(campaignId, week)
  const standings: Record<ReviewKind, Standing[]> = {
    preliminary: await tx.progress.standings(campaignId, 'preliminary'),
    final: await tx.progress.standings(campaignId, 'final'),
  }
  const snapshot = await snapshotOf(tx, campaign, today, standings)
  if (!(await tx.digests.put(workspaceId, campaignId, week, snapshot, now))) return 0
  if (!(await settingsOf(tx, workspaceId)).weeklyDigest) return 0

  const names = new Map((await tx.units.list(workspaceId)).map((u) => [u.id, u.name]))
  const days = review && workingDaysLeft(today, review.date, isWorkingDay)
  const digest = digestOf(
    {
      campaignId,
      campaign: named(day, campaign),
      kind,
      review: review && days !== undefined ? { date: review.date, days } : null,
      toClose: reviewsToClose(reviews, today, ladder.workingDaysLate, isWorkingDay).map(({ kind, date }) => ({
        kind,
        date,
      })),
      week,
      now: snapshot,
      standings: standings[kind],
      names,
    },
    before,
  )
  if (!digest) return 0
  let added = 0
  for (const person of await tx.people.withRole(workspaceId, 'command_board')) {
    const key = digestKey(campaignId, week, person.id)
    const message = {
      workspaceId,
      key,
      kind: 'digest.weekly',
      personId: person.id,
      payload: digest,
      dueAt: now,
    } as const
    if (await tx.outbox.add(message, now)) added += 1
  }
  return added
}

async function snapshotOf(
  tx: Tx,
  campaign: Campaign,
  on: string,
  standings: Record<ReviewKind, Standing[]>,
): Promise<WeekSnapshot> {
  const tally = await tx.progress.tallyOfAll(campaign.id)
  const missing = (of: Standing[]) => Object.fromEntries(of.map((s) => [s.unitId, s.missing.join(' ')]))
  const sent = async (kind: ReviewKind) => {
    const counts = await tx.unitReports.counts(campaign.id, kind)
    return counts.sent + counts.approved
  }
  return {
    on,
    criteria: criteriaOf(campaign).map((c) => c.code),
    missing: { preliminary: missing(standings.preliminary), final: missing(standings.final) },
    evidence: {
      handedIn: await tx.digests.handedIn(campaign.id),
      confirmed: tally.confirmed + tally.accepted,
      accepted: tally.accepted,
    },
    reports: { preliminary: await sent('preliminary'), final: await sent('final') },
  }
}

/** A campaign's number and title where several run; null where it is the only one. */
export const named = (
  { running }: PlanningDay,
  { number, title }: Campaign,
): { number: string; title: string } | null => (running.length > 1 ? { number, title } : null)
