import { createHmac } from 'node:crypto'
import { connect, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'
import { until } from '../../helpers/until.js'

/** A connection on which a test writes a request as it likes. */
export interface RawConnection {
  socket: Socket
  /** Resolves with the status of the first answer; undefined when the connection is closed without one. */
  status(): Promise<number | undefined>
  /** Resolves when the server has closed it. */
  closed(): Promise<unknown>
}

/** Connects and writes the beginning of a request. */
export function openRaw(port: number, beginning: string | Buffer = ''): RawConnection {
  let answer = ''
  let isClosed = false
  const socket = connect(port, '127.0.0.1')
  if (beginning.length > 0) socket.write(beginning)
  socket.on('data', (part) => {
    answer += part.toString('latin1')
  })
  socket.on('error', () => undefined)
  socket.on('close', () => {
    isClosed = true
  })
  onTestFinished(() => void socket.destroy())
  const statusOf = () => /^HTTP\/1\.1 (\d+)/.exec(answer)?.[1]
  return {
    socket,
    async status() {
      await until(() => isClosed || statusOf() !== undefined, 'an answer')
      const status = statusOf()
      return status === undefined ? undefined : Number(status)
    },
    closed: () => until(() => isClosed, 'the end of a connection'),
  }
}

/** The headers of a request to Slack's path; the signature is whatever is given. */
export const headersOf = (headers: Record<string, string>): string =>
  [
    'POST /slack/events HTTP/1.1',
    'host: bot',
    'content-type: application/x-www-form-urlencoded',
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    '\r\n',
  ].join('\r\n')

/** The headers of a signature: Slack's with the secret, one that only looks like it without. */
export function signature(body: string, secret?: string, age = 0): Record<string, string> {
  const at = String(Math.floor(Date.now() / 1000) - age)
  const hex = secret ? createHmac('sha256', secret).update(`v0:${at}:${body}`).digest('hex') : 'a'.repeat(64)
  return { 'x-slack-request-timestamp': at, 'x-slack-signature': `v0=${hex}` }
}
