import { isSendingTime } from '../calendar/sending-hours.js'
import type { Calendar } from '../calendar/working-day.js'
import type { PlanningDay } from '../campaign/planning-day.js'
import type { RunningCampaign } from '../campaign/running.js'
import { localTime } from '../date.js'
import { notifyOrgOffice } from '../outbox/notify-office.js'
import type { NewMessage } from '../outbox/outbox.js'
import { aboutReminders } from '../outbox/topics.js'
import type { Tx } from '../ports.js'
import { type DueRung, remindersAt } from './day.js'
import { hoursOf, withOwing } from './inputs.js'
import { type Rung, rungKey, rungOn, slotKey } from './ladder.js'
import { mergeItems, type ReminderItem, type ReminderPayload, reminderPayload } from './payload.js'
import { hoursInUse } from './preference.js'
import type { ReminderLine } from './rows.js'
import { preferencesOf } from './set-preference.js'
import { isSnoozed } from './snooze.js'
import { readStaff } from './staff.js'

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
  const preferences = await preferencesOf(tx, workspaceId)
  const hoursByRung = new Map(rungs.map(({ rung }) => [rung, hoursInUse(preferences, rung.on, date, ladder)]))
  // Between two reminder hours nothing more needs to be read.
  const unserved = rungs.filter(({ rung, planned }) =>
    [...(hoursByRung.get(rung) ?? [])].some(([hour, { first }]) => first <= time && !planned.has(slotKey(rung, hour))),
  )
  if (unserved.length === 0) return []
  const due = await withOwing(tx, unserved)
  const staff = await readStaff(tx, workspaceId, date, ladder)
  const { people, withoutRecipient } = remindersAt(due, staff, time)
  const use = { tx, now, actor: { workspaceId } }
  for (const [unitId, why] of withoutRecipient) {
    const about = why.why === 'none' ? unitId : `${unitId}:absent:${why.until}`
    await notifyOrgOffice(use, 'headless', about, { unitId, ...why })
  }
  await foldWaiting(day, people)
  const planned = await send(day, people, staff.names)
  for (const { campaign, rung, covers } of due)
    for (const key of marksOf(rung, covers, hoursByRung.get(rung) ?? new Map(), time))
      await tx.rungs.markPlanned(workspaceId, campaign.id, key, now)
  return planned
}

type Latest = Omit<DueRung, 'owing'> & { covers: readonly Rung[] }

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
      if (found) due.push({ campaign, ...found, planned })
    }
  }
  return due
}

/** The marks to store at `time`: the earlier rungs for good, the latest one for every hour that has come. */
function marksOf(rung: Rung, covers: readonly Rung[], hours: ReturnType<typeof hoursInUse>, time: string): string[] {
  const come = [...hours].filter(([, { last }]) => last <= time).map(([hour]) => hour)
  const all = come.length === hours.size
  return [
    ...covers.filter((r) => all || r.offset !== rung.offset).map(rungKey),
    ...(all ? [] : come.map((hour) => slotKey(rung, hour))),
  ]
}

/**
 * Merges waiting reminders of earlier days, and snoozed ones that are due today, into today's reminder of the same
 * person. Those that may have arrived already stay as they are.
 */
async function foldWaiting(
  { tx, workspaceId, now, timeZone, date }: PlanningDay,
  people: Map<string, ReminderItem[]>,
): Promise<void> {
  for (const { key, personId, payload, dueAt } of await tx.reminders.unsent(workspaceId)) {
    const items = people.get(personId)
    const waiting = reminderPayload.parse(payload)
    // A handover keeps a message of its own; today's message has this very key and is extended below.
    if (
      !items ||
      waiting.givenBy ||
      key === `${aboutReminders(personId)}${date}` ||
      localTime(dueAt, timeZone).date > date
    )
      continue
    // Today's message is in the chat already. An update of it would not notify the person, which a snoozed reminder
    // must.
    if (isSnoozed(key) && (await tx.outbox.byKey(`${aboutReminders(personId)}${date}`))?.ts) continue
    if (!(await tx.outbox.drop(key, 'comes with the reminder of the day', now))) continue
    people.set(personId, mergeItems(items, waiting.items))
    if ((await tx.reminders.snoozeOf(personId))?.key === key) await tx.reminders.forgetSnooze(personId)
  }
}

/** Adds one message per person and day; what falls due later the same day extends it. */
async function send(
  { tx, workspaceId, now, date }: PlanningDay,
  people: ReadonlyMap<string, readonly ReminderItem[]>,
  names: ReadonlyMap<string, string>,
): Promise<PlannedReminder[]> {
  const messages = [...people].map(
    ([personId, items]): NewMessage => ({
      workspaceId,
      key: `${aboutReminders(personId)}${date}`,
      kind: 'reminder',
      personId,
      payload: { on: date, items } satisfies ReminderPayload,
      dueAt: now,
    }),
  )
  const added = await tx.outbox.addMany(messages, now)
  const planned: PlannedReminder[] = []
  for (const { key, personId } of messages) {
    const items = people.get(personId) as readonly ReminderItem[]
    if (!added.has(key)) await extend(tx, key, items, now)
    else planned.push({ key, person: { id: personId, fullName: names.get(personId) ?? '' }, items })
  }
  // Explicit fields: for ten thousand heads, object spread costs more than storing the rows.
  const lines: ReminderLine[] = []
  for (const { key, personId } of messages)
    for (const { campaignId, kind, reviewDate, units } of people.get(personId) ?? [])
      for (const unitId of units) lines.push({ campaignId, kind, reviewDate, unitId, personId, key })
  await tx.reminders.log(workspaceId, lines, now)
  return planned
}

/** Extends today's message with what fell due after it; does nothing where it covers that already. */
async function extend(tx: Tx, key: string, items: readonly ReminderItem[], now: Date): Promise<void> {
  const message = await tx.outbox.byKey(key)
  if (!message) return
  const before = reminderPayload.parse(message.payload)
  const after = mergeItems(before.items, items)
  const size = (all: readonly ReminderItem[]) => all.reduce((n, one) => n + 1 + one.units.length, 0)
  if (size(after) > size(before.items)) await tx.outbox.amend(key, { ...before, items: after }, now)
}
