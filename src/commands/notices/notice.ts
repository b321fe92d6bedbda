import type { Message } from '../../core/outbox/outbox.js'
import type { ReasonOf } from '../../core/outbox/send-failure.js'
import type { Tx } from '../../core/ports.js'
import type { NoticeSubject } from '../../core/queries/notices/subject.js'
import type { ChatLimits } from '../chat.js'

/** A message of the outbox that is about to be rendered, with what it is about. */
export interface Notice extends NoticeSubject {
  /** For the queries that read further data that the message shows. */
  tx: Tx
  message: Message
  now: Date
  timeZone: string
  /** Of the chat that the message is sent to. */
  limits: ChatLimits
  reasonOf: ReasonOf
}
