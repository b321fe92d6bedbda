import { aboutHolidays } from '../outbox/topics.js'
import type { AccountRef } from '../people/account.js'
import type { Tx } from '../ports.js'
import { hasHolidays } from './holiday.js'
import type { Calendar } from './working-day.js'

/** From December on there is time to ask, and the government has mostly announced the days. */
const MONTH = '12'
const HOURS = { from: '08:00', until: '18:00' }

/**
 * In December, on the first working day within working hours, tells the Organisation–Administration Office and the admins
 * once which table the bot proposes for the next year, unless somebody took that year over. `admins`: accounts that are
 * admins whatever the roster says. Gives how many were told.
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
  // Once a year, not once a person: whoever becomes an admin later can look for themselves.
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
