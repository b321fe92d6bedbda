import type { WebClient } from '@slack/web-api'
import { block } from '../../commands/blocks.js'
import { type HomeRenderer, SendError } from '../../commands/chat.js'
import { slackLimits } from '../limits.js'
import { slackBlocks } from '../render/blocks.js'
import { home } from '../render/render.js'
import { call } from './errors.js'

/** Homes through `views.publish`. */
export const slackHomes =
  (client: WebClient): HomeRenderer =>
  (card) => {
    const rendered = home(card)
    return {
      text: JSON.stringify(rendered),
      async publish(accountId, note, viewHash) {
        const blocks = rendered.blocks.slice(0, slackLimits.viewBlocks - 1)
        const view = { ...rendered, blocks: [...blocks, ...slackBlocks([block.note(note)], 'view')] }
        const hash = viewHash ? { hash: viewHash } : {}
        try {
          const published = await call(client, () => client.views.publish({ user_id: accountId, view, ...hash }))
          return published.view?.hash ?? null
        } catch (error) {
          // For an account that no longer exists Slack reports the argument `user_id` as invalid.
          if (error instanceof SendError && error.why === 'refused' && error.message.includes('user_id'))
            throw new SendError('unreachable', error.reason, error.words)
          throw error
        }
      },
    }
  }
