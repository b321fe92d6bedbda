import { z } from 'zod'
import { type Campaign, criterionOf, submissionNumber } from '../../core/campaign/campaign.js'
import { UserError } from '../../core/errors.js'
import { authorize, may } from '../../core/people/access.js'
import type { Unit } from '../../core/people/unit.js'
import { campaignById } from '../../core/queries/campaign/scope.js'
import { deskChoices, deskView } from '../../core/queries/desk/desk.js'
import { reportingUnits } from '../../core/queries/people/reporting-unit.js'
import { submissionInCampaign, viewSubmission } from '../../core/queries/submission/view.js'
import { accept, returnable, returnToAuthor } from '../../core/submission/decide.js'
import { acceptAll } from '../../core/submission/decide-many.js'
import { postpone } from '../../core/submission/postpone.js'
import { fold } from '../../text/index.js'
import type { Rich } from '../../text/rich.js'
import { vi } from '../../text/vi.js'
import { inCampaign, inOwnCampaign, onSubmission } from '../campaign-scope.js'
import { type Ctx, defineAction, defineForm, type Feature, idSchema, read, useOf, write } from '../command.js'
import { findUnits } from '../parse/unit-finder.js'
import { chooseUnit } from '../progress/status.js'
import { sentence } from '../sentence.js'
import { numberOf } from '../submission/card.js'
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
    defineAction('desk.accept', one.extend({ at: where }), (ctx, { at, ...item }) => acceptEach(ctx, at, [item])),
    defineAction('desk.later', here, (ctx, { id, at }) =>
      onSubmission(
        ctx,
        'write',
        id,
        async (use, of) => numberOf({ ...of, submission: await postpone(use, of.submission) }),
        (number, there) => show(there, at, [t.hasPostponed(number)]),
      ),
    ),
    defineAction('desk.return', here, askReason),
    defineAction('desk.many', several, askMany),
    defineAction('desk.unit', z.object({ unit: idSchema, upTo: idSchema }), async (ctx, { unit, upTo }) => {
      const { numbers, later } = await write(ctx, async (use, campaign) => {
        const { done, later } = await acceptAll(use, campaign, unit, upTo)
        return { numbers: done.map((s) => submissionNumber(campaign, s.number)), later: later.length }
      })
      const lines = [
        ...(numbers.length > 0 ? [t.acceptedUnit(numbers.slice(0, NAMED), Math.max(0, numbers.length - NAMED))] : []),
        ...(later > 0 ? [t.later(later)] : []),
      ]
      return show(ctx, { unit }, lines)
    }),
  ],
  forms: [
    defineForm('desk.return', here, async (ctx, { reason = '' }, { id, at, seen }) => {
      if (reason.trim() === '') return { kind: 'faults', faults: { reason: vi.faults['return.reason_empty']({}, '') } }
      return onSubmission(
        ctx,
        'write',
        id,
        async (use, { submission, campaign }) =>
          numberOf({ campaign, submission: await returnToAuthor(use, campaign, submission, reason, seen) }),
        (number, there) => show(there, at, [t.returned(number)]),
      )
    }),
    defineForm('desk.many', several, async (ctx, { items: ticked = '' }, v) => {
      const chosen = v.items.filter((item) => ticked.split('\n').includes(item.id))
      return chosen.length > 0 ? acceptEach(ctx, v.at, chosen) : { kind: 'faults', faults: { items: t.manyNone } }
    }),
  ],
}

/** `[đơn vị] [a2]` in any order: a criterion's code, and a unit's name. */
async function ask(ctx: Ctx, rest: string): Promise<Reply> {
  const found = await read(ctx, async (use, campaign) => {
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

/** Submissions named in one line. */
const NAMED = 20

/** Items a page: with their files they fit into one message. */
const PAGE = 5

/** The queue as it is now, under lines on what was just done. */
const show = (ctx: Ctx, at: Where, lines: readonly Rich[] = [], replace = true): Promise<Reply> =>
  read(ctx, async (use, campaign) => {
    const filter = { unitId: at.unit, criterion: at.criterion }
    const view = await deskView(use, campaign, filter, at.page ?? 0, PAGE)
    return { kind: 'card', card: deskCard(campaign, view, at, lines, ctx.timeZone), replace }
  })

/**
 * Accepts each submission independently, all in one commit, and shows the queue. Submissions that have changed in the
 * meantime are listed with their current state; the others are still accepted.
 */
async function acceptEach(ctx: Ctx, at: Where, items: readonly One[]): Promise<Reply> {
  // All items of a page are of one campaign: an item of another one than the first is refused.
  const scope: { campaign?: Campaign } = {}
  const outcomes = await Promise.allSettled(
    items.map(({ id, seen }) =>
      ctx.store.write(async (tx) => {
        const use = useOf(ctx, tx)
        const of = await submissionInCampaign(use, id)
        scope.campaign ??= of.campaign
        const submission = await accept(use, scope.campaign, of.submission, seen)
        return numberOf({ campaign: scope.campaign, submission })
      }),
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
  const lines = [
    ...(done.length > 0 ? [t.accepted(done)] : []),
    ...(refused.length === 1 && items.length === 1 ? refused : []),
    ...(refused.length > 0 && items.length > 1 ? [[t.refused(refused.length), ...refused].join('\n• ')] : []),
  ]
  const { campaign } = scope
  return campaign ? inCampaign(ctx, campaign.id, (there) => show(there, at, lines)) : show(ctx, at, lines)
}

/** The form that lists the submissions of a page, to accept the ticked ones. */
function askMany(ctx: Ctx, v: z.infer<typeof several>): Promise<Reply> {
  return inOwnCampaign(
    ctx,
    'read',
    async (use) => {
      const choices = await deskChoices(
        use,
        v.items.map((i) => i.id),
      )
      // All items of a page are of one campaign.
      return { choices, campaign: await campaignById(use, choices[0]?.submission.campaignId ?? ctx.campaignId) }
    },
    ({ choices, campaign }) => ({ kind: 'form', form: manyForm(campaign, choices, v) }),
  )
}

function askReason(ctx: Ctx, { id, at, seen }: z.infer<typeof here>): Promise<Reply> {
  return onSubmission(
    ctx,
    'read',
    id,
    async (use, { submission, campaign }) => {
      authorize(ctx.actor, 'submission.accept')
      return viewSubmission(use.tx, campaign, await returnable(use, campaign, submission, seen), ctx.timeZone)
    },
    (view) => ({ kind: 'form', form: reasonForm(view, 'desk.return', { id, at, seen }) }),
  )
}
