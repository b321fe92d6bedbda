import { createHmac, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { lightened } from './strip-blocks.js'

/** Slack's largest payloads are a few hundred kilobytes. */
const MAX_BYTES = 2_000_000
const MAX_AGE_S = 300

export type Body = Record<string, unknown>

/** The whole body; undefined when it is too large, of which the rest is not read. Throws when the sender goes away. */
export async function bytesOf(request: IncomingMessage): Promise<Buffer | undefined> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = []
    let size = 0
    request.on('data', (part: Buffer) => {
      size += part.length
      if (size <= MAX_BYTES) parts.push(part)
      else resolve(undefined)
    })
    request.on('end', () => resolve(parts.length === 1 ? parts[0] : Buffer.concat(parts)))
    request.on('error', reject)
  })
}

/**
 * Whether a body is signed as Slack signs and at most five minutes old (docs.slack.dev, "Verifying requests from Slack":
 * HMAC-SHA256 over `v0:<timestamp>:<body>`, compared in constant time).
 */
export function isSigned(headers: IncomingMessage['headers'], body: Buffer, secret: string, nowMs: number): boolean {
  const at = String(headers['x-slack-request-timestamp'] ?? '')
  const given = String(headers['x-slack-signature'] ?? '')
  if (!/^\d{1,12}$/.test(at) || Math.abs(nowMs / 1000 - Number(at)) > MAX_AGE_S) return false
  if (!/^v0=[0-9a-f]{64}$/.test(given)) return false
  const made = createHmac('sha256', secret).update(`v0:${at}:`).update(body).digest()
  return timingSafeEqual(made, Buffer.from(given.slice(3), 'hex'))
}

/**
 * What a body says, as JSON without what the bot drew itself; undefined when it cannot be read. An interaction is read by
 * whoever is handed it: it may be no JSON at all. It is decoded in place: `bytes` are spent afterwards.
 */
export function jsonOf(bytes: Buffer, isForm: boolean): string | undefined {
  try {
    if (!isForm) return bytes.toString()
    // Interactions have one field alone, and decoding it at once is several times faster than looking for more.
    const alone = bytes.toString('latin1', 0, PAYLOAD.length) === PAYLOAD && !bytes.includes('&')
    if (alone) return lightened(unescaped(bytes, PAYLOAD.length))
    const fields = fieldsOf(bytes.toString())
    return typeof fields.payload === 'string' ? lightened(Buffer.from(fields.payload)) : JSON.stringify(fields)
  } catch {
    return undefined
  }
}

const PAYLOAD = 'payload='
const [PERCENT, PLUS, SPACE] = [0x25, 0x2b, 0x20]

/** What each byte is worth as a digit of an escape; of any other byte, all bits. */
const digit = new Int8Array(256).fill(-1)
for (let i = 0; i < 16; i++)
  for (const sign of i.toString(16) + i.toString(16).toUpperCase()) digit[sign.charCodeAt(0)] = i

const digitAt = (bytes: Buffer, at: number): number => digit[bytes[at] as number] as number

/**
 * A form's value from a byte on. A form of ours is ten kilobytes with two thousand escapes; `decodeURIComponent` takes twice
 * as long. Throws on an escape that is none.
 */
function unescaped(bytes: Buffer, from: number): Buffer {
  let to = from
  for (let at = from; at < bytes.length; at++) {
    let byte = bytes[at] as number
    if (byte === PERCENT) {
      byte = at + 2 < bytes.length ? (digitAt(bytes, at + 1) << 4) | digitAt(bytes, at + 2) : -1
      if (byte < 0) throw new URIError('no escape')
      at += 2
    } else if (byte === PLUS) byte = SPACE
    bytes[to++] = byte
  }
  return bytes.subarray(from, to)
}

export const fieldsOf = (text: string): Body => Object.fromEntries(new URLSearchParams(text))
