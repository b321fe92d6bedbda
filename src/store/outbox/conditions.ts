import { type RawBuilder, sql } from 'kysely'
import { workKinds } from '../../core/outbox/outbox.js'

/** Conditions on rows of the outbox, with literals instead of parameters, so that SQLite can use the partial indexes. */

export const waits = sql<boolean>`state in ('waiting', 'stale')`
/** The value of `dirty` in a stale message that nobody waits for; others have 0 or 1. */
export const UNHURRIED = 2
export const isHurried = sql<boolean>`dirty <> 2`
export const isLeased = sql<boolean>`state = 'sending'`
export const queues = { new: sql<boolean>`state = 'waiting'`, stale: sql<boolean>`state = 'stale'` }

const literals: RawBuilder<unknown> = sql.join(workKinds.map((kind) => sql.lit(kind)))

/** Background work, as opposed to messages. */
export const isWork = sql<boolean>`kind in (${literals})`
export const isMessage = sql<boolean>`kind not in (${literals})`
