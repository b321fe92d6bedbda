import { createHmac, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

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

/** What a body says; undefined when it cannot be read. It is decoded in place: `bytes` are spent afterwards. */
export function bodyOf(bytes: Buffer, form: boolean): Body | undefined {
  try {
    if (!form) return object(JSON.parse(bytes.toString()))
    // Interactions have one field alone, and decoding it at once is several times faster than looking for more.
    const alone = bytes.toString('latin1', 0, PAYLOAD.length) === PAYLOAD && !bytes.includes('&')
    if (alone) return object(JSON.parse(unescaped(bytes, PAYLOAD.length)))
    const fields = fieldsOf(bytes.toString())
    return typeof fields.payload === 'string' ? object(JSON.parse(fields.payload)) : fields
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
 * as long, and a text of plain ASCII is read and parsed faster still. Throws on an escape that is none.
 */
function unescaped(bytes: Buffer, from: number): string {
  let [to, seen] = [from, 0]
  for (let at = from; at < bytes.length; at++) {
    let byte = bytes[at] as number
    if (byte === PERCENT) {
      byte = at + 2 < bytes.length ? (digitAt(bytes, at + 1) << 4) | digitAt(bytes, at + 2) : -1
      if (byte < 0) throw new URIError('no escape')
      at += 2
    } else if (byte === PLUS) byte = SPACE
    seen |= byte
    bytes[to++] = byte
  }
  return bytes.toString(seen < 0x80 ? 'latin1' : 'utf8', from, to)
}

export const fieldsOf = (text: string): Body => Object.fromEntries(new URLSearchParams(text))

const object = (value: unknown): Body | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Body) : undefined

/**
 * Slack echoes what the bot itself drew: the whole form, the whole message under a button. Nobody reads more of it than
 * what was typed, what was hidden and which fields a form has, and it would be most of what is handed from thread to thread.
 */
export function lighten(body: Body): Body {
  const { view, message } = body as { view?: Body; message?: { blocks?: unknown; bot_id?: unknown } }
  if (Array.isArray(view?.blocks)) {
    const { id, type, hash, callback_id, private_metadata, previous_view_id, state } = view
    const blocks = view.blocks.map((block: Body) => ({ type: block.type, block_id: block.block_id }))
    body.view = { id, type, hash, callback_id, private_metadata, previous_view_id, blocks, state }
  }
  if (message?.bot_id !== undefined) delete message.blocks
  return body
}
