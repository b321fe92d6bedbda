import { Agent, request } from 'node:http'
import { performance } from 'node:perf_hooks'
import { quantile } from './figures.js'
import { type Body, signed } from './slack-request.js'

export interface Load {
  port: number
  bodies: readonly Body[]
  count: number
  concurrency: number
  /** What each answer must hold; an answer without it is a failure. */
  expect?: string
}

export interface Result {
  /** Requests per second. */
  rate: number
  /** 99th percentile of the time to the whole answer, in ms. */
  p99: number
  /** Part of the time in which the generator itself was busy, 0…1: near 1 it would measure itself. */
  busy: number
}

let sequence = 0
/** Unlike any other of this or of an earlier run on the same database. */
const unique = () => `V${process.pid}X${++sequence}`

/** Keeps `concurrency` requests under way until `count` were answered. Throws when any of them failed. */
export async function load({ port, bodies, count, concurrency, expect }: Load): Promise<Result> {
  const agent = new Agent({ keepAlive: true, maxSockets: concurrency })
  const times: number[] = []
  let next = 0
  const worker = async () => {
    for (let n = next++; n < count; n = next++) {
      const body = (bodies[n % bodies.length] as Body)(unique())
      const began = performance.now()
      await post(port, body, agent, expect)
      times.push(performance.now() - began)
    }
  }
  const before = performance.eventLoopUtilization()
  const began = performance.now()
  await Promise.all(Array.from({ length: concurrency }, worker))
  const seconds = (performance.now() - began) / 1000
  const busy = performance.eventLoopUtilization(before).utilization
  agent.destroy()
  return { rate: count / seconds, p99: quantile(times, 0.99), busy }
}

/** Sends one signed request; gives its answer. Throws unless it is a 200 that holds what is expected. */
export function post(port: number, body: string, agent?: Agent, expect?: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const sent = request(
      { host: '127.0.0.1', port, path: '/slack/events', method: 'POST', headers: signed(body), agent },
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
