export type LogLevel = 'debug' | 'info' | 'warn' | 'error'

/** A structured log. `event` is plain English; `about` holds its facts. */
export interface Log {
  debug(event: string, about?: Record<string, unknown>): void
  info(event: string, about?: Record<string, unknown>): void
  warn(event: string, about?: Record<string, unknown>): void
  error(event: string, about?: Record<string, unknown>): void
}

const order: readonly LogLevel[] = ['debug', 'info', 'warn', 'error']

/**
 * Writes one JSON object per line to standard output, from `level` on; removes tokens and secret URLs. Callers must not pass
 * text written by people. Keeps working when the reader of the pipe is gone; pino is not used because it hangs at exit when
 * its pipe is closed.
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

/** Slack's tokens begin with `xoxb-`, `xapp-` and the like; its response URLs contain a secret. */
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
