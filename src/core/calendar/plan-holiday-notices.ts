import { aboutHolidays } from '../outbox/topics.js'
import type { AccountRef } from '../people/account.js'
import type { Tx } from '../ports.js'
import { hasHolidays } from './holiday.js'
import type { Calendar } from './working-day.js'

/** By December the government has usually announced the days, and there is time to correct them. */
const MONTH = '12'
const HOURS = { from: '08:00', until: '18:00' }

/**
 * On the first working day of December, within working hours, proposes the holidays of the next year to the
 * Organisation–Administration Office and the admins, once, unless that year was saved already. `admins`: accounts that are
 * admins by configuration. Returns the number of messages.
 */
export async function planHolidayNotices(
  day: { tx: Tx; workspaceId: string; now: Date; date: string; time: string; isWorkingDay: Calendar },
  admins: readonly AccountRef[] = [],
): Promise<number> {
  const { tx, workspaceId, now, date, time } = day
  const year = Number(date.slice(0, 4)) + 1
  if (date.slice(5, 7) !== MONTH || time < HOURS.from || time >= HOURS.until || !day.isWorkingDay(date)) return 0
  if (!hasHolidays(year) || (await tx.holidays.year(workspaceId, year))) return 0
  const about = aboutHolidays(workspaceId, year)
  // Once a year, not once for each person: later admins are not notified.
  if ((await tx.outbox.byKeys(workspaceId, about)).length > 0) return 0
  const people = new Set<string>()
  for (const role of ['org_office', 'admin'] as const)
    for (const { id } of await tx.people.withRole(workspaceId, role)) people.add(id)
  for (const { platform, externalId } of admins) {
    const account = await tx.accounts.byExternalId(workspaceId, platform, externalId)
    if (account?.personId) people.add(account.personId)
  }
  for (const personId of people) {
    const key = `${about}${personId}`
    await tx.outbox.add({ workspaceId, key, kind: 'holidays', personId, payload: { year }, dueAt: now }, now)
  }
  return people.size
}
