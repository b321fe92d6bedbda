import { type LocalSlack, type LocalSlackOptions, startLocalSlack } from '../../src/local-slack/local-slack.js'
import { slackLogger } from '../../src/slack/logger.js'
import { HANG_MS } from './until.js'

/** A local Slack that waits for a bot on a busy machine: neither acknowledgements nor triggers run out. */
export const startTestSlack = (options: LocalSlackOptions = {}): Promise<LocalSlack> =>
  startLocalSlack({ ackMs: HANG_MS, triggerMs: HANG_MS, ...options })

const nothing = () => undefined

/**
 * For Slack's own clients in tests: what they log after the end of their test would be mixed into the output that another
 * test reads.
 */
export const silentLogger = slackLogger({ info: nothing, warn: nothing, error: nothing })
