import { audit } from '../audit/append.js'
import { calendarOf } from '../calendar/holiday-calendar.js'
import type { Campaign, Ladder } from '../campaign/campaign.js'
import { localTime } from '../date.js'
import { UserError } from '../errors.js'
import type { Message } from '../outbox/outbox.js'
import { aboutReminders } from '../outbox/topics.js'
import type { Tx } from '../ports.js'
import type { UseCase } from '../use-case.js'
import { linesOf } from './extend.js'
import { covers, mergeItems, type ReminderItem, type ReminderPayload, reminderPayload } from './payload.js'
import { hourOn } from './preference.js'
import { sentReminders, touchOpenReminders } from './sent.js'
import { type SnoozeHours, type SnoozeWhen, snoozeTime } from './snooze-time.js'

/** The part of a reminder's key that marks a snoozed one. */
const SNOOZED = ':again:'
export const isSnoozed = (key: string): boolean => key.includes(SNOOZED)

/** The part of a reminder's key that a button carries; the rest is the id of the person who presses it. */
export const suffixOf = (message: Pick<Message, 'key' | 'personId'>): string =>
  message.key.slice(aboutReminders(message.personId).length)

/** The hours within which a person can snooze a reminder about several campaigns: those that all of them allow. */
export async function snoozeHours(
  tx: Tx,
  { workspaceId, personId, timeZone }: { workspaceId: string; personId: string; timeZone: string },
  campaigns: readonly Pick<Campaign, 'ladder'>[],
): Promise<SnoozeHours> {
  const ladders = campaigns.map((c) => c.ladder)
  const at =
    ladders
      .map((l) => l.at)
      .sort()
      .at(-1) ?? '08:00'
  const until = ladders.map((l) => l.until).sort()[0] ?? '18:00'
  const hours: Pick<Ladder, 'at' | 'until'> = at < until ? { at, until } : (ladders[0] as Ladder)
  const preference = await tx.reminderPreferences.ofPerson(workspaceId, personId)
  const isWorkingDay = await calendarOf(tx, workspaceId)
  return { ...hours, timeZone, isWorkingDay, ownHour: (date) => hourOn(preference, date, hours) }
}

/**
 * Snoozes one of the acting person's reminders, named by the `suffixOf` its key: everything in it is sent once more in
 * one message, which replaces an earlier snooze. Returns when, and whether that is the requested time.
 *
 * Throws `request.stale` where the person has no such reminder.
 */
export async function snooze(
  use: UseCase,
  suffix: string,
  when: SnoozeWhen,
): Promise<{ at: Date; isRequested: boolean }> {
  const { tx, actor, now, timeZone } = use
  const { workspaceId, person } = actor
  const { items } = await ownReminder(use, suffix)
  const campaigns = (await Promise.all(items.map((i) => tx.campaigns.byId(workspaceId, i.campaignId)))).flatMap(
    (c) => c ?? [],
  )
  const hours = await snoozeHours(tx, { workspaceId, personId: person.id, timeZone }, campaigns)
  const found = snoozeTime(when, now, hours)
  const { date, time } = localTime(found.at, timeZone)
  const key = `${aboutReminders(person.id)}${date}${SNOOZED}${time.replace(':', '')}`
  const before = await waitingSnooze(tx, person.id)
  // A retry by the chat, or a second press within the minute.
  if (before?.key === key && covers(before.items, items)) return found
  // An earlier snooze that is being sent stays; one that is not is merged into this one.
  const joins = before && (before.key === key || (await tx.outbox.drop(before.key, 'put off again', now)))
  const payload: ReminderPayload = { on: date, items: joins ? mergeItems(before.items, items) : items }
  if (
    !(await tx.outbox.add({ workspaceId, key, kind: 'reminder', personId: person.id, payload, dueAt: found.at }, now))
  ) {
    await tx.outbox.amend(key, payload, now)
    await tx.outbox.defer(key, found.at)
  }
  await tx.reminders.snooze(workspaceId, person.id, { key, until: found.at })
  await audit(use, 'reminder.snoozed', `person:${person.id}`, { when })
  await touchOpenReminders(tx, person.id, now)
  return found
}

/** Cancels the acting person's snooze; does nothing where it was sent or cancelled before. */
export async function cancelSnooze(use: UseCase): Promise<void> {
  const { tx, actor, now } = use
  const { id } = actor.person
  const waiting = await waitingSnooze(tx, id)
  await tx.reminders.forgetSnooze(id)
  if (waiting && (await tx.outbox.drop(waiting.key, 'not wanted again', now)))
    await audit(use, 'reminder.snooze_taken_back', `person:${id}`)
  await touchOpenReminders(tx, id, now)
}

/** A person's snooze that was not sent yet. */
export async function waitingSnooze(
  tx: Tx,
  personId: string,
): Promise<{ key: string; until: Date; items: readonly ReminderItem[] } | undefined> {
  const snoozed = await tx.reminders.snoozeOf(personId)
  const message = snoozed && (await tx.outbox.byKey(snoozed.key))
  if (!message || message.ts !== null || (message.state !== 'waiting' && message.state !== 'sending')) return undefined
  return { ...snoozed, items: reminderPayload.parse(message.payload).items }
}

/** The content of one of the acting person's reminders. Throws `request.stale`. */
export async function ownReminder({ tx, actor }: UseCase, suffix: string): Promise<ReminderPayload> {
  const message = await tx.outbox.byKey(`${aboutReminders(actor.person.id)}${suffix}`)
  const isOwn = message?.workspaceId === actor.workspaceId && message.personId === actor.person.id
  if (!message || !isOwn || message.kind !== 'reminder') throw new UserError('request.stale', {})
  return reminderPayload.parse(message.payload)
}

/**
 * Call when a reminder was sent. A snoozed one is logged like any other, and older reminders that it repeats are
 * collapsed.
 */
export async function reminderArrived(tx: Tx, message: Message, now: Date): Promise<void> {
  if (message.kind !== 'reminder' || message.ts !== null) return
  const { workspaceId, personId, key, createdAt } = message
  const payload = reminderPayload.parse(message.payload)
  if (isSnoozed(key)) await tx.reminders.log(workspaceId, linesOf(personId, key, payload), now)
  if ((await tx.reminders.snoozeOf(personId))?.key === key) await tx.reminders.forgetSnooze(personId)
  const older = (await sentReminders(tx, personId, now)).filter((s) => s.createdAt < createdAt)
  const repeated = older.filter((s, i) => bringsRepeat(payload.items, s.items, older.slice(i + 1)))
  await tx.outbox.touchLater(
    workspaceId,
    repeated.map((s) => s.key),
    now,
  )
}

/** Whether a new reminder is the first to repeat something of an older one. */
const bringsRepeat = (
  items: readonly ReminderItem[],
  older: readonly ReminderItem[],
  between: readonly { items: readonly ReminderItem[] }[],
): boolean =>
  older.some(({ units, ...of }) =>
    units.some((unit) => {
      const part = [{ ...of, units: [unit] }]
      return covers(items, part) && !between.some((b) => covers(b.items, part))
    }),
  )
