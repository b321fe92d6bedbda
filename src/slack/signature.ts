import { createHmac, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'

const MAX_AGE_S = 5 * 60

/**
 * Whether a body carries Slack's signature, made at most five minutes ago
 * (docs.slack.dev, "Verifying requests from Slack"). `now` in ms.
 */
export function isSigned(headers: IncomingHttpHeaders, body: Buffer, secret: string, now: number): boolean {
  const { 'x-slack-signature': signature, 'x-slack-request-timestamp': at } = headers
  if (typeof signature !== 'string' || typeof at !== 'string' || !/^\d{1,12}$/.test(at)) return false
  if (Math.abs(now / 1000 - Number(at)) > MAX_AGE_S) return false
  const expected = Buffer.from(`v0=${createHmac('sha256', secret).update(`v0:${at}:`).update(body).digest('hex')}`)
  const given = Buffer.from(signature)
  return given.length === expected.length && timingSafeEqual(given, expected)
}
