import type { Message } from '../../core/outbox/outbox.js'
import type { Tx } from '../../core/ports.js'
import type { NoticeSubject } from '../../core/queries/notices/subject.js'

/** A message of the outbox that is about to be rendered, with what it is about. */
export interface Notice extends NoticeSubject {
  /** For the queries that read the rest of what the message shows. */
  tx: Tx
  message: Message
  now: Date
  timeZone: string
}
