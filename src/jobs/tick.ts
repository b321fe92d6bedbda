import { sweepDrops } from '../core/attachment/drop-files.js'
import { calendarOf } from '../core/calendar/holiday-calendar.js'
import { planHolidayNotices } from '../core/calendar/holiday-notice.js'
import { running } from '../core/campaign/running.js'
import { localDate } from '../core/date.js'
import { planLate } from '../core/digest/overdue.js'
import { planThanks } from '../core/digest/plan-thanks.js'
import { planDigests } from '../core/digest/plan-weekly.js'
import type { AccountRef } from '../core/people/account.js'
import type { Clock } from '../core/ports.js'
import { renewIndex } from '../core/queries/search.js'
import { type PlannedReminder, planReminders } from '../core/reminder/plan.js'
import { sweepDrafts } from '../core/submission/keep-draft.js'
import { type Clearing, clearBytes } from './files/clear-bytes.js'

export interface Ticking extends Clearing {
  workspaceId: string
  clock: Clock
  timeZone: string
  /** Accounts named in `THIDUA_ADMINS`. */
  admins?: readonly AccountRef[]
  /** Whether many people are waiting for answers: what can wait is left for the next minute. */
  isBusy?: () => boolean
}

/** What was seen is remembered for this long; Slack repeats an event for about six minutes. */
const SEEN_FOR_MS = 2 * 86_400_000

/** Does whatever is due now: puts reminders into the outbox. Safe at any time and as often as one likes. */
export async function tick(t: Ticking): Promise<PlannedReminder[]> {
  const now = t.clock()
  const planned = await t.store.write(async (tx) => {
    await tx.desk.forget(now)
    await tx.seen.forget(new Date(now.getTime() - SEEN_FOR_MS))
    await sweepDrafts(tx, now)
    await sweepDrops(tx, now)
    const isWorkingDay = await calendarOf(tx, t.workspaceId)
    const plan = { tx, now, timeZone: t.timeZone, isWorkingDay }
    const campaigns = await running(tx, t.workspaceId, localDate(now, t.timeZone), isWorkingDay)
    for (const campaign of campaigns) {
      await planDigests(plan, campaign)
      await planThanks(plan, campaign)
    }
    if (campaigns.length > 0) await planHolidayNotices(plan, t.workspaceId, t.admins)
    await planLate(plan, campaigns)
    return planReminders(plan, campaigns)
  })
  await renewIndex(t.store, t.workspaceId, () => !t.isBusy?.())
  await clearBytes(t)
  return planned
}
