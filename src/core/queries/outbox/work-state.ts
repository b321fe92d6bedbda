import type { MessageState } from '../../outbox/outbox.js'
import type { Tx } from '../../ports.js'

/** The state of a piece of background work by its key; undefined when it is gone. */
export const workState = async (tx: Tx, key: string): Promise<MessageState | undefined> =>
  (await tx.outbox.byKey(key))?.state
