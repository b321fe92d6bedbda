import type { Actor } from './people/person.js'
import type { NewId, Tx } from './ports.js'

/** The parameters that every use case needs: its transaction, the actor, the time and the time zone. */
export interface UseCase {
  tx: Tx
  actor: Actor
  now: Date
  newId: NewId
  /** IANA name of the campaign's time zone. */
  timeZone: string
}
