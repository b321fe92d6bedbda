import { pino } from 'pino'

export type LogLevel = 'debug' | 'info' | 'warn' | 'error'

export interface Log {
  debug(event: string, about?: Record<string, unknown>): void
  info(event: string, about?: Record<string, unknown>): void
  warn(event: string, about?: Record<string, unknown>): void
  error(event: string, about?: Record<string, unknown>): void
}

/**
 * One JSON object a line, in English, on standard output; secrets are cut out of whatever comes in. Nothing that people
 * wrote may be handed to it.
 */
export function jsonLog(level: LogLevel): Log {
  const out = pino({
    level,
    base: null,
    formatters: { level: (level) => ({ level }) },
    timestamp: pino.stdTimeFunctions.isoTime,
  })
  const at =
    (name: LogLevel) =>
    (event: string, about: Record<string, unknown> = {}) =>
      out[name](redact(about), scrub(event))
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') }
}

export const silentLog: Log = { debug() {}, info() {}, warn() {}, error() {} }

/** Slack's tokens begin with `xoxb-`, `xapp-` and the like; response addresses hold a secret of their own. */
const scrub = (text: string): string =>
  text
    .replace(/x(ox[a-z]|app)-[\w-]+/g, '[token]')
    .replace(/https?:\/\/\S*(commands|actions|services|link)\S*/g, '[address]')

function redact(about: Record<string, unknown>): Record<string, unknown> {
  const out: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(about)) {
    if (value instanceof Error) out[key] = { message: scrub(value.message), stack: scrub(value.stack ?? '') }
    else out[key] = typeof value === 'string' ? scrub(value) : value
  }
  return out
}
