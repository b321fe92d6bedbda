import { type Logger, LogLevel } from '@slack/web-api'

interface Log {
  info(event: string, about?: Record<string, unknown>): void
  warn(event: string, about?: Record<string, unknown>): void
  error(event: string, about?: Record<string, unknown>): void
}

/** Writes what Slack's libraries log to the bot's log. Never their debug messages, which contain tokens and messages. */
export function slackLogger(log: Log): Logger {
  const words = (parts: unknown[]): string =>
    parts
      .map((p) => (typeof p === 'string' ? p : p instanceof Error ? p.message : ''))
      .join(' ')
      .slice(0, 500)
  return {
    debug() {},
    info: (...parts) => log.info('slack', { text: words(parts) }),
    warn: (...parts) => log.warn('slack', { text: words(parts) }),
    error: (...parts) => log.error('slack', { text: words(parts) }),
    setLevel() {},
    getLevel: () => LogLevel.INFO,
    setName() {},
  }
}
