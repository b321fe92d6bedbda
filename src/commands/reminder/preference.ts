import { addDays, localDate } from '../../core/date.js'
import { authorize } from '../../core/people/access.js'
import { ownPreference } from '../../core/queries/reminder/own-preference.js'
import { setPreference } from '../../core/reminder/set-preference.js'
import { vi } from '../../text/vi.js'
import { type Ctx, defineAction, defineForm, type Feature, nothingSchema, read, write } from '../command.js'
import type { Button, Reply } from '../ui.js'
import { hasEarlyRungs, preferenceForm, preferencePage } from './preference-form.js'

/** Opens the form in which a leader chooses when, and how early, they are reminded. */
export const preferenceButton: Button = { label: vi.preference.button, action: 'reminder.wish' }

/** How a leader prefers to be reminded: at which hour, and whether early. */
export const preferenceFeature: Feature = {
  actions: [defineAction('reminder.wish', nothingSchema, openPreferences)],
  forms: [
    defineForm('reminder.wish', nothingSchema, async (ctx, fields) => {
      const { isChanged, preference, ladder } = await write(ctx, async (use, { ladder }) => {
        const before = await ownPreference(use)
        // Without early rungs the form has no box for them: the earlier choice is kept for a plan that has some.
        const early = hasEarlyRungs(ladder) ? fields.early === 'yes' : (before?.early ?? true)
        const isChanged = await setPreference(use, ladder, { at: fields.at ?? '', early })
        return { isChanged, preference: await ownPreference(use), ladder }
      })
      const today = localDate(ctx.now, ctx.timeZone)
      return { kind: 'page', page: preferencePage(preference, ladder, isChanged, [today, addDays(today, 1)]) }
    }),
  ],
}

/** Throws `access.denied` for a person who leads no unit. */
export async function openPreferences(ctx: Ctx): Promise<Reply> {
  authorize(ctx.actor, 'preference.set')
  const { preference, ladder } = await read(ctx, async (use, { ladder }) => ({
    preference: await ownPreference(use),
    ladder,
  }))
  return { kind: 'form', form: preferenceForm(preference, ladder) }
}
