import type { WebClient } from '@slack/web-api'
import type { Place, Sender } from '../../commands/chat.js'
import { message } from '../render/render.js'
import { call } from './errors.js'

const EVENT_TYPE = 'thidua_notice'

/** How far back a message is searched for: by count and not by time, since the bot's clock may be wrong or simulated. */
const PAGES = 10
const PAGE = 200

/** Sends through `chat.postMessage` and `chat.update` (scope chat:write); searches the history (im:history). */
export const slackSender = (client: WebClient): Sender => ({
  async post(accountId, card, key): Promise<Place> {
    const sent = await call(client, () =>
      client.chat.postMessage({
        channel: accountId,
        ...message(card),
        unfurl_links: false,
        unfurl_media: false,
        metadata: { event_type: EVENT_TYPE, event_payload: { key } },
      }),
    )
    return { channel: sent.channel as string, ts: sent.ts as string }
  },
  async update(at, card) {
    await call(client, () => client.chat.update({ ...at, ...message(card) }))
  },
  async find(accountId, key) {
    const opened = await call(client, () => client.conversations.open({ users: accountId }))
    const channel = opened.channel?.id
    if (!channel) return undefined
    let cursor: string | undefined
    for (let page = 0; page < PAGES; page++) {
      const history = await call(client, () =>
        client.conversations.history({
          channel,
          include_all_metadata: true,
          limit: PAGE,
          ...(cursor ? { cursor } : {}),
        }),
      )
      const found = history.messages?.find(
        (m) => (m.metadata?.event_payload as { key?: unknown } | undefined)?.key === key,
      )
      if (found?.ts) return { channel, ts: found.ts }
      cursor = history.response_metadata?.next_cursor || undefined
      if (!cursor) return undefined
    }
    return undefined
  },
})
