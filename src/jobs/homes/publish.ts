import { type HomeRenderer, SendError } from '../../commands/chat.js'
import { homeNote } from '../../commands/home/home.js'
import type { Card } from '../../commands/ui.js'
import type { Clock, Store } from '../../core/ports.js'

export interface HomeOptions {
  store: Store
  workspaceId: string
  platform: string
  clock: Clock
  timeZone: string
  /**
   * Renders the home of an account. If the person opened it (`requested`), always resolves with a card; otherwise with
   * undefined when it cannot be rendered, and the home stays as it is.
   */
  draw: (accountId: string, requested: boolean) => Promise<Card | undefined>
  /** Renders a card for the chat. */
  render: HomeRenderer
  /** A hash of the text. */
  digest: (text: string) => string
}

/** Retries after a conflict with another update; after that the home is overwritten. */
const CONFLICTS = 2

/**
 * Renders and publishes a home: always if it was requested, otherwise only if it differs from the last published one.
 * The digest is stored afterwards; a process that dies in between publishes the same home again, which is harmless.
 * Resolves with whether it was published. Throws SendError.
 */
export async function publishIfChanged(d: HomeOptions, accountId: string, requested: boolean): Promise<boolean> {
  const ref = { workspaceId: d.workspaceId, platform: d.platform, externalId: accountId }
  for (let conflicts = 0; ; conflicts++) {
    const card = await d.draw(accountId, requested)
    if (!card) return false
    const home = d.render(card)
    const digest = d.digest(home.text)
    const known = await d.store.read((tx) => tx.homes.byAccount(ref))
    if (!requested && known?.digest === digest) return false
    try {
      const over = conflicts < CONFLICTS ? (known?.viewHash ?? null) : null
      const viewHash = await home.publish(accountId, homeNote(d.clock(), d.timeZone), over)
      await d.store.write(async (tx) => {
        if (requested) await tx.homes.opened(ref, new Date())
        await tx.homes.published(ref, { digest, viewHash }, new Date())
      })
      return true
    } catch (error) {
      if (!(error instanceof SendError && error.why === 'conflict')) throw error
    }
  }
}
