import { z } from 'zod'
import { ownReminder, snooze, takeBackSnooze } from '../../core/reminder/snooze.js'
import { snoozeWhens } from '../../core/reminder/snooze-time.js'
import { showInstant } from '../../text/index.js'
import { vi } from '../../text/vi.js'
import { block, when } from '../blocks.js'
import { stampedBlocks } from '../campaign-tag.js'
import { type Ctx, defineAction, type Feature, useOf } from '../command.js'
import { type Block, type Button, nothing, type Reply, say } from '../ui.js'
import { isOwed, partsOf } from './part.js'
import { openPreferences } from './preference.js'
import { unitLine } from './unit.js'

const { reminder: t, common } = vi

/** What follows the person's own id in the key of one of their reminders. */
export const suffix = z.string().min(1).max(120)
const page = z.number().int().min(0).max(1000)

/** What a reminder offers as a whole: to come again later, and the units that found no room in it. */
export const snoozeFeature: Feature = {
  actions: [
    defineAction('reminder.snooze', z.object({ k: suffix, w: z.enum([...snoozeWhens, 'wish']) }), async (ctx, v) => {
      const { k, w } = v
      if (w === 'wish') return openPreferences(ctx)
      const { at, isAsked } = await ctx.store.write((tx) => snooze(useOf(ctx, tx), k, w))
      // The message says it by itself; only what was not asked for is told besides.
      return isAsked ? nothing : say(t.snoozedOtherwise(showInstant(at, ctx.timeZone)))
    }),
    defineAction('reminder.snooze_back', z.unknown(), async (ctx) => {
      await ctx.store.write((tx) => takeBackSnooze(useOf(ctx, tx)))
      return nothing
    }),
    defineAction('reminder.units', z.object({ k: suffix, page }), showUnits),
  ],
}

/** Blocks of the page besides its units. */
const OTHER_BLOCKS = 10

function showUnits(ctx: Ctx, v: { k: string; page: number }): Promise<Reply> {
  const perPage = ctx.limits.viewBlocks - OTHER_BLOCKS
  return ctx.store.read(async (tx) => {
    const { workspaceId, person } = ctx.actor
    const { items } = await ownReminder(useOf(ctx, tx), v.k)
    const owed = (await partsOf(tx, { workspaceId, personId: person.id }, items)).filter(isOwed)
    const shown = owed.slice(v.page * perPage, (v.page + 1) * perPage)
    const turn = (label: string, to: number): Button => ({
      label,
      action: 'reminder.units',
      value: { k: v.k, page: to },
    })
    const turns = [
      ...(v.page > 0 ? [turn(common.previous, v.page - 1)] : []),
      ...(owed.length > (v.page + 1) * perPage ? [turn(common.next, v.page + 1)] : []),
    ]
    const missing = owed.reduce((n, p) => n + p.missing.length, 0)
    const blocks: Block[] = [
      block.text(owed.length > 0 ? t.unitsTitle(owed.length, missing) : t.doneSummary),
      ...shown.flatMap((p) => stampedBlocks(p.campaign.id, [unitLine(p)])),
      ...when(turns.length > 0, () => block.buttons(turns)),
    ]
    return { kind: 'page', page: { title: t.unitsPage, blocks } }
  })
}
