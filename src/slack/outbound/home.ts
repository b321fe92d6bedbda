import type { WebClient } from '@slack/web-api'
import { type HomePublisher, SendError } from '../../commands/chat.js'
import { home } from '../render/render.js'
import { call } from './errors.js'

/** Homes through `views.publish` (tier 4: 100 and more a minute). */
export const slackHomes = (client: WebClient): HomePublisher => ({
  drawn: (card) => JSON.stringify(home(card)),
  async publish(accountId, card, viewHash) {
    try {
      const { view } = await call(client, () =>
        client.views.publish({ user_id: accountId, view: home(card), ...(viewHash ? { hash: viewHash } : {}) }),
      )
      return view?.hash ?? null
    } catch (error) {
      // Slack names an account that is no more among the arguments.
      if (error instanceof SendError && error.why === 'refused' && error.message.includes('user_id'))
        throw new SendError('unreachable', error.reason, error.words)
      throw error
    }
  },
})
