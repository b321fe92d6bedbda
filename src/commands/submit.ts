import { z } from 'zod'
import { allow, isOrgOffice, maySpeakFor, unitsOf } from '../core/access.js'
import { type Campaign, criterionOf, submissionNumber } from '../core/campaign.js'
import { UserError } from '../core/errors.js'
import { confirm, refuseState, returnToAuthor, revise, submit, visible, withdraw } from '../core/submission.js'
import { checkContent, type SubmissionDraft } from '../core/submission-content.js'
import { fold } from '../text/index.js'
import { vi } from '../text/vi.js'
import { type Ctx, defineAction, defineForm, type Feature, idSchema, look, write } from './command.js'
import { contentBlocks, criterionLabel, numberOf, outcomeBlocks, partButtons, shown } from './submission-card.js'
import { type FormState, submissionForm, unitsFor } from './submission-form.js'
import { type Block, nothing, type Reply } from './ui.js'

const { submission: t, common } = vi
const one = z.object({ id: idSchema })
const formHidden = z.object({ unit: idSchema.optional(), id: idSchema.optional(), nonce: idSchema.optional() })

/** Hand in, change, withdraw, confirm, return: the life of one submission in the conversation. */
export const submitFeature: Feature = {
  commands: [
    {
      name: 'nop',
      aliases: ['submit', 'nopminhchung', 'minhchung', 'new'],
      isFor: (actor) => unitsOf(actor).length > 0 || isOrgOffice(actor),
      run: (ctx, rest) => look(ctx, async (_use, campaign) => openForm(ctx, prefill(campaign, rest))),
    },
  ],
  actions: [
    defineAction(
      'submission.new',
      z.object({ unit: idSchema.optional(), criterion: z.string().max(8).optional() }),
      (ctx, v) => openForm(ctx, { unitId: v.unit, criterion: v.criterion }),
    ),
    defineAction('submission.open', one, open),
    defineAction('submission.edit', one, edit),
    defineAction('submission.withdraw', one, async (ctx, { id }) => {
      await write(ctx, (use, campaign) => withdraw(use, campaign, id))
      return ctx.inPage ? open(ctx, { id }) : nothing
    }),
    defineAction('submission.confirm', one, async (ctx, { id }) => {
      await write(ctx, (use, campaign) => confirm(use, campaign, id))
      return ctx.inPage ? open(ctx, { id }) : nothing
    }),
    defineAction('submission.return', one, askReason),
  ],
  forms: [
    defineForm('submission', formHidden, take),
    defineForm('submission.return', one, async (ctx, fields, { id }) => {
      const reason = fields.reason ?? ''
      if (reason.trim() === '') return { kind: 'faults', faults: { reason: vi.faults['return.reason_empty']({}, '') } }
      await write(ctx, (use, campaign) => returnToAuthor(use, campaign, id, reason))
      return nothing
    }),
  ],
}

/** `a2 Huấn luyện 25/25 đạt 100%` → criterion a2 and the text; a first word that is no code belongs to the text. */
export function prefill(campaign: Campaign, rest: string): SubmissionDraft {
  const [, word = '', text = ''] = /^(\S+)\s*([\s\S]*)$/.exec(rest.trim()) ?? []
  const code = fold(word)
  return criterionOf(campaign, code) ? { criterion: code, text } : { text: rest.trim() }
}

async function openForm(ctx: Ctx, draft: SubmissionDraft, editing?: FormState['editing']): Promise<Reply> {
  return look(ctx, async ({ tx }, campaign) => {
    const units = await unitsFor(tx, ctx.actor)
    if (units.length === 0) throw new UserError('person.no_unit', {})
    const own = unitsOf(ctx.actor)[0]?.id
    const unitId = units.some((u) => u.id === draft.unitId) ? draft.unitId : units.length > 1 ? own : undefined
    // A form about one unit names it and does not ask again.
    const offered = draft.unitId === unitId && unitId ? units.filter((u) => u.id === unitId) : units
    const { now, timeZone } = ctx
    return {
      kind: 'form',
      form: submissionForm({
        campaign,
        units: offered,
        draft: { ...draft, unitId },
        editing,
        now,
        timeZone,
        nonce: ctx.newId(),
      }),
    }
  })
}

async function take(
  ctx: Ctx,
  fields: Readonly<Record<string, string>>,
  hidden: z.infer<typeof formHidden>,
): Promise<Reply> {
  return write(ctx, async (use, campaign) => {
    const draft: SubmissionDraft = { ...fields, unitId: fields.unit ?? hidden.unit }
    const content = checkContent(draft, campaign, ctx.now, ctx.timeZone)
    const { id, nonce } = hidden
    // "Nộp tiếp" shows a new form in the same view, so that the view's id alone would take it for a repeat.
    const requestKey = ctx.requestKey && `form:${nonce ?? ''}:${ctx.requestKey}`
    const submission = id ? await revise(use, campaign, id, content) : await submit(use, campaign, content, requestKey)
    const number = submissionNumber(campaign, submission.number)
    const criterion = criterionLabel(campaign, submission.criterion)
    return {
      kind: 'page',
      page: {
        title: id ? t.savedTitle : t.receivedTitle,
        blocks: [
          { kind: 'text', text: id ? t.saved(number, criterion) : t.received(number, criterion) },
          { kind: 'note', text: t.receivedNext(maySpeakFor(ctx.actor, submission.unitId)) },
          ...(id
            ? []
            : [{ kind: 'buttons', buttons: [{ label: t.more, action: 'submission.new', value: {} }] } as Block]),
        ],
      },
    }
  })
}

async function open(ctx: Ctx, { id }: { id: string }): Promise<Reply> {
  return look(ctx, async (use, campaign) => {
    const submission = await visible(use, id)
    const s = await shown(use.tx, campaign, submission, ctx.timeZone)
    const part = {
      author: submission.authorId === ctx.actor.person.id,
      leads: maySpeakFor(ctx.actor, submission.unitId),
    }
    const buttons = partButtons(s, part)
    const blocks: Block[] = [
      { kind: 'text', text: t.line(common.stateSign[submission.state], numberOf(s), common.state[submission.state]) },
      { kind: 'note', text: criterionLabel(campaign, submission.criterion) },
      ...contentBlocks(s, Number.POSITIVE_INFINITY),
      ...outcomeBlocks(s),
      ...(buttons.length > 0 ? [{ kind: 'buttons', buttons } as Block] : []),
    ]
    return { kind: 'page', page: { title: numberOf(s), blocks } }
  })
}

async function edit(ctx: Ctx, { id }: { id: string }): Promise<Reply> {
  return look(ctx, async (use) => {
    const s = await visible(use, id)
    allow(s.authorId === ctx.actor.person.id, 'author')
    return openForm(
      ctx,
      {
        unitId: s.unitId,
        criterion: s.criterion,
        text: s.text,
        doneOn: s.doneOn,
        figure: s.figure ?? undefined,
        figureUnit: s.figureUnit ?? undefined,
        links: s.links.join('\n'),
      },
      { id, returned: s.state === 'returned' },
    )
  })
}

async function askReason(ctx: Ctx, { id }: { id: string }): Promise<Reply> {
  return look(ctx, async (use, campaign) => {
    const submission = await visible(use, id)
    allow(maySpeakFor(ctx.actor, submission.unitId), 'confirm')
    if (submission.state !== 'submitted') await refuseState(use, campaign, submission)
    const s = await shown(use.tx, campaign, submission, ctx.timeZone)
    return {
      kind: 'form',
      form: {
        id: 'submission.return',
        title: t.returnTitle,
        submit: t.returnSubmit,
        hidden: { id },
        fields: [
          { kind: 'note', text: t.authorLine(s.authorName, numberOf(s)) },
          {
            kind: 'text',
            id: 'reason',
            label: t.returnReason,
            multiline: true,
            max: 1000,
            hint: t.returnReasonHint,
            placeholder: t.returnReasonPlaceholder,
          },
        ],
      },
    }
  })
}
