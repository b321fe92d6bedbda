import type { ChatLimits, Sender } from '../../commands/chat.js'
import type { Directory } from '../../commands/request.js'
import type { ReasonOf } from '../../core/outbox/send-failure.js'
import type { Clock, Store } from '../../core/ports.js'
import type { LeaseOwner } from './lease.js'

/** The dependencies for sending the messages of one workspace. */
export interface Delivery {
  store: Store
  workspaceId: string
  sender: Sender
  directory: Directory
  limits: ChatLimits
  /** For failures that were stored without a reason. */
  reasonOf: ReasonOf
  clock: Clock
  timeZone: string
  owner: LeaseOwner
  /** Accounts that are admins by configuration, regardless of the roster. */
  admins: ReadonlySet<string>
  log: (event: string, about: Record<string, unknown>) => void
}

/** Calls to the chat, each with its own rate limits: look up an account, search for a message, post, update. */
export type ApiCall = 'lookup' | 'find' | 'post' | 'update'

/** The result of one delivery. `pause`: the chat asked not to make this call for so many ms. */
export interface DeliveryResult {
  pause?: { call: ApiCall; ms: number }
}
