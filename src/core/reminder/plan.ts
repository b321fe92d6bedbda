import { isSendingTime } from '../calendar/sending-hours.js'
import type { Calendar } from '../calendar/working-day.js'
import type { PlanningDay } from '../campaign/planning-day.js'
import type { RunningCampaign } from '../campaign/running.js'
import { localTime } from '../date.js'
import type { NewMessage } from '../outbox/outbox.js'
import { reminderKey } from '../outbox/topics.js'
import type { Tx } from '../ports.js'
import { type DueRung, remindersAt, turnsAfter } from './day.js'
import { extendReminder, MERGED } from './extend.js'
import { hoursOf, withOwing } from './inputs.js'
import { evaluationKey, type Rung, rungKey, rungOn } from './ladder.js'
import { covers, mergeItems, type ReminderItem, type ReminderPayload, reminderPayload } from './payload.js'
import { hoursInUse } from './preference.js'
import { reportHeadless } from './recipients.js'
import type { ReminderLine, UnitPerson } from './rows.js'
import { preferencesOf } from './set-preference.js'
import { isSnoozed } from './snooze.js'
import { readStaff } from './staff.js'
import { turnsOf } from './turns.js'

/** A reminder that was added to the outbox. */
export interface PlannedReminder {
  key: string
  person: { id: string; fullName: string }
  items: readonly ReminderItem[]
}

/**
 * Adds the reminders that are due to the outbox: one message per person, whatever it covers. Units without anybody to
 * remind are reported to the Organisation–Administration Office. Idempotent: what is planned is never planned again, so
 * it may run at any time.
 */
export async function planReminders(day: PlanningDay): Promise<PlannedReminder[]> {
  const { tx, workspaceId, now, timeZone, date, time, isWorkingDay } = day
  const open = day.running.filter(({ campaign }) => isSendingTime(now, campaign.ladder, timeZone, isWorkingDay))
  const rungs = await rungsDue(tx, open, date, isWorkingDay)
  if (rungs.length === 0) return []
  const ladder = hoursOf(open.map(({ campaign }) => campaign))
  const hours = hoursInUse(await preferencesOf(tx, workspaceId), date, ladder)
  const hour = hours.findLast((h) => h <= time) ?? ladder.at
  // Between two reminder hours nothing more needs to be read.
  const unserved = rungs.filter(({ rung, planned }) => !planned.has(evaluationKey(rung, date, hour)))
  if (unserved.length === 0) return []
  const due = await withOwing(tx, unserved)
  const staff = await readStaff(tx, workspaceId, date, ladder)
  const { people, withoutRecipient } = remindersAt(due, staff, time)
  const use = { tx, now, actor: { workspaceId } }
  for (const [unitId, why] of withoutRecipient) await reportHeadless(use, unitId, why)
  const givers = await foldWaiting(day, people)
  const planned = await send(day, people, givers, staff.names)
  const isLastHour = hour === hours.at(-1)
  for (const one of due) await keepTurns(day, one, isLastHour ? [] : turnsAfter(one, staff, time), hour)
  return planned
}

type Latest = Omit<DueRung, 'owing'> & { covers: readonly Rung[]; planned: ReadonlySet<string> }

/** The rung of each review that is due on a day and not planned for everyone yet. */
async function rungsDue(
  tx: Tx,
  running: readonly RunningCampaign[],
  date: string,
  isWorkingDay: Calendar,
): Promise<Latest[]> {
  const due: Latest[] = []
  for (const { campaign, reviews } of running) {
    if (reviews.length === 0) continue
    const planned = await tx.rungs.planned(campaign.id)
    for (const review of reviews) {
      const found = rungOn(review, campaign.ladder, planned, date, isWorkingDay)
      if (found) due.push({ campaign, ...found, planned, turns: await turnsOf(tx, campaign, found.rung, planned) })
    }
  }
  return due
}

/** Stores the turns of a rung that are still to come. Without any it is planned for good, as every earlier rung is. */
async function keepTurns(
  { tx, workspaceId, now, date }: PlanningDay,
  { campaign, rung, covers, turns }: Latest,
  left: readonly UnitPerson[],
  hour: string,
): Promise<void> {
  const isNew = turns.open === undefined
  for (const one of covers) {
    if (one.offset === rung.offset && left.length > 0) continue
    await tx.rungs.markPlanned(workspaceId, campaign.id, rungKey(one), now)
    if (isNew) await tx.rungs.closeTurns(campaign.id, rungKey(one))
  }
  if (!isNew) await tx.rungs.closeTurns(campaign.id, rungKey(rung))
  if (left.length === 0) return
  await tx.rungs.addTurns(workspaceId, campaign.id, rungKey(rung), left)
  await tx.rungs.markPlanned(workspaceId, campaign.id, evaluationKey(rung, date, hour), now)
}

/**
 * Merges waiting reminders of earlier days, and snoozed ones that are due today, into today's reminder of the same
 * person. Those that may have arrived already stay as they are. Returns the names of those who handed over everything
 * that a person is reminded of, by the person's id.
 */
async function foldWaiting(
  { tx, workspaceId, now, timeZone, date }: PlanningDay,
  people: Map<string, ReminderItem[]>,
): Promise<Map<string, string>> {
  const givers = new Map<string, string>()
  for (const { key, personId, payload, dueAt } of await tx.reminders.unsent(workspaceId)) {
    const items = people.get(personId)
    const waiting = reminderPayload.parse(payload)
    const ownKey = reminderKey(personId, date)
    // Today's message has this very key and is extended below.
    if (!items || key === ownKey || localTime(dueAt, timeZone).date > date) continue
    // Today's message is in the chat already. An update of it would not notify the person, which a snoozed reminder and
    // a handover must.
    if ((isSnoozed(key) || waiting.givenBy) && (await tx.outbox.byKey(ownKey))?.ts) continue
    if (!(await tx.outbox.drop(key, MERGED, now))) continue
    if (waiting.givenBy && covers(waiting.items, items)) givers.set(personId, waiting.givenBy)
    // In the order of the day, with its dates.
    people.set(personId, mergeItems(mergeItems(items, waiting.items), items))
    if ((await tx.reminders.snoozeOf(personId))?.key === key) await tx.reminders.forgetSnooze(personId)
  }
  return givers
}

/** Adds one message per person and day; what falls due later the same day extends it. */
async function send(
  { tx, workspaceId, now, date }: PlanningDay,
  people: ReadonlyMap<string, readonly ReminderItem[]>,
  givers: ReadonlyMap<string, string>,
  names: ReadonlyMap<string, string>,
): Promise<PlannedReminder[]> {
  const messages = [...people].map(([personId, items]): NewMessage => {
    const givenBy = givers.get(personId)
    const payload: ReminderPayload = givenBy === undefined ? { on: date, items } : { on: date, items, givenBy }
    return { workspaceId, key: reminderKey(personId, date), kind: 'reminder', personId, payload, dueAt: now }
  })
  const added = await tx.outbox.addMany(messages, now)
  const planned: PlannedReminder[] = []
  for (const { key, personId } of messages) {
    const items = people.get(personId) as readonly ReminderItem[]
    if (!added.has(key)) await extendReminder(tx, key, items, now)
    else planned.push({ key, person: { id: personId, fullName: names.get(personId) ?? '' }, items })
  }
  // Explicit fields: for ten thousand heads, object spread costs more than storing the rows.
  const lines: ReminderLine[] = []
  for (const { key, personId } of messages)
    for (const { campaignId, kind, reviewDate, units, rung } of people.get(personId) ?? [])
      for (const unitId of units) lines.push({ campaignId, kind, reviewDate, unitId, personId, key, rung })
  await tx.reminders.log(workspaceId, lines, now)
  return planned
}
