import { type HomePublisher, SendError } from '../../commands/chat.js'
import { stampHome } from '../../commands/home/home.js'
import type { Card } from '../../commands/ui.js'
import type { Clock, Store } from '../../core/ports.js'

export interface HomeDrawing {
  store: Store
  workspaceId: string
  platform: string
  clock: Clock
  timeZone: string
  /**
   * The home of an account. `asked`: the person opened it, and gets a card whatever happens; else undefined where it cannot
   * be drawn, so that what stands there stays.
   */
  draw: (accountId: string, asked: boolean) => Promise<Card | undefined>
  publisher: HomePublisher
  /** A short text that two texts share only when they are the same. */
  digest: (text: string) => string
}

/** So often a home that was replaced meanwhile is drawn anew; then it is shown whatever stands there. */
const CONFLICTS = 2

/**
 * Draws a home and shows it: always to one who asked, else only when it looks different from what was shown last. The row
 * is written after, so that a process that dies in between shows the same once more and no harm is done.
 * Gives whether it was shown. Throws SendError.
 */
export async function drawHome(d: HomeDrawing, accountId: string, asked: boolean): Promise<boolean> {
  const ref = { workspaceId: d.workspaceId, platform: d.platform, externalId: accountId }
  for (let conflicts = 0; ; conflicts++) {
    const card = await d.draw(accountId, asked)
    if (!card) return false
    const digest = d.digest(d.publisher.drawn(card))
    const known = await d.store.read((tx) => tx.homes.byAccount(ref))
    if (!asked && known?.digest === digest) return false
    try {
      const stamped = stampHome(card, d.clock(), d.timeZone)
      const over = conflicts < CONFLICTS ? (known?.viewHash ?? null) : null
      const viewHash = await d.publisher.publish(accountId, stamped, over)
      await d.store.write(async (tx) => {
        if (asked) await tx.homes.opened(ref, new Date())
        await tx.homes.published(ref, { digest, viewHash }, new Date())
      })
      return true
    } catch (error) {
      if (!(error instanceof SendError && error.why === 'conflict')) throw error
    }
  }
}
