import { type LocalSlack, type LocalSlackOptions, startLocalSlack } from '../../src/local-slack/local-slack.js'
import { HANG_MS } from './until.js'

/** A local Slack that waits for a bot on a busy machine: neither acknowledgements nor triggers run out. */
export const startTestSlack = (options: LocalSlackOptions = {}): Promise<LocalSlack> =>
  startLocalSlack({ ackMs: HANG_MS, triggerMs: HANG_MS, ...options })
