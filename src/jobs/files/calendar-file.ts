import { calendarFile } from '../../commands/calendar/calendar-file.js'
import type { Work } from '../../core/outbox/outbox.js'
import { type Showing, sendFiles } from './show-files.js'
import type { Outcome } from './work.js'

/** Sends the calendar of a campaign to whoever asked for it, as things stand now. */
export async function sendCalendar(
  d: Showing & { timeZone: string },
  work: Work,
  signal: AbortSignal,
): Promise<Outcome> {
  const { workspaceId, personId } = work
  const found = await d.store.read(async (tx) => {
    const account = await tx.accounts.ofPerson(workspaceId, d.platform, personId)
    const made = account && (await calendarFile({ tx, now: d.clock(), timeZone: d.timeZone }, work))
    return account && made && { account: account.externalId, ...made }
  })
  return found ? sendFiles(d, work, found, signal) : 'done'
}
