import { isSendingTime } from '../calendar/sending-hours.js'
import type { Calendar } from '../calendar/working-day.js'
import type { PlanningDay } from '../campaign/planning-day.js'
import type { RunningCampaign } from '../campaign/running.js'
import { localTime } from '../date.js'
import { tellOrgOffice } from '../outbox/notify-office.js'
import type { NewMessage } from '../outbox/outbox.js'
import { aboutReminders } from '../outbox/topics.js'
import type { Tx } from '../ports.js'
import { type DueRung, remindersAt } from './day.js'
import { hoursOf, withOwing } from './inputs.js'
import { type Rung, rungKey, rungOn, slotKey } from './ladder.js'
import { mergeItems, type ReminderItem, type ReminderPayload, reminderPayload } from './payload.js'
import { hoursKept } from './preference.js'
import type { ReminderLine } from './rows.js'
import { wishesOf } from './set-preference.js'
import { isAgain } from './snooze.js'
import { readStaff } from './staff.js'

/** A reminder that was put into the outbox. */
export interface PlannedReminder {
  key: string
  person: { id: string; fullName: string }
  items: readonly ReminderItem[]
}

/**
 * Puts into the outbox whatever reminders are due: one for each head of units that owe something, whatever it is about.
 * Units of which nobody can be reminded are told to the Organisation–Administration Office. Safe to run at any time, as
 * often as one likes: what was planned once is not planned again.
 */
export async function planReminders(day: PlanningDay): Promise<PlannedReminder[]> {
  const { tx, workspaceId, now, timeZone, date, time, isWorkingDay } = day
  const open = day.running.filter(({ campaign }) => isSendingTime(now, campaign.ladder, timeZone, isWorkingDay))
  const rungs = await rungsDue(tx, open, date, isWorkingDay)
  if (rungs.length === 0) return []
  const ladder = hoursOf(open.map(({ campaign }) => campaign))
  const wishes = await wishesOf(tx, workspaceId)
  const kept = new Map(rungs.map(({ rung }) => [rung, hoursKept(wishes, rung.on, date, ladder)]))
  // Between two hours that somebody keeps, nothing more is read.
  const unserved = rungs.filter(({ rung, planned }) =>
    [...(kept.get(rung) ?? [])].some(([hour, { first }]) => first <= time && !planned.has(slotKey(rung, hour))),
  )
  if (unserved.length === 0) return []
  const due = await withOwing(tx, unserved)
  const staff = await readStaff(tx, workspaceId, date, ladder)
  const { people, unheard } = remindersAt(due, staff, time)
  const use = { tx, now, actor: { workspaceId } }
  for (const [unitId, why] of unheard) {
    const about = why.why === 'none' ? unitId : `${unitId}:absent:${why.until}`
    await tellOrgOffice(use, 'headless', about, { unitId, ...why })
  }
  await foldWaiting(day, people)
  const planned = await send(day, people, staff.names)
  for (const { campaign, rung, covers } of due)
    for (const key of marksOf(rung, covers, kept.get(rung) ?? new Map(), time))
      await tx.rungs.markPlanned(workspaceId, campaign.id, key, now)
  return planned
}

type Latest = Omit<DueRung, 'owing'> & { covers: readonly Rung[] }

/** The rung of each review that is to be sent on a day and was not planned for everyone. */
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

/** What is planned by `time`: the rungs before the latest for good, the latest for every hour that has come. */
function marksOf(rung: Rung, covers: readonly Rung[], kept: ReturnType<typeof hoursKept>, time: string): string[] {
  const come = [...kept].filter(([, { last }]) => last <= time).map(([hour]) => hour)
  const all = come.length === kept.size
  return [
    ...covers.filter((r) => all || r.offset !== rung.offset).map(rungKey),
    ...(all ? [] : come.map((hour) => slotKey(rung, hour))),
  ]
}

/**
 * What still waits of earlier days, or was put off to this one, comes with today's reminder, where a person gets one. What
 * may have arrived already stays as it is.
 */
async function foldWaiting(
  { tx, workspaceId, now, timeZone, date }: PlanningDay,
  people: Map<string, ReminderItem[]>,
): Promise<void> {
  for (const { key, personId, payload, dueAt } of await tx.reminders.unsent(workspaceId)) {
    const items = people.get(personId)
    const waiting = reminderPayload.parse(payload)
    // What a head gives to a colleague is told for itself; the day's own is added to, and has this very key.
    if (
      !items ||
      waiting.givenBy ||
      key === `${aboutReminders(personId)}${date}` ||
      localTime(dueAt, timeZone).date > date
    )
      continue
    // Today's stands in the chat already: what is added to it rings no bell, and what was put off shall.
    if (isAgain(key) && (await tx.outbox.byKey(`${aboutReminders(personId)}${date}`))?.ts) continue
    if (!(await tx.outbox.drop(key, 'comes with the reminder of the day', now))) continue
    people.set(personId, mergeItems(items, waiting.items))
    if ((await tx.reminders.snoozeOf(personId))?.key === key) await tx.reminders.forgetSnooze(personId)
  }
}

/** One message a person a day: what falls due later the same day is added to the one that they have. */
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
  // Spelt out: of ten thousand heads, copying what is left of an object costs more than storing it.
  const lines: ReminderLine[] = []
  for (const { key, personId } of messages)
    for (const { campaignId, kind, reviewDate, units } of people.get(personId) ?? [])
      for (const unitId of units) lines.push({ campaignId, kind, reviewDate, unitId, personId, key })
  await tx.reminders.log(workspaceId, lines, now)
  return planned
}

/** Adds to a message of today what fell due after it; nothing where it says so already. */
async function extend(tx: Tx, key: string, items: readonly ReminderItem[], now: Date): Promise<void> {
  const message = await tx.outbox.byKey(key)
  if (!message) return
  const before = reminderPayload.parse(message.payload)
  const after = mergeItems(before.items, items)
  const size = (all: readonly ReminderItem[]) => all.reduce((n, one) => n + 1 + one.units.length, 0)
  if (size(after) > size(before.items)) await tx.outbox.amend(key, { ...before, items: after }, now)
}
