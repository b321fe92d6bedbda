import { calendarFile } from '../../commands/calendar/calendar-file.js'
import type { Work } from '../../core/outbox/outbox.js'
import { type SendOptions, sendFiles } from './show-files.js'
import type { WorkResult } from './work.js'

/** Sends the calendar file of a campaign, with its current dates, to the person who requested it. */
export async function sendCalendar(
  d: SendOptions & { timeZone: string },
  work: Work,
  signal: AbortSignal,
): Promise<WorkResult> {
  const { workspaceId, personId } = work
  const found = await d.store.read(async (tx) => {
    const account = await tx.accounts.ofPerson(workspaceId, d.platform, personId)
    const made = account && (await calendarFile({ tx, now: d.clock(), timeZone: d.timeZone }, work))
    return account && made && { account: account.externalId, ...made }
  })
  return found ? sendFiles(d, work, found, signal) : 'done'
}
