import type { Ladder } from '../../core/campaign/campaign.js'
import { addDays, localDate } from '../../core/date.js'
import { allow, maySetOwnReminders } from '../../core/people/access.js'
import { hourChoices, hourOn } from '../../core/reminder/preference.js'
import { setWish } from '../../core/reminder/set-preference.js'
import { vi } from '../../text/vi.js'
import { block, when } from '../blocks.js'
import { type Ctx, defineAction, defineForm, type Feature, look, nothingSchema, write } from '../command.js'
import type { Block, Button, Reply } from '../ui.js'

const { preference: t } = vi

/** Opens the form in which one who leads a unit says when, and how early, they wish to be reminded. */
export const preferenceButton: Button = { label: t.button, action: 'reminder.wish' }

/** A head's own wishes: the hour, and the early rungs. */
export const preferenceFeature: Feature = {
  actions: [defineAction('reminder.wish', nothingSchema, openPreferences)],
  forms: [
    defineForm('reminder.wish', nothingSchema, async (ctx, fields) => {
      const saved = await write(ctx, async (use, { ladder }) => {
        const own = await use.tx.wishes.ofPerson(ctx.actor.workspaceId, ctx.actor.person.id)
        // Without early rungs there was nothing to tick: what was wished before stays for a plan that has some.
        const early = hasEarly(ladder) ? fields.early === 'yes' : (own?.early ?? true)
        return setWish(use, ladder, { at: fields.at ?? '', early })
      })
      return { kind: 'page', page: { title: t.title, blocks: await savedBlocks(ctx, saved) } }
    }),
  ],
}

const hasEarly = ({ workingDaysBefore }: Ladder): boolean => workingDaysBefore.length > 1

/** Throws `access.denied` for one who leads no unit. */
export function openPreferences(ctx: Ctx): Promise<Reply> {
  allow(maySetOwnReminders(ctx.actor), 'wish')
  return look(ctx, async ({ tx }, { ladder }) => {
    const wish = await tx.wishes.ofPerson(ctx.actor.workspaceId, ctx.actor.person.id)
    const options = hourChoices(ladder).map((value) => ({
      value,
      label: value === ladder.at ? t.usual(value) : value,
    }))
    return {
      kind: 'form',
      form: {
        id: 'reminder.wish',
        title: t.title,
        submit: t.submit,
        fields: [
          {
            kind: 'choice',
            id: 'at',
            label: t.hour,
            hint: t.hourHint,
            groups: [{ label: t.hour, options }],
            // What counts from tomorrow on, where that is still to come.
            value: hourOn(wish, wish?.atFrom ?? '', ladder),
          },
          ...(hasEarly(ladder)
            ? [
                {
                  kind: 'checks' as const,
                  id: 'early',
                  label: t.early,
                  optional: true,
                  options: [{ value: 'yes', label: t.earlyOption(ladder) }],
                  values: wish?.early === false ? [] : ['yes'],
                },
              ]
            : []),
          block.note(t.always(ladder)),
        ],
      },
    }
  })
}

function savedBlocks(ctx: Ctx, saved: boolean): Promise<Block[]> {
  return look(ctx, async ({ tx }, { ladder }) => {
    const wish = await tx.wishes.ofPerson(ctx.actor.workspaceId, ctx.actor.person.id)
    const today = localDate(ctx.now, ctx.timeZone)
    const [now, then] = [hourOn(wish, today, ladder), hourOn(wish, addDays(today, 1), ladder)]
    return [
      block.text(saved ? t.saved : t.same),
      block.text(t.now(then, ladder, wish?.early ?? true)),
      ...when(now !== then, () => block.note(t.from(addDays(today, 1), now))),
    ]
  })
}
