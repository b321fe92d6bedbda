import { type Calendar, mondayToFriday } from '../calendar/working-day.js'
import { criteriaOf, type Ladder } from '../campaign/campaign.js'
import type { PlanningDay } from '../campaign/planning-day.js'
import { settingsOf } from '../campaign/read-settings.js'
import { currentReview } from '../campaign/review.js'
import type { RunningCampaign } from '../campaign/running.js'
import { addDays, localTime } from '../date.js'
import { thanksKey } from '../outbox/topics.js'
import { leadersByUnit } from '../people/leaders.js'
import type { Tx } from '../ports.js'
import { recipientsOf } from '../reminder/recipients.js'
import type { UnitReportLine } from '../report/rows.js'
import { named } from './plan-weekly.js'
import type { ThanksPayload } from './thanks.js'

/** In the afternoon, apart from the reminders of the morning. */
const HOUR = 16

/** Limit of a query that is to return every unit. */
const ALL = 1_000_000

/** HH:mm from which thanks may be sent: 16:00, or the last sending hour. */
export function thanksAt(ladder: Ladder): string {
  const hour = Math.min(HOUR, Number(ladder.until.slice(0, 2)) - 1)
  const at = `${String(hour).padStart(2, '0')}:00`
  return at > ladder.at ? at : ladder.at
}

/**
 * The month (yyyy-mm) whose thanks are due at `now`; undefined if none are. They are due in the afternoon of its last working
 * day; if missed, on the first working day after it, and not later. A planned month and earlier ones are never due again.
 */
export function thanksDue(
  lastMonth: string | undefined,
  now: Date,
  ladder: Ladder,
  timeZone: string,
  isWorkingDay: Calendar = mondayToFriday,
): string | undefined {
  const { date: today, time } = localTime(now, timeZone)
  if (!isWorkingDay(today) || time < thanksAt(ladder) || time >= ladder.until) return undefined
  const month = today.slice(0, 7)
  const before = addDays(`${month}-01`, -1).slice(0, 7)
  const isIdle = (from: string, step: 1 | -1) => {
    for (let day = addDays(from, step); day.startsWith(month); day = addDays(day, step))
      if (isWorkingDay(day)) return false
    return true
  }
  const isNew = (of: string) => lastMonth === undefined || lastMonth < of
  if (isIdle(today, 1) && isNew(month)) return month
  return isIdle(today, -1) && isNew(before) ? before : undefined
}

/**
 * Queues the month-end thanks of a running campaign, for each person all of whose units have every criterion. A person gets
 * one message a month, from the first campaign that is planned. Idempotent. Returns the number of messages.
 */
export async function planThanks(day: PlanningDay, one: RunningCampaign): Promise<number> {
  const { tx, now, timeZone, date: today, isWorkingDay } = day
  const { campaign, reviews } = one
  const { id: campaignId, workspaceId, ladder } = campaign
  // Most ticks end here, without reading the store.
  if (thanksDue(undefined, now, ladder, timeZone, isWorkingDay) === undefined) return 0
  const month = thanksDue(await tx.thanks.lastMonth(campaignId, today.slice(0, 7)), now, ladder, timeZone, isWorkingDay)
  if (month === undefined || !(await tx.thanks.put(workspaceId, campaignId, month, now))) return 0
  const review = currentReview(reviews, today, isWorkingDay)
  if (!review) return 0
  if (!(await settingsOf(tx, workspaceId)).monthlyThanks) return 0

  const lines = await tx.unitReports.page(campaignId, review.kind, ALL, 0)
  const criteria = criteriaOf(campaign).length
  const several = named(day, campaign)
  let added = 0
  for (const [personId, units] of await completeByLeader(tx, workspaceId, lines)) {
    const payload: ThanksPayload = {
      campaignId,
      plan: several?.number ?? null,
      kind: review.kind,
      criteria,
      units,
    }
    const key = thanksKey(month, personId)
    if (await tx.outbox.add({ workspaceId, key, kind: 'thanks', personId, payload, dueAt: now }, now)) added += 1
  }
  return added
}

/** The units of each leader whose units are all complete: nobody is thanked and reminded at the same time. */
async function completeByLeader(tx: Tx, workspaceId: string, lines: readonly UnitReportLine[]) {
  const { leaders } = await leadersByUnit(tx, workspaceId)
  const led = new Map<string, UnitReportLine[]>()
  for (const line of lines) {
    // People who are away are thanked too: the message requires nothing of them.
    const people = recipientsOf(leaders.get(line.unit.id), new Map())
    if (Array.isArray(people)) for (const id of people) led.set(id, [...(led.get(id) ?? []), line])
  }
  return [...led]
    .filter(([, units]) => units.every((line) => line.missing === 0))
    .map(([personId, units]) => {
      const named = units.map(({ unit, state }) => {
        const isReportSent = state === 'sent' || state === 'approved'
        return { id: unit.id, name: unit.name, isReportSent }
      })
      return [personId, named] as const
    })
}
