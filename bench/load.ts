import { type Agent, request } from 'node:http'
import { performance } from 'node:perf_hooks'
import { type Connection, openConnection } from './connection.js'
import { quantile } from './figures.js'
import { type Body, signed } from './slack-request.js'

export interface Load {
  port: number
  bodies: readonly Body[]
  count: number
  concurrency: number
  /** Requests before `count` that are not measured, on the same connections and without a pause. */
  warm?: number
  /** Called when the warm-up is over. */
  begins?: () => void
  /** Text that each answer must contain; an answer without it is a failure. */
  expect?: string
}

export interface Result {
  /** Requests per second. */
  rate: number
  /** 99th percentile of the time to the whole answer, in ms. */
  p99: number
  /** Utilization of the generator's event loop, 0…1: near 1 it would measure itself. */
  busy: number
}

const PATH = '/slack/events'
let sequence = 0
/** Unique among the runs on one database. */
const unique = () => `V${process.pid}X${++sequence}`

/** Requests prepared at a time; a form has ten kilobytes. */
const BATCH = 2000

/**
 * Keeps `concurrency` requests in flight until `count` are answered; requests are signed and serialized before the clock
 * starts. Throws when one of them fails.
 */
export async function load(what: Load): Promise<Result> {
  const { port, count, concurrency, warm = 0 } = what
  const connections = await Promise.all(Array.from({ length: concurrency }, () => openConnection(port)))
  const times: number[] = []
  let [took, busy] = [0, 0]
  try {
    for (let done = -warm; done < count; ) {
      const requests = serialized(what, done + warm, Math.min(BATCH, count - done))
      const clock = startClock(Math.max(0, -done), times, what.begins)
      done += requests.length
      await Promise.all(connections.map((connection) => worker(connection, requests, clock, what.expect)))
      const { ms, busyMs } = clock.stop()
      took += ms
      busy += busyMs
    }
  } finally {
    for (const connection of connections) connection.close()
  }
  return { rate: (count / took) * 1000, p99: quantile(times, 0.99), busy: busy / took }
}

type Clock = ReturnType<typeof startClock>

/** Starts when `warm` requests have been sent. */
function startClock(warm: number, times: number[], begins?: () => void) {
  let [sent, began] = [0, 0]
  let before = performance.eventLoopUtilization()
  return {
    /** Counts one request; returns what to call with the time that its answer took. */
    send(): (ms: number) => void {
      if (sent++ === warm) {
        if (warm > 0) begins?.()
        began = performance.now()
        before = performance.eventLoopUtilization()
      }
      return sent > warm ? (ms) => void times.push(ms) : () => undefined
    },
    stop() {
      const ms = performance.now() - began
      return { ms, busyMs: ms * performance.eventLoopUtilization(before).utilization }
    },
  }
}

/** Takes requests from the list and sends them, one after the other. */
async function worker(connection: Connection, requests: Buffer[], clock: Clock, expect?: string): Promise<void> {
  for (let request = requests.pop(); request; request = requests.pop()) {
    const answered = clock.send()
    const began = performance.now()
    const answer = await connection.send(request)
    answered(performance.now() - began)
    if (!/^HTTP\/1\.1 200 /.test(answer) || (expect && !answer.includes(expect)))
      throw new Error(`answered ${answer.slice(0, 300)}`)
  }
}

function serialized({ bodies }: Load, from: number, count: number): Buffer[] {
  return Array.from({ length: count }, (_, i) => {
    const body = (bodies[(from + i) % bodies.length] as Body)(unique())
    const headers = Object.entries(signed(body)).map(([name, value]) => `${name}: ${value}\r\n`)
    return Buffer.from(`POST ${PATH} HTTP/1.1\r\nhost: 127.0.0.1\r\n${headers.join('')}\r\n${body}`)
  }).reverse()
}

/** Sends one signed request. Throws unless the answer is a 200 that contains `expect`. */
export function post(port: number, body: string, agent?: Agent, expect?: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const sent = request(
      { host: '127.0.0.1', port, path: PATH, method: 'POST', headers: signed(body), agent },
      (response) => {
        let text = ''
        response.setEncoding('utf8')
        response.on('data', (part: string) => {
          text += part
        })
        response.on('error', reject)
        response.on('end', () => {
          if (response.statusCode === 200 && (!expect || text.includes(expect))) resolve(text)
          else reject(new Error(`answered ${response.statusCode}: ${text.slice(0, 300)}`))
        })
      },
    )
    sent.on('error', reject)
    sent.end(body)
  })
}
