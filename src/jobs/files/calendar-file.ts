import { calendarFile } from '../../commands/calendar/calendar-file.js'
import type { Work } from '../../core/outbox/outbox.js'
import { calendarFileData } from '../../core/queries/calendar/calendar-file.js'
import { type SendOptions, sendFiles } from './show-files.js'
import type { WorkResult } from './work.js'

/** Sends the calendar file of a campaign, with its current dates, to the person who requested it. */
export async function sendCalendar(
  d: SendOptions & { timeZone: string },
  work: Work,
  signal: AbortSignal,
): Promise<WorkResult> {
  const { workspaceId, personId } = work
  const now = d.clock()
  const found = await d.store.read(async (tx) => {
    const account = await tx.accounts.ofPerson(workspaceId, d.platform, personId)
    const data = account && (await calendarFileData({ tx, now, timeZone: d.timeZone }, work))
    return account && data && { account: account.externalId, data }
  })
  if (!found) return 'done'
  return sendFiles(d, work, { account: found.account, ...calendarFile(found.data, now) }, signal)
}
