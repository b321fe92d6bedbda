export type LogLevel = 'debug' | 'info' | 'warn' | 'error'

export interface Log {
  debug(event: string, about?: Record<string, unknown>): void
  info(event: string, about?: Record<string, unknown>): void
  warn(event: string, about?: Record<string, unknown>): void
  error(event: string, about?: Record<string, unknown>): void
}

const order: readonly LogLevel[] = ['debug', 'info', 'warn', 'error']

/**
 * One JSON object a line, in English, on standard output; secrets are cut out of whatever comes in. Nothing that people
 * wrote may be handed to it. Whoever reads the log may go away: the bot works on without (pino waits for ever at the exit
 * for a pipe that is closed, which is why it is not used).
 */
export function jsonLog(level: LogLevel): Log {
  process.stdout.on('error', () => undefined)
  const at =
    (name: LogLevel) =>
    (event: string, about: Record<string, unknown> = {}) => {
      if (order.indexOf(name) < order.indexOf(level)) return
      const line = { level: name, time: new Date().toISOString(), ...redact(about), msg: scrub(event) }
      process.stdout.write(`${JSON.stringify(line)}\n`)
    }
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
