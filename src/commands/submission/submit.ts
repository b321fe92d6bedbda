import { z } from 'zod'
import { attach, checkedWith } from '../../core/attachment/attach.js'
import { bring, layBeside } from '../../core/attachment/drop-files.js'
import type { Campaign } from '../../core/campaign/campaign.js'
import { settingsOf } from '../../core/campaign/read-settings.js'
import { isOrgOffice, mayAccept, mayAttachTo, maySpeakFor, unitsOf } from '../../core/people/access.js'
import { viewSubmission } from '../../core/queries/submission-view.js'
import { checkContent, type SubmissionDraft } from '../../core/submission/content.js'
import {
  accept,
  confirm,
  own,
  refuseState,
  returnable,
  returnToAuthor,
  revise,
  submit,
  submitForm,
  visible,
  withdraw,
  withdrawn,
} from '../../core/submission/decide.js'
import { coach } from '../../core/submission/hint.js'
import { closeDraft, draftsOf } from '../../core/submission/keep-draft.js'
import { mayBecome } from '../../core/submission/state.js'
import type { Submission } from '../../core/submission/submission.js'
import type { UseCase } from '../../core/use-case.js'
import { vi } from '../../text/vi.js'
import { countBlocks, showButtons } from '../attachment/card.js'
import { block, when } from '../blocks.js'
import { actionOn, formOn, inCampaignOf } from '../campaign-scope.js'
import { type Ctx, defineAction, defineForm, type Feature, filesIn, idSchema, look, write } from '../command.js'
import { type Block, type Button, nothing, type Reply } from '../ui.js'
import {
  behalfBlocks,
  contentBlocks,
  criterionLabel,
  numberOf,
  outcomeBlocks,
  ownButtons,
  partButtons,
} from './card.js'
import { type FormHidden, formHidden, keep } from './draft.js'
import { draftOf, formReply, openForm, prefill, takeUp } from './open.js'
import { reasonForm } from './reason-form.js'

const { submission: t, common } = vi
const one = z.object({ id: idSchema })
/** `seen`: the writing that stood above the button; a button of an older message does not say. */
const decision = one.extend({ seen: idSchema.optional() })

/** Hand in, change, withdraw, confirm, return: the life of one submission in the conversation. */
export const submitFeature: Feature = {
  commands: [
    {
      name: 'nop',
      aliases: ['submit', 'nopminhchung', 'minhchung', 'new'],
      isFor: (actor) => unitsOf(actor).length > 0 || isOrgOffice(actor),
      run: (ctx, rest) =>
        rest.trim() === ''
          ? openNew(ctx, {})
          : look(ctx, async (use, campaign) => formReply(use, campaign, prefill(campaign, rest))),
    },
  ],
  actions: [
    defineAction(
      'submission.new',
      z.object({
        unit: idSchema.optional(),
        criterion: z.string().max(8).optional(),
        fresh: z.boolean().optional(),
      }),
      (ctx, v) => (v.criterion && !v.fresh ? openNew(ctx, v) : openForm(ctx, { unitId: v.unit })),
    ),
    actionOn('submission.open', one, openSubmission),
    actionOn('submission.edit', one, edit),
    actionOn('submission.again', one, again),
    actionOn('submission.withdraw', one, async (ctx, { id }) => {
      await write(ctx, (use, campaign) => withdraw(use, campaign, id))
      return ctx.inPage ? openSubmission(ctx, { id }) : nothing
    }),
    actionOn('submission.confirm', decision, async (ctx, { id, seen }) => {
      await write(ctx, (use, campaign) => confirm(use, campaign, id, seen))
      return ctx.inPage ? openSubmission(ctx, { id }) : nothing
    }),
    actionOn('submission.accept', one.extend({ seen: idSchema }), async (ctx, { id, seen }) => {
      await write(ctx, (use, campaign) => accept(use, campaign, id, seen))
      return ctx.inPage ? openSubmission(ctx, { id }) : nothing
    }),
    actionOn('submission.return', decision, askReason),
  ],
  forms: [
    defineForm(
      'submission',
      formHidden,
      (ctx, fields, v) => (v.id ? inCampaignOf(ctx, v.id, (there) => take(there, fields, v)) : take(ctx, fields, v)),
      keep,
    ),
    formOn('submission.return', decision, async (ctx, fields, { id, seen }) => {
      const reason = fields.reason ?? ''
      if (reason.trim() === '') return { kind: 'faults', faults: { reason: vi.faults['return.reason_empty']({}, '') } }
      await write(ctx, (use, campaign) => returnToAuthor(use, campaign, id, reason, seen))
      return nothing
    }),
  ],
}

/** The form for something new; what was left unsent about the same, or about anything, is taken up again. */
async function openNew(ctx: Ctx, about: { unit?: string; criterion?: string }): Promise<Reply> {
  const drafts = await look(ctx, draftsOf)
  const draft = drafts.find(
    ({ content }) =>
      (!about.criterion || about.criterion === content.criterion) &&
      (!about.unit || !content.unitId || about.unit === content.unitId),
  )
  return draft ? takeUp(ctx, draft) : openForm(ctx, { unitId: about.unit, criterion: about.criterion })
}

async function take(ctx: Ctx, fields: Readonly<Record<string, string>>, hidden: FormHidden): Promise<Reply> {
  return write(ctx, async (use, campaign) => {
    const { criterion, text, doneOn, figure, figureUnit, links } = fields
    const unitId = fields.unit ?? hidden.unit
    const draft: SubmissionDraft = { unitId, criterion, text, doneOn, figure, figureUnit, links }
    const { files, field } = filesIn(ctx)
    const content = checkedWith(() => checkContent(draft, campaign, ctx.now, ctx.timeZone), files, field)
    const { id, nonce } = hidden
    if (id) {
      const revised = await revise(use, campaign, id, content, nonce)
      await attach(use, revised, files, field)
      return receipt(use, campaign, revised, true, files.length > 0)
    }
    const hint = hidden.hinted ? null : coach(content)
    if (hint && (await settingsOf(use.tx, ctx.actor.workspaceId)).coach) {
      if (nonce && files.length > 0) await layBeside(use, nonce, files, field)
      const drop = hidden.drop || files.length > 0 ? nonce : undefined
      return formReply(use, campaign, draft, { anyUnit: !hidden.unit, nonce, hint, hinted: true, drop })
    }
    const { requestKey } = ctx
    const submission = await (nonce
      ? submitForm(use, campaign, content, nonce, requestKey ?? '')
      : submit(use, campaign, content, requestKey))
    if (nonce) await closeDraft(use, nonce)
    const hasFiles = hidden.drop || files.length > 0
    if (hasFiles) await bring(use, submission, (hidden.drop && nonce) || null, files, field)
    return receipt(use, campaign, submission, false, hasFiles)
  })
}

/** What stands in the form's place once it was taken. */
async function receipt(
  use: UseCase,
  campaign: Campaign,
  submission: Submission,
  isOld: boolean,
  hasFiles = false,
): Promise<Reply> {
  const s = { submission, campaign }
  const [number, criterion] = [numberOf(s), criterionLabel(campaign, submission.criterion)]
  const { tx, actor } = use
  const { headConfirms } = await settingsOf(tx, actor.workspaceId)
  // A page in the form's place costs no further query, but for the few who hand in for others.
  const unit = submission.onBehalf ? await tx.units.byId(actor.workspaceId, submission.unitId) : undefined
  const files = hasFiles ? await tx.attachments.ofSubmission(actor.workspaceId, submission.id) : []
  const more: Button = { label: t.more, action: 'submission.new', value: {} }
  return {
    kind: 'page',
    page: {
      title: isOld ? t.savedTitle : t.receivedTitle,
      blocks: [
        block.text(isOld ? t.saved(number, criterion) : t.received(number, criterion)),
        ...when(unit, (unit) => block.note(t.onBehalf(unit.name, actor.person.fullName))),
        ...countBlocks(files),
        block.note(t.receivedNext(maySpeakFor(actor, submission.unitId), headConfirms)),
        block.buttons(isOld ? ownButtons(s) : [more, ...ownButtons(s)]),
      ],
    },
  }
}

/** The page of one submission. */
export async function openSubmission(ctx: Ctx, { id }: { id: string }): Promise<Reply> {
  return look(ctx, async (use, campaign) => {
    const submission = await visible(use, id)
    const s = await viewSubmission(use.tx, campaign, submission, ctx.timeZone)
    const part = {
      author: submission.authorId === ctx.actor.person.id,
      leads: maySpeakFor(ctx.actor, submission.unitId),
      boardSees: mayAccept(ctx.actor) ? (await use.tx.submissions.lastWriting(id))?.id : undefined,
    }
    const history = { label: vi.audit.history, action: 'audit.history', value: { id } }
    const buttons = [...partButtons(s, part), ...showButtons(s), history]
    const mayRemove = mayAttachTo(ctx.actor, submission) && mayBecome(submission.state, 'submitted')
    const blocks: Block[] = [
      block.text(t.line(common.stateSign[submission.state], numberOf(s), common.state[submission.state])),
      block.note(criterionLabel(campaign, submission.criterion)),
      ...behalfBlocks(s),
      ...contentBlocks(s, Number.POSITIVE_INFINITY, mayRemove),
      ...outcomeBlocks(s),
      block.buttons(buttons),
    ]
    return { kind: 'page', page: { title: numberOf(s), blocks } }
  })
}

async function edit(ctx: Ctx, { id }: { id: string }): Promise<Reply> {
  return look(ctx, async (use, campaign) => {
    const s = await own(use, id)
    if (!mayBecome(s.state, 'submitted')) await refuseState(use, campaign, s)
    return formReply(use, campaign, draftOf(s), { editing: { id, returned: s.state === 'returned' } })
  })
}

/** What was withdrawn, as something new. */
async function again(ctx: Ctx, { id }: { id: string }): Promise<Reply> {
  return look(ctx, async (use, campaign) => {
    const s = await withdrawn(use, campaign, id)
    return formReply(use, campaign, draftOf(s), { anyUnit: true })
  })
}

async function askReason(ctx: Ctx, { id, seen }: z.infer<typeof decision>): Promise<Reply> {
  return look(ctx, async (use, campaign) => {
    const submission = await returnable(use, campaign, id, seen)
    const s = await viewSubmission(use.tx, campaign, submission, ctx.timeZone)
    return { kind: 'form', form: reasonForm(s, 'submission.return', { id, seen }) }
  })
}
