import type { WebClient } from '@slack/web-api'
import type { Respond } from './reply.js'

export interface RespondOptions {
  client: WebClient
  /** How long the response_url may be silent, in ms. */
  timeoutMs: number
  report: (what: string, error: unknown) => void
}

/** An answer that failed is sent once more after this. */
const AGAIN_MS = 500

/**
 * Answers a person through a response_url (docs.slack.dev, "Handling user interaction"), and with a direct message when that
 * is silent, used up, or fails twice: the person who pressed a button gets an answer. Never throws.
 */
export function responder(url: string, accountId: string, { client, timeoutMs, report }: RespondOptions): Respond {
  async function post(body: Record<string, unknown>): Promise<void> {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(timeoutMs),
    })
    await response.body?.cancel()
    if (!response.ok) throw new Error(`response_url answered ${response.status}`)
  }
  return async (body) => {
    try {
      await post(body).catch(async (error: unknown) => {
        // The answer may have arrived, and a second wait would be longer than anybody's patience.
        if (isTimeout(error)) throw error
        await new Promise((done) => setTimeout(done, AGAIN_MS))
        return post(body)
      })
    } catch (error) {
      // Without the error itself, which may contain the address.
      report('respond', new Error(error instanceof Error ? `${error.name}: ${error.message}` : String(error)))
      const { text, blocks } = body as { text: string; blocks?: never[] }
      await client.chat
        .postMessage({ channel: accountId, text, ...(blocks ? { blocks } : {}) })
        .catch((failed: unknown) => report('respond', failed))
    }
  }
}

const isTimeout = (error: unknown): boolean => error instanceof Error && error.name === 'TimeoutError'
