import type { Campaign } from '../../core/campaign/campaign.js'
import type { Message } from '../../core/outbox/outbox.js'
import type { Tx } from '../../core/ports.js'

/** A message of the outbox that is about to be rendered. */
export interface Notice {
  /** The rows that the message's data is read from. */
  tx: Tx
  message: Message
  /** The campaign that the message is about (`campaignOfNotice`). */
  campaign: Campaign
  now: Date
  timeZone: string
}
