import type { Hand } from '../../core/outbox/outbox.js'
import type { Clock, Store } from '../../core/ports.js'

/** The process that takes things in hand, and what it knows of others. */
export interface Holder {
  id: Hand
  /** Whether a process is certainly no more; false wherever that cannot be known from here. */
  isGone(id: Hand): boolean
}

/** A process may die with a request on its way: it arrives within the time that a call may take, and a little more. */
const LANDING_MS = 12_000

/**
 * What was in the hands of processes that died waits again: at once where it can be known that they did, otherwise when
 * their leases have run out; but what may still be on its way to the chat is not looked for before it can have arrived. A lease is about processes, not about the campaign: it runs on this machine's clock.
 */
export async function recoverDead(store: Store, holder: Holder, clock: Clock): Promise<number> {
  const now = new Date()
  const hands = await store.read((tx) => tx.outbox.hands())
  const gone = hands.flatMap(({ by }) => (by !== '' && holder.isGone(by) ? [by] : []))
  if (gone.length === 0 && hands.every(({ until }) => until >= now)) return 0
  return store.write((tx) => tx.outbox.recover(now, gone, new Date(clock().getTime() + LANDING_MS)))
}
