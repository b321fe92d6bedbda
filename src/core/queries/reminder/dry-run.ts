import { calendarOf } from '../../calendar/holiday-calendar.js'
import type { Calendar } from '../../calendar/working-day.js'
import type { Campaign } from '../../campaign/campaign.js'
import { settingsOf } from '../../campaign/read-settings.js'
import type { Review } from '../../campaign/review.js'
import { imminentReviews, overdueReviewsOn } from '../../campaign/review.js'
import { type CampaignName, namesIn, running, runningCampaigns } from '../../campaign/running.js'
import { addDays, instantAt, localDate, localTime } from '../../date.js'
import { thanksAt, thanksDue } from '../../digest/plan-thanks.js'
import { digestDue, mondayOf } from '../../digest/weekly.js'
import { UserError } from '../../errors.js'
import { authorize } from '../../people/access.js'
import { reports } from '../../people/unit.js'
import { forEachTurn } from '../../reminder/day.js'
import { hoursOf, type Planning, withOwing } from '../../reminder/inputs.js'
import { firstSendingDay, type Rung, type Sending, sendingsToCome } from '../../reminder/ladder.js'
import type { NoRecipient } from '../../reminder/recipients.js'
import { readStaff } from '../../reminder/staff.js'
import { type Turns, turnsOf } from '../../reminder/turns.js'
import type { UseCase } from '../../use-case.js'

/** A rung of one campaign; `named` where several campaigns run. */
export interface PlanRung extends Rung {
  named: CampaignName | undefined
}

/** A review of one campaign; `named` where several campaigns run. */
export interface PlanReview extends Review {
  named: CampaignName | undefined
}

/** The units of which a person is reminded for one rung of the ladder. */
export interface DryRunPart {
  rung: PlanRung
  units: string[]
}

/** One person and what they would be reminded of. */
export interface DryRunPerson {
  personId: string
  /** HH:mm at which the message is sent; what falls due later the same day is added to it. */
  at: string
  parts: DryRunPart[]
}

/** What would be sent on a day by the current data. Units and people are named by their ids. */
export interface DryRun {
  /** yyyy-mm-dd. */
  date: string
  /** HH:mm up to which sendings are listed; undefined for the whole day. */
  by: string | undefined
  isWorkingDay: boolean
  rungs: PlanRung[]
  people: DryRunPerson[]
  /** People who opted out of early rungs, with what they would have been reminded of. */
  refused: DryRunPerson[]
  /** Number of people who were already reminded on that day. */
  served: number
  /** Absent heads and deputies of units that owe something, and until when (yyyy-mm-dd) they are away. */
  away: { personId: string; until: string }[]
  /** Units with nobody to remind; the Organisation–Administration Office is told instead. */
  withoutRecipient: { unitId: string; why: NoRecipient }[]
  /** Units that owe nothing for what is due. */
  complete: string[]
  /** Number of people who snoozed their reminder until that day. */
  snoozed: number
  /** Number of recipients of the weekly digest, if anything changed; undefined if none is due. */
  digest: number | undefined
  /** HH:mm from which thanks are sent; undefined if none are due. */
  thanks: string | undefined
  /** Reviews whose late units, if any, are reported to the Office. */
  late: PlanReview[]
  /** Reviews of which the Command Board is told on the working day before. */
  eve: PlanReview[]
  peopleNames: ReadonlyMap<string, string>
  unitNames: ReadonlyMap<string, string>
}

/** How many days ahead a day may lie. */
const AHEAD = 366

/**
 * What would be sent on a day (yyyy-mm-dd; undefined: the next day on which anything is due) until `by` (HH:mm), and why
 * other people get nothing. Writes and sends nothing. It calls the functions that plan the real sendings.
 * Throws `access.denied`, `rehearsal.past`, `rehearsal.too_far`.
 */
export async function dryRun(use: UseCase, day: string | undefined, by: string | undefined): Promise<DryRun> {
  const { tx, actor, now, timeZone } = use
  authorize(actor, 'settings.change')
  const { workspaceId } = actor
  const today = localDate(now, timeZone)
  if (day !== undefined && day < today) throw new UserError('rehearsal.past', { today })
  if (day !== undefined && day > addDays(today, AHEAD)) throw new UserError('rehearsal.too_far', {})
  const isWorkingDay = await calendarOf(tx, workspaceId)
  const plan = { tx, now, timeZone, isWorkingDay }
  const schedules: CampaignSchedule[] = []
  for (const campaign of await tx.campaigns.all(workspaceId)) schedules.push(await scheduleOf(plan, campaign))
  const date =
    day ??
    nextDay(plan, schedules) ??
    firstSendingDay(now, hoursOf(schedules.map((c) => c.campaign)), timeZone, isWorkingDay)
  const open = await running(tx, workspaceId, date, isWorkingDay)
  const on = schedules.filter((c) => open.some((o) => o.id === c.campaign.id))
  const due = await withOwing(
    tx,
    on.flatMap(({ campaign, sendings }) =>
      sendings.filter((s) => s.day === date).map(({ rung, turns }) => ({ campaign, rung, turns })),
    ),
  )
  const nameOf = await namesIn(tx, workspaceId, date)
  const rungs = new Map(due.map((d) => [d, { ...d.rung, named: nameOf(d.campaign.id) }]))
  const ofPlan = (c: CampaignSchedule, reviews: readonly Review[]): PlanReview[] =>
    reviews.map((r) => ({ ...r, named: nameOf(c.campaign.id) }))
  const ladder = hoursOf(open)
  const staff = await readStaff(tx, workspaceId, date, ladder)
  const until = by ?? '24:00'
  const [people, refused] = [new Map<string, DryRunPerson>(), new Map<string, DryRunPerson>()]
  const [served, away, owing] = [new Set<string>(), new Map<string, string>(), new Set<string>()]
  const withoutRecipient = forEachTurn(due, staff, ({ due: one, unitId, personId, hour, what }) => {
    const at = hour > one.campaign.ladder.at ? hour : one.campaign.ladder.at
    if (what === 'served') served.add(personId)
    else if (at <= until) note(what === 'due' ? people : refused, personId, at, rungs.get(one) as PlanRung, unitId)
  })
  for (const one of due)
    for (const unitId of one.owing) {
      owing.add(unitId)
      const leaders = staff.leaders.get(unitId)
      for (const id of [...(leaders?.heads ?? []), ...(leaders?.deputies ?? [])]) {
        const back = staff.absent.get(id)
        if (back) away.set(id, back)
      }
    }
  const units = await tx.units.list(workspaceId)
  const snoozed = [...(await tx.reminders.snoozed(workspaceId)).values()]
  const settings = await settingsOf(tx, workspaceId)
  const hasDigest = settings.weeklyDigest && on.some((c) => digestDays(plan, c, date).includes(date))
  const thanked = settings.monthlyThanks && on.find((c) => thanksDays(plan, c, date).includes(date))
  return {
    date,
    by,
    isWorkingDay: isWorkingDay(date),
    rungs: [...rungs.values()],
    people: [...people.values()],
    refused: [...refused.values()].filter((r) => !people.has(r.personId)),
    served: [...served].filter((id) => !people.has(id)).length,
    away: [...away].map(([personId, back]) => ({ personId, until: back })),
    withoutRecipient: [...withoutRecipient].map(([unitId, why]) => ({ unitId, why })),
    complete: due.length > 0 ? units.filter((u) => reports(u.kind) && !owing.has(u.id)).map((u) => u.id) : [],
    snoozed: snoozed.filter((s) => localDate(s.until, timeZone) === date).length,
    digest: hasDigest ? (await tx.people.withRole(workspaceId, 'command_board')).length : undefined,
    thanks: thanked ? thanksAt(thanked.campaign.ladder) : undefined,
    late: on.flatMap((c) => (isWorkingDay(date) ? ofPlan(c, overdueReviewsOn(c.reviews, date, isWorkingDay)) : [])),
    eve: on.flatMap((c) => ofPlan(c, evesOn(c, date, isWorkingDay))),
    peopleNames: await tx.people.names(workspaceId, [...people.keys(), ...refused.keys(), ...away.keys()]),
    unitNames: new Map(units.map((u) => [u.id, u.name])),
  }
}

function note(into: Map<string, DryRunPerson>, personId: string, at: string, rung: PlanRung, unitId: string): void {
  let one = into.get(personId)
  if (!one) {
    one = { personId, at, parts: [] }
    into.set(personId, one)
  }
  if (at < one.at) one.at = at
  const part = one.parts.find((p) => p.rung === rung)
  if (part) part.units.push(unitId)
  else one.parts.push({ rung, units: [unitId] })
}

/** The reviews of which the Command Board is told on this day, if it was not told before. */
const evesOn = ({ reviews, planned }: CampaignSchedule, date: string, isWorkingDay: Calendar): Review[] =>
  isWorkingDay(date)
    ? imminentReviews(reviews, date, isWorkingDay).filter(
        (r) => r.date !== date && !planned.has(`eve:${r.kind}:${r.date}`),
      )
    : []

/** A campaign with what decides on which days it sends anything. */
interface CampaignSchedule {
  campaign: Campaign
  reviews: Review[]
  planned: ReadonlySet<string>
  sendings: (Sending & { turns: Turns })[]
  lastWeek: string | undefined
  lastMonth: string | undefined
}

async function scheduleOf(
  { tx, now, timeZone, isWorkingDay }: Planning,
  campaign: Campaign,
): Promise<CampaignSchedule> {
  const reviews = await tx.reviews.list(campaign.id)
  const planned = await tx.rungs.planned(campaign.id)
  const toCome = reviews.flatMap((r) => sendingsToCome(r, campaign.ladder, planned, now, timeZone, isWorkingDay))
  const sendings: CampaignSchedule['sendings'] = []
  for (const one of toCome) sendings.push({ ...one, turns: await turnsOf(tx, campaign, one.rung, planned) })
  const today = localDate(now, timeZone)
  const lastWeek = await tx.digests.lastWeek(campaign.id, mondayOf(today))
  const lastMonth = await tx.thanks.lastMonth(campaign.id, today.slice(0, 7))
  return { campaign, reviews, planned, sendings, lastWeek, lastMonth }
}

/** The first day within two months on which any campaign sends anything. */
function nextDay(plan: Planning, schedules: readonly CampaignSchedule[]): string | undefined {
  const to = addDays(localDate(plan.now, plan.timeZone), 62)
  return schedules
    .flatMap((c) => [...c.sendings.map((s) => s.day), ...digestDays(plan, c, to), ...thanksDays(plan, c, to)])
    .sort()[0]
}

type Due = (last: string | undefined, at: Date) => string | undefined

const digestDays = (plan: Planning, c: CampaignSchedule, to: string): string[] =>
  daysDue(plan, c, to, c.lastWeek, (last, at) =>
    digestDue(last, at, c.campaign.ladder, plan.timeZone, plan.isWorkingDay),
  )
const thanksDays = (plan: Planning, c: CampaignSchedule, to: string): string[] =>
  c.reviews.length === 0
    ? []
    : daysDue(plan, c, to, c.lastMonth, (last, at) =>
        thanksDue(last, at, c.campaign.ladder, plan.timeZone, plan.isWorkingDay),
      )

/** The days up to `to` on which something is due; each counts as planned on the days after it. */
function daysDue(
  { now, timeZone, isWorkingDay }: Planning,
  c: CampaignSchedule,
  to: string,
  last: string | undefined,
  due: Due,
) {
  const { ladder } = c.campaign
  const late = lastMinute(ladder.until)
  const days: string[] = []
  let known = last
  const from = firstSendingDay(now, ladder, timeZone, isWorkingDay)
  for (let day = from; day <= to; day = addDays(day, 1)) {
    if (runningCampaigns([c.campaign], new Map([[c.campaign.id, c.reviews]]), day, isWorkingDay).length === 0) break
    const found = due(known, instantAt(day, late, timeZone))
    if (found === undefined) continue
    days.push(day)
    known = found
  }
  return days
}

/** HH:mm, one minute before. */
const lastMinute = (time: string): string =>
  localTime(new Date(Date.parse(`2000-01-02T${time}:00Z`) - 60_000), 'UTC').time
