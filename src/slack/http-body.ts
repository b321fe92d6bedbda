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

/** What a body says; undefined when it cannot be read. */
export function bodyOf(bytes: Buffer, form: boolean): Body | undefined {
  try {
    const text = bytes.toString()
    if (!form) return object(JSON.parse(text))
    // Interactions have one field alone, and decoding it at once is several times faster than looking for more.
    if (text.startsWith('payload=') && !text.includes('&'))
      return object(JSON.parse(decodeURIComponent(text.slice('payload='.length).replaceAll('+', ' '))))
    const fields = fieldsOf(text)
    return typeof fields.payload === 'string' ? object(JSON.parse(fields.payload)) : fields
  } catch {
    return undefined
  }
}

export const fieldsOf = (text: string): Body => Object.fromEntries(new URLSearchParams(text))

const object = (value: unknown): Body | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Body) : undefined

/**
 * Slack echoes what the bot itself drew: the whole form, the whole message under a button. Nobody reads more of it than
 * which fields a form has, and it would be most of what is handed from thread to thread.
 */
export function lighten(body: Body): Body {
  const { view, message } = body as { view?: { blocks?: unknown }; message?: { blocks?: unknown; bot_id?: unknown } }
  if (Array.isArray(view?.blocks)) view.blocks = view.blocks.map(({ type, block_id }: Body) => ({ type, block_id }))
  if (message?.bot_id !== undefined) delete message.blocks
  return body
}
