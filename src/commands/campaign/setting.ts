import { z } from 'zod'
import { changeSetting } from '../../core/campaign/change-setting.js'
import { settingsOf } from '../../core/campaign/read-settings.js'
import { type Settings, settingNames } from '../../core/campaign/setting.js'
import { authorize, may } from '../../core/people/access.js'
import type { Rich } from '../../text/rich.js'
import { vi } from '../../text/vi.js'
import { block } from '../blocks.js'
import { type Ctx, defineAction, type Feature, useOf } from '../command.js'
import type { Card, Reply } from '../ui.js'

const { setting: t } = vi
const change = z.object({ name: z.enum(settingNames), value: z.boolean() })

/** Shows and changes the settings of the workspace. Needs no campaign. */
export const settingFeature: Feature = {
  commands: [
    {
      name: 'caidat',
      aliases: ['settings', 'setting', 'thietlap', 'cauhinh'],
      isFor: (actor) => may(actor, 'settings.change'),
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

async function show(ctx: Ctx, notes: readonly Rich[], replace: boolean): Promise<Reply> {
  authorize(ctx.actor, 'settings.change')
  const settings = await ctx.store.read((tx) => settingsOf(tx, ctx.actor.workspaceId))
  return { kind: 'card', card: settingsCard(settings, notes), replace }
}

/** Lists the settings, each with a button that changes it. `notes`: what was just done. */
const settingsCard = (settings: Readonly<Settings>, notes: readonly Rich[]): Card => ({
  summary: t.title,
  blocks: [
    ...notes.map((text) => block.text(text)),
    block.heading(t.title),
    ...settingNames.map((name) => {
      const value = !settings[name]
      const label = t.all[name].make(value)
      const ask = { title: t.all[name].title, text: t.ask(name, value), yes: label, no: vi.common.cancel }
      const buttons = [{ label, action: 'setting', value: { name, value }, ask }]
      return block.item(t.line(name, settings[name]), buttons)
    }),
    block.note(t.note),
  ],
})
