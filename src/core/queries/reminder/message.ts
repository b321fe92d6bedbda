import type { Campaign } from '../../campaign/campaign.js'
import { settingsOf } from '../../campaign/read-settings.js'
import type { Message } from '../../outbox/outbox.js'
import type { Tx } from '../../ports.js'
import { covers, type ReminderItem } from '../../reminder/payload.js'
import { isSuperseded, newerRepeatOf, sentReminders } from '../../reminder/sent.js'
import { snoozeHours, waitingSnooze } from '../../reminder/snooze.js'
import { snoozeOffers } from '../../reminder/snooze-time.js'
import type { ReminderPart } from './parts.js'

/**
 * Whether a reminder that was not sent yet need not be sent any more: a later one covers it, or only reports are owed and
 * the workspace does not remind of those.
 */
export async function isUnneeded(tx: Tx, message: Message, owed: readonly ReminderPart[], now: Date): Promise<boolean> {
  if (await isSuperseded(tx, message, now)) return true
  const isReportOnly = owed.every((p) => p.missing.length === 0 && p.waiting === 0)
  return isReportOnly && !(await settingsOf(tx, message.workspaceId)).remindReport
}

/**
 * The day (yyyy-mm-dd) of a later reminder that repeats what is still owed of a sent one, so that the older one needs no
 * action; undefined where there is none.
 */
export async function repeatedOn(
  tx: Tx,
  { personId, createdAt }: Message,
  owed: readonly ReminderPart[],
  now: Date,
): Promise<string | undefined> {
  const items = owed.map(({ campaign, kind, reviewDate, unit }) => ({
    campaignId: campaign.id,
    kind,
    reviewDate,
    units: [unit.id],
  }))
  return newerRepeatOf(await sentReminders(tx, personId, now), { createdAt, items })?.on
}

/** Whether a reminder is snoozed, and until when it can be. */
export interface SnoozeState {
  /** When everything in it is sent again; undefined while it is not snoozed. */
  until: Date | undefined
  /** Empty while it is snoozed. */
  offers: ReturnType<typeof snoozeOffers>
}

/** Reads the snooze of a reminder about several campaigns. */
export async function snoozeState(
  tx: Tx,
  message: Message,
  items: readonly ReminderItem[],
  campaigns: readonly Campaign[],
  { now, timeZone }: { now: Date; timeZone: string },
): Promise<SnoozeState> {
  const { key, workspaceId, personId } = message
  const snoozed = await waitingSnooze(tx, personId)
  if (snoozed && snoozed.key !== key && covers(snoozed.items, items)) return { until: snoozed.until, offers: [] }
  const hours = await snoozeHours(tx, { workspaceId, personId, timeZone }, campaigns)
  return { until: undefined, offers: snoozeOffers(now, hours) }
}
