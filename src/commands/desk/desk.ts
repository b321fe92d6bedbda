import { z } from 'zod'
import { type Campaign, criterionOf, submissionNumber } from '../../core/campaign/campaign.js'
import { UserError } from '../../core/errors.js'
import { authorize, may } from '../../core/people/access.js'
import type { Unit } from '../../core/people/unit.js'
import { deskChoices, deskView } from '../../core/queries/desk/desk.js'
import { reportingUnits } from '../../core/queries/people/reporting-unit.js'
import { viewSubmission } from '../../core/queries/submission/view.js'
import { accept, returnable, returnToAuthor } from '../../core/submission/decide.js'
import { postpone } from '../../core/submission/postpone.js'
import { fold } from '../../text/index.js'
import type { Rich } from '../../text/rich.js'
import { vi } from '../../text/vi.js'
import { actionOn, formOn, inCampaignOf } from '../campaign-scope.js'
import { type Ctx, defineAction, defineForm, type Feature, idSchema, look, write } from '../command.js'
import { findUnits } from '../parse/unit-finder.js'
import { chooseUnit } from '../progress/status.js'
import { sentence } from '../sentence.js'
import { reasonForm } from '../submission/reason-form.js'
import type { Reply } from '../ui.js'
import { deskCard, manyForm, type Where } from './card.js'

const { desk: t } = vi

const where = z.object({
  unit: idSchema.optional(),
  criterion: z.string().max(8).optional(),
  page: z.number().int().min(0).max(10_000).optional(),
})
const one = z.object({ id: idSchema, seen: idSchema })
type One = z.infer<typeof one>
const here = z.object({ id: idSchema, at: where, seen: idSchema.optional() })
const several = z.object({ at: where, items: z.array(one).min(1).max(10) })
/** All items of a page are of one campaign. */
const firstOf = ({ items }: z.infer<typeof several>): string => items[0]?.id ?? ''

/** The Command Board's desk: what waits for it, oldest first, to be accepted, returned or postponed. */
export const deskFeature: Feature = {
  commands: [
    {
      name: 'duyet',
      aliases: ['review', 'accept', 'queue', 'duyetminhchung', 'choduyet'],
      isFor: (actor) => may(actor, 'submission.accept'),
      run: ask,
    },
  ],
  actions: [
    defineAction('desk', where, (ctx, at) => show(ctx, at)),
    actionOn('desk.accept', one.extend({ at: where }), async (ctx, { at, ...item }) =>
      show(ctx, at, await acceptEach(ctx, [item])),
    ),
    actionOn('desk.later', here, async (ctx, { id, at }) => {
      const number = await write(ctx, async (use, campaign) =>
        submissionNumber(campaign, (await postpone(use, id)).number),
      )
      return show(ctx, at, [t.hasPostponed(number)])
    }),
    actionOn('desk.return', here, askReason),
    defineAction('desk.many', several, (ctx, v) =>
      inCampaignOf(ctx, firstOf(v), (there) =>
        look(there, async (use, campaign) => {
          const ids = v.items.map((i) => i.id)
          return { kind: 'form', form: manyForm(campaign, await deskChoices(use, ids), v) }
        }),
      ),
    ),
  ],
  forms: [
    formOn('desk.return', here, async (ctx, { reason = '' }, { id, at, seen }) => {
      if (reason.trim() === '') return { kind: 'faults', faults: { reason: vi.faults['return.reason_empty']({}, '') } }
      const number = await write(ctx, async (use, campaign) =>
        submissionNumber(campaign, (await returnToAuthor(use, campaign, id, reason, seen)).number),
      )
      return show(ctx, at, [t.returned(number)])
    }),
    defineForm('desk.many', several, async (ctx, { items: ticked = '' }, v) => {
      const chosen = v.items.filter((item) => ticked.split('\n').includes(item.id))
      if (chosen.length === 0) return { kind: 'faults', faults: { items: t.manyNone } }
      return inCampaignOf(ctx, firstOf(v), async (there) => show(there, v.at, await acceptEach(there, chosen)))
    }),
  ],
}

/** `[đơn vị] [a2]` in any order: a criterion's code, and a unit's name. */
async function ask(ctx: Ctx, rest: string): Promise<Reply> {
  const found = await look(ctx, async (use, campaign) => {
    authorize(ctx.actor, 'submission.accept')
    const { criterion, word } = parts(campaign, rest)
    if (word === '') return { criterion, units: [], word }
    const units = findUnits(await reportingUnits(use), word)
    if (units.length === 0) throw new UserError('unit.not_found', { word })
    return { criterion, units, word }
  })
  const at = (unit: Unit | undefined): Where => ({ unit: unit?.id, criterion: found.criterion })
  if (found.units.length > 1)
    return chooseUnit(t.whichUnit(found.word), found.units, (unit) => ({ action: 'desk', value: at(unit) }))
  return show(ctx, at(found.units[0]), [], false)
}

function parts(campaign: Campaign, rest: string): { criterion: string | undefined; word: string } {
  const words = rest.split(/\s+/)
  const code = words.map((w) => fold(w)).find((w) => criterionOf(campaign, w))
  return {
    criterion: code,
    word: words
      .filter((w) => code === undefined || fold(w) !== code)
      .join(' ')
      .trim(),
  }
}

/** Items a page: with their files they fit into one message. */
const PAGE = 5

/** The queue as it is now, under lines on what was just done. */
const show = (ctx: Ctx, at: Where, lines: readonly Rich[] = [], replace = true): Promise<Reply> =>
  look(ctx, async (use, campaign) => {
    const filter = { unitId: at.unit, criterion: at.criterion }
    const view = await deskView(use, campaign, filter, at.page ?? 0, PAGE)
    return { kind: 'card', card: deskCard(campaign, view, at, lines, ctx.timeZone), replace }
  })

/**
 * Accepts each submission on its own, all in one commit. One that changed meanwhile is listed with what happened to it; the
 * others are accepted all the same.
 */
async function acceptEach(ctx: Ctx, items: readonly One[]): Promise<Rich[]> {
  const outcomes = await Promise.allSettled(
    items.map(({ id, seen }) =>
      write(ctx, async (use, campaign) => submissionNumber(campaign, (await accept(use, campaign, id, seen)).number)),
    ),
  )
  const done: string[] = []
  const refused: string[] = []
  for (const outcome of outcomes) {
    if (outcome.status === 'fulfilled') done.push(outcome.value)
    else if (outcome.reason instanceof UserError && outcome.reason.key !== 'access.denied')
      refused.push(sentence(outcome.reason, ctx.timeZone))
    else throw outcome.reason
  }
  return [
    ...(done.length > 0 ? [t.accepted(done)] : []),
    ...(refused.length === 1 && items.length === 1 ? refused : []),
    ...(refused.length > 0 && items.length > 1 ? [[t.refused(refused.length), ...refused].join('\n• ')] : []),
  ]
}

async function askReason(ctx: Ctx, { id, at, seen }: z.infer<typeof here>): Promise<Reply> {
  return look(ctx, async (use, campaign) => {
    authorize(ctx.actor, 'submission.accept')
    const s = await viewSubmission(use.tx, campaign, await returnable(use, campaign, id, seen), ctx.timeZone)
    return { kind: 'form', form: reasonForm(s, 'desk.return', { id, at, seen }) }
  })
}
