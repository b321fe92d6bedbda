import { parseArgs } from 'node:util'
import { connectSlack } from '../bot.js'
import { readConfig, readSharedConfig } from '../config.js'
import { namesIn } from '../core/campaign/running.js'
import { instantAt, isDate, localDate } from '../core/date.js'
import { MAX_BACKOFF_MS } from '../jobs/outbox/failure.js'
import { tick } from '../jobs/tick.js'
import { jsonLog } from '../log.js'
import { openStore } from '../store/open.js'
import { showDate } from '../text/index.js'
import { campaign } from '../text/vi/campaign/campaign.js'
import { cli as t } from '../text/vi/cli/cli.js'
import { common } from '../text/vi/common.js'

/** How long a run waits for its messages to be sent, rate limits included; the bot or the next run sends the rest. */
const MAX_WAIT_MS = 10 * 60_000

/** Retries due within this time are waited for; later ones are left to the bot or the next run. */
const FORESIGHT_MS = 60_000

/** A tick this far ahead of the machine's clock must be confirmed: it sends, and marks as sent, what is due much later. */
const FAR_AHEAD_MS = 86_400_000

/**
 * `tick --at ISO [--force]`: plans and sends what is due at that instant, through the outbox like the bot, and prints the
 * reminders. Its clock starts at that instant and runs on, so that rate-limit waits end. Without `--force` it refuses an
 * instant more than a day ahead. Returns the exit code. Throws ConfigError.
 */
export async function tickOnce(args: string[]): Promise<number> {
  const { at, force = false } = options(args)
  if (!at) {
    console.error(t.tickAtMissing)
    return 2
  }
  const start = parseInstant(at, readSharedConfig(process.env).timeZone)
  if (!start) {
    console.error(t.tickAtBad(at))
    return 2
  }
  const began = Date.now()
  if (start.getTime() - began > FAR_AHEAD_MS && !force) {
    console.error(t.tickAhead(at))
    return 2
  }
  const clock = () => new Date(start.getTime() + Date.now() - began)
  const config = readConfig({ ...process.env, SLACK_SIGNING_SECRET: process.env.SLACK_SIGNING_SECRET || 'unused' })
  const store = await openStore(config.databaseUrl)
  try {
    const log = jsonLog('error')
    const { outbox, ticking, workspaceId } = await connectSlack({
      config,
      store,
      clock,
      log,
      foresightMs: FORESIGHT_MS,
    })
    const planned = await tick(ticking)
    outbox.kick()
    await outbox.idle(MAX_WAIT_MS)
    await outbox.stop()
    const states = new Map(
      (await store.read((tx) => tx.outbox.byKeys(workspaceId, 'reminder:'))).map((m) => [m.key, m.state]),
    )
    console.log(t.tickDone(at, planned.length))
    const nameOf = await store.read((tx) => namesIn(tx, workspaceId, localDate(start, config.timeZone)))
    for (const { key, person, items } of planned) {
      const what = items
        .map(({ campaignId, kind, reviewDate, units }) =>
          t.tickReview(
            common.reviewKind[kind] + campaign.after(nameOf(campaignId)),
            showDate(reviewDate),
            units.length,
          ),
        )
        .join('; ')
      console.log(t.tickLine(person.fullName, what, t.tickState[states.get(key) ?? 'waiting'] ?? ''))
    }
    const soon = new Date(clock().getTime() + MAX_BACKOFF_MS)
    const unsent = await store.read((tx) => tx.outbox.pending(soon, workspaceId))
    if (unsent > 0) console.log(t.tickLeft(unsent))
    return 0
  } finally {
    await store.close()
  }
}

function options(args: string[]): { at?: string; force?: boolean } {
  try {
    return parseArgs({ args, options: { at: { type: 'string' }, force: { type: 'boolean' } } }).values
  } catch {
    return {}
  }
}

/** Parses an ISO 8601 instant; without an offset it is local time in `timeZone`. Undefined when it is not one. */
export function parseInstant(text: string, timeZone: string): Date | undefined {
  const found = /^(\d{4}-\d{2}-\d{2})T((?:[01]\d|2[0-3]):[0-5]\d)(?::[0-5]\d(?:\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?$/i.exec(
    text,
  )
  const [, date = '', time = '', offset] = found ?? []
  if (!isDate(date)) return undefined
  const at = offset ? new Date(text) : instantAt(date, time, timeZone)
  return Number.isNaN(at.getTime()) ? undefined : at
}
