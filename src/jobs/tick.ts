import { sweepDrops } from '../core/attachment/drop-files.js'
import { planHolidayNotices } from '../core/calendar/plan-holiday-notices.js'
import { planningDay } from '../core/campaign/planning-day.js'
import { planOverdue } from '../core/digest/overdue.js'
import { planThanks } from '../core/digest/plan-thanks.js'
import { planDigests } from '../core/digest/plan-weekly.js'
import type { AccountRef } from '../core/people/account.js'
import type { Clock } from '../core/ports.js'
import { type PlannedReminder, planReminders } from '../core/reminder/plan.js'
import { sweepDrafts } from '../core/submission/keep-draft.js'
import { updateIndex } from '../core/submission/update-index.js'
import { type ClearOptions, clearBytes } from './files/clear-bytes.js'

export interface TickOptions extends ClearOptions {
  workspaceId: string
  clock: Clock
  timeZone: string
  /** Accounts named in `THIDUA_ADMINS`. */
  admins?: readonly AccountRef[]
  /** Deletes temporary files that killed processes left. */
  sweep?: () => Promise<unknown>
  /** Whether many people wait for answers: low-priority work is then left for the next minute. */
  isBusy?: () => boolean
}

/** How long the keys of processed events are kept: far longer than any chat repeats an event. */
const EVENTS_KEPT_MS = 2 * 86_400_000

/**
 * Does everything that is due now and adds reminders to the outbox; returns the reminders. Idempotent: can run at any
 * time and any number of times.
 */
export async function tick(t: TickOptions): Promise<PlannedReminder[]> {
  const now = t.clock()
  const planned = await t.store.write(async (tx) => {
    await tx.desk.forgetPostponed(now)
    await tx.processedEvents.forget(new Date(now.getTime() - EVENTS_KEPT_MS))
    await sweepDrafts(tx, now)
    await sweepDrops(tx, now)
    const day = await planningDay(tx, t.workspaceId, now, t.timeZone)
    for (const running of day.running) {
      await planDigests(day, running)
      await planThanks(day, running)
    }
    if (day.running.length > 0) await planHolidayNotices(day, t.admins)
    await planOverdue(day)
    return planReminders(day)
  })
  await updateIndex(t.store, t.workspaceId, () => !t.isBusy?.())
  await clearBytes(t)
  await t.sweep?.()
  return planned
}
