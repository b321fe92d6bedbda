import { maySeeAll, unitsOf } from '../core/access.js'
import { currentReviewKind } from '../core/campaign.js'
import { localDate } from '../core/date.js'
import { noTotals } from '../core/progress.js'
import { vi } from '../text/vi.js'
import type { Ctx } from './command.js'
import { commands } from './index.js'
import { menuCard } from './menu.js'
import { statusCard } from './status-card.js'
import type { Block, Card } from './ui.js'

/** The bot's home: the menu, then the whole for those who see it, else one's own units. */
export async function homeCard(ctx: Ctx): Promise<Card> {
  const menu = await menuCard(ctx, commands)
  const blocks: Block[] = [...menu.blocks]
  await ctx.store.read(async (tx) => {
    const campaign = await tx.campaigns.current(ctx.actor.workspaceId)
    if (!campaign) return
    if (maySeeAll(ctx.actor)) {
      const reviews = await tx.reviews.list(campaign.id)
      const kind = currentReviewKind(reviews, localDate(ctx.now, ctx.timeZone))
      const totals = (await tx.progress.totals(campaign.id, kind)) ?? noTotals
      blocks.push({ kind: 'divider' }, { kind: 'heading', text: vi.summary.title(kind) })
      blocks.push({ kind: 'text', text: vi.summary.totals(totals.complete, totals.units, totals.missing) })
    }
    const use = { tx, actor: ctx.actor, now: ctx.now, newId: ctx.newId, timeZone: ctx.timeZone }
    for (const unit of unitsOf(ctx.actor).slice(0, 2)) {
      blocks.push({ kind: 'divider' }, ...(await statusCard(use, campaign, unit)).blocks)
    }
  })
  return { summary: menu.summary, blocks }
}
