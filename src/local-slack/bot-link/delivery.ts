/** Deliveries to the bot: envelopes over Socket Mode while a socket is connected, otherwise signed HTTP requests. */
import { createHmac } from 'node:crypto'
import { isJsonObject, type JsonObject, parseJson } from '../json.js'
import { trackActivity, type Workspace } from '../state/workspace.js'
import type { EnvelopeType, Sockets } from './socket.js'

export interface DeliveryOptions {
  /** 'wrong' signs with another secret, 'none' sends no signature. */
  signature?: 'good' | 'wrong' | 'none'
  /** Age of the signed timestamp in seconds. */
  age?: number
  /** Adds the headers (or envelope fields) that Slack adds to a retry. */
  retry?: { num: number; reason: string }
  /** How many copies are sent at once; the result is the first answer. Default 1. */
  copies?: number
}

export interface Answer {
  status: number
  body: string
  json?: JsonObject
  ms: number
  /** Slack's error code, which the person is shown. */
  error?: 'operation_timeout' | 'dispatch_failed'
}

export interface Delivery {
  type: EnvelopeType
  payload: JsonObject
  answer: Answer
}

function encode(type: EnvelopeType, payload: JsonObject): { contentType: string; body: string } {
  if (type === 'events_api') return { contentType: 'application/json', body: JSON.stringify(payload) }
  const fields = type === 'interactive' ? { payload: JSON.stringify(payload) } : (payload as Record<string, string>)
  return { contentType: 'application/x-www-form-urlencoded', body: new URLSearchParams(fields).toString() }
}

/** Signs with the machine's time, not the workspace's: the bot compares it with its own clock. */
function sign(
  workspace: Workspace,
  body: string,
  { signature = 'good', age = 0 }: DeliveryOptions,
): Record<string, string> {
  if (signature === 'none') return {}
  const timestamp = String(Math.floor(Date.now() / 1000) - age)
  const secret = signature === 'wrong' ? `${workspace.signingSecret}-wrong` : workspace.signingSecret
  const digest = createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')
  return { 'x-slack-request-timestamp': timestamp, 'x-slack-signature': `v0=${digest}` }
}

export function createDelivery(
  workspace: Workspace,
  sockets: Sockets,
  botUrl: () => string | undefined,
  ackMs: number,
) {
  const deliveries: Delivery[] = []

  async function overHttp(
    url: string,
    type: EnvelopeType,
    payload: JsonObject,
    options: DeliveryOptions,
  ): Promise<Omit<Answer, 'ms'>> {
    const { contentType, body } = encode(type, payload)
    const retry: Record<string, string> = options.retry
      ? { 'x-slack-retry-num': String(options.retry.num), 'x-slack-retry-reason': options.retry.reason }
      : {}
    const headers = { 'content-type': contentType, ...sign(workspace, body, options), ...retry }
    try {
      const signal = AbortSignal.timeout(ackMs)
      const response = await fetch(`${url}/slack/events`, { method: 'POST', headers, body, signal })
      const text = await response.text()
      const json = parseJson(text)
      const failed = response.status === 200 ? {} : { error: 'dispatch_failed' as const }
      return { status: response.status, body: text, ...(isJsonObject(json) ? { json } : {}), ...failed }
    } catch (cause) {
      const late = cause instanceof Error && cause.name === 'TimeoutError'
      return { status: 0, body: '', error: late ? 'operation_timeout' : 'dispatch_failed' }
    }
  }

  async function overSocket(
    type: EnvelopeType,
    payload: JsonObject,
    options: DeliveryOptions,
  ): Promise<Omit<Answer, 'ms'>> {
    if (!sockets.connected) return { status: 0, body: '', error: 'dispatch_failed' }
    const ack = await sockets.send(type, payload, ackMs, options.retry)
    if (!ack) return { status: 0, body: '', error: 'operation_timeout' }
    const hasBody = Object.keys(ack).length > 0
    return { status: 200, body: hasBody ? JSON.stringify(ack) : '', ...(hasBody ? { json: ack } : {}) }
  }

  async function once(type: EnvelopeType, payload: JsonObject, options: DeliveryOptions): Promise<Answer> {
    const start = performance.now()
    const url = botUrl()
    const answer = await (sockets.connected || !url
      ? overSocket(type, payload, options)
      : overHttp(url, type, payload, options))
    return { ...answer, ms: performance.now() - start }
  }

  function record(type: EnvelopeType, payload: JsonObject, answer: Answer, options: DeliveryOptions) {
    deliveries.push({ type, payload, answer })
    const isGenuine = (options.signature ?? 'good') === 'good' && (options.age ?? 0) < 300
    if (!answer.error || !isGenuine) return
    const messages = [`HTTP ${answer.status} after ${Math.round(answer.ms)} ms`]
    workspace.violations.push({ where: `delivery of ${type}`, error: answer.error, messages, payload })
  }

  async function deliver(type: EnvelopeType, payload: JsonObject, options: DeliveryOptions = {}): Promise<Answer> {
    return trackActivity(workspace, async () => {
      const copies = Array.from({ length: options.copies ?? 1 }, () => once(type, payload, options))
      const answers = await Promise.all(copies)
      for (const answer of answers) record(type, payload, answer, options)
      return answers[0] as Answer
    })
  }
  return { deliver, deliveries }
}

export type Deliver = ReturnType<typeof createDelivery>['deliver']
