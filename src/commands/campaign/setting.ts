import { z } from 'zod'
import { changeSetting } from '../../core/campaign/change-setting.js'
import { settingsOf } from '../../core/campaign/read-settings.js'
import { settingNames } from '../../core/campaign/setting.js'
import { allow, maySetSettings } from '../../core/people/access.js'
import type { Rich } from '../../text/rich.js'
import { vi } from '../../text/vi.js'
import { block } from '../blocks.js'
import { type Ctx, defineAction, type Feature, useOf } from '../command.js'
import type { Block, Reply } from '../ui.js'

const { setting: t } = vi
const change = z.object({ name: z.enum(settingNames), value: z.boolean() })

/** What a workspace decides for itself, with a button each. Needs no campaign. */
export const settingFeature: Feature = {
  commands: [
    {
      name: 'caidat',
      aliases: ['settings', 'setting', 'thietlap', 'cauhinh'],
      isFor: maySetSettings,
      run: (ctx) => show(ctx, [], false),
    },
  ],
  actions: [
    defineAction('setting', change, async (ctx, { name, value }) => {
      const changed = await ctx.store.write((tx) => changeSetting(useOf(ctx, tx), name, value))
      return show(ctx, [changed ? t.changed(name, value) : t.unchanged], true)
    }),
  ],
}

async function show(ctx: Ctx, lines: readonly Rich[], replace: boolean): Promise<Reply> {
  allow(maySetSettings(ctx.actor), 'settings')
  const settings = await ctx.store.read((tx) => settingsOf(tx, ctx.actor.workspaceId))
  const blocks: Block[] = [
    ...lines.map((text) => block.text(text)),
    block.heading(t.title),
    ...settingNames.map((name): Block => {
      const to = !settings[name]
      const buttons = [{ label: t.all[name].make(to), action: 'setting', value: { name, value: to } }]
      return block.item(t.line(name, settings[name]), buttons)
    }),
    block.note(t.note),
  ]
  return { kind: 'card', card: { summary: t.title, blocks }, replace }
}
