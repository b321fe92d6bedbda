import { addDays, instantAt } from '../../date.js'
import type { OutboxEntry } from '../../outbox/outbox-view.js'
import type { Tx } from '../../ports.js'

/** Messages that were given up on one day (yyyy-mm-dd in the time zone) and were not sent since. */
export function undeliveredOn(tx: Tx, workspaceId: string, on: string, timeZone: string): Promise<OutboxEntry[]> {
  const [from, to] = [instantAt(on, '00:00', timeZone), instantAt(addDays(on, 1), '00:00', timeZone)]
  return tx.outboxView.failedWithin(workspaceId, from, to)
}
