import { z } from 'zod'
import { ownPartsOwed } from '../../core/queries/reminder/parts.js'
import { cancelSnooze, snooze } from '../../core/reminder/snooze.js'
import { snoozeWhens } from '../../core/reminder/snooze-time.js'
import { showInstant } from '../../text/index.js'
import { vi } from '../../text/vi.js'
import { type Ctx, defineAction, type Feature, useOf } from '../command.js'
import { nothing, type Reply, say } from '../ui.js'
import { openPreferences } from './preference.js'
import { unitsPage } from './units-page.js'

const { reminder: t } = vi

/** What follows the person's own id in the key of one of their reminders. */
export const suffix = z.string().min(1).max(120)
const page = z.number().int().min(0).max(1000)

/** Snoozes a reminder, and opens the list of all its units. */
export const snoozeFeature: Feature = {
  actions: [
    defineAction('reminder.snooze', z.object({ k: suffix, w: z.enum([...snoozeWhens, 'wish']) }), async (ctx, v) => {
      const { k, w } = v
      if (w === 'wish') return openPreferences(ctx)
      const { at, isRequested } = await ctx.store.write((tx) => snooze(useOf(ctx, tx), k, w))
      // The message itself is updated with the time; only a time other than the requested one needs a reply.
      return isRequested ? nothing : say(t.snoozedOtherwise(showInstant(at, ctx.timeZone)))
    }),
    defineAction('reminder.snooze_back', z.unknown(), async (ctx) => {
      await ctx.store.write((tx) => cancelSnooze(useOf(ctx, tx)))
      return nothing
    }),
    defineAction('reminder.units', z.object({ k: suffix, page }), showUnits),
  ],
}

/** Blocks of the page other than units. */
const OTHER_BLOCKS = 10

async function showUnits(ctx: Ctx, { k, page }: { k: string; page: number }): Promise<Reply> {
  const owed = await ctx.store.read((tx) => ownPartsOwed(useOf(ctx, tx), k))
  return { kind: 'page', page: unitsPage(owed, k, page, ctx.limits.viewBlocks - OTHER_BLOCKS) }
}
