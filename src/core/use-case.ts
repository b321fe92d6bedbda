import type { Actor } from './people/person.js'
import type { NewId, Tx } from './ports.js'

/** What every use case is handed: its transaction, who acts, when, and where. */
export interface UseCase {
  tx: Tx
  actor: Actor
  now: Date
  newId: NewId
  /** IANA name of the campaign's time zone. */
  timeZone: string
}
