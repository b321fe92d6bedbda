import type { OwnerId } from '../../core/outbox/outbox.js'
import type { Clock, Store } from '../../core/ports.js'

/** This process as the owner of leases, and what it can find out about other owners. */
export interface LeaseOwner {
  id: OwnerId
  /** Whether a process has certainly ended; false when that cannot be known from here. */
  isGone(id: OwnerId): boolean
}

/** A request of a process that died may still arrive within this time: the timeout of a call, and a little more. */
const IN_FLIGHT_MS = 12_000

/**
 * Recovers the leases of processes that died: at once if the death can be detected, otherwise when the lease has
 * expired. A first message that may still be in flight is not searched for in the chat before it can have arrived. Uses
 * this machine's clock and not the campaign's, since leases are about processes.
 */
export async function recoverAbandoned(store: Store, owner: LeaseOwner, clock: Clock): Promise<number> {
  const now = new Date()
  const leases = await store.read((tx) => tx.outbox.leases())
  const gone = leases.flatMap(({ by }) => (by !== '' && owner.isGone(by) ? [by] : []))
  if (gone.length === 0 && leases.every(({ until }) => until >= now)) return 0
  return store.write((tx) => tx.outbox.recover(now, gone, new Date(clock().getTime() + IN_FLIGHT_MS)))
}
