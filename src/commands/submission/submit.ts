import { z } from 'zod'
import { type HandInForm, handIn } from '../../core/attachment/hand-in.js'
import type { Campaign } from '../../core/campaign/campaign.js'
import { handsIn } from '../../core/people/access.js'
import {
  type InCampaign,
  type ReceiptView,
  type SubmissionPageView,
  viewReceipt,
  viewSubmission,
  viewSubmissionPage,
} from '../../core/queries/submission/view.js'
import {
  accept,
  confirm,
  own,
  refuseState,
  returnable,
  returnToAuthor,
  withdraw,
  withdrawn,
} from '../../core/submission/decide.js'
import { unconfirm } from '../../core/submission/decide-many.js'
import { draftsOf } from '../../core/submission/keep-draft.js'
import { mayBecome } from '../../core/submission/state.js'
import type { Submission } from '../../core/submission/submission.js'
import type { UseCase } from '../../core/use-case.js'
import { vi } from '../../text/vi.js'
import { onSubmission } from '../campaign-scope.js'
import { type Ctx, defineAction, defineForm, type Feature, filesIn, idSchema, read, write } from '../command.js'
import { nothing, type Reply } from '../ui.js'
import { autosave, type FormHidden, formHidden } from './draft.js'
import { draftOf, type FormData, formReply, openForm, prefill, readDraftForm, readForm } from './open.js'
import { receiptPage, submissionPage } from './page.js'
import { reasonForm } from './reason-form.js'

const one = z.object({ id: idSchema })

/** `seen`: id of the event with which the content above the button was handed in; older messages do not have it. */
const decision = one.extend({ seen: idSchema.optional() })

/** `onPage`: asked on the page of the submission, which is shown again with the outcome. */
const returning = decision.extend({ onPage: z.boolean().optional() })

/** Hand in, change, withdraw, confirm, return: the life of one submission in the conversation. */
export const submitFeature: Feature = {
  commands: [
    {
      name: 'nop',
      aliases: ['submit', 'nopminhchung', 'minhchung', 'new'],
      isFor: handsIn,
      run: (ctx, rest) => (rest.trim() === '' ? openNew(ctx, {}) : openFilled(ctx, rest)),
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
    defineAction('submission.open', one, openSubmission),
    defineAction('submission.edit', one, edit),
    defineAction('submission.again', one, again),
    defineAction('submission.withdraw', one, (ctx, { id }) =>
      decide(ctx, id, (use, { submission, campaign }) => withdraw(use, campaign, submission)),
    ),
    defineAction('submission.confirm', decision, (ctx, { id, seen }) =>
      decide(ctx, id, (use, { submission, campaign }) => confirm(use, campaign, submission, seen)),
    ),
    defineAction('submission.unconfirm', one, (ctx, { id }) =>
      decide(ctx, id, (use, { submission, campaign }) => unconfirm(use, campaign, submission)),
    ),
    defineAction('submission.accept', one.extend({ seen: idSchema }), (ctx, { id, seen }) =>
      decide(ctx, id, (use, { submission, campaign }) => accept(use, campaign, submission, seen)),
    ),
    defineAction('submission.return', decision, askReason),
  ],
  forms: [
    defineForm('submission', formHidden, takeForm, autosave),
    defineForm('submission.return', returning, async (ctx, fields, { id, seen, onPage }) => {
      const reason = fields.reason ?? ''
      if (reason.trim() === '') return { kind: 'faults', faults: { reason: vi.faults['return.reason_empty']({}, '') } }
      const asked = { ...ctx, inPage: onPage === true }
      return decide(asked, id, (use, { submission, campaign }) =>
        returnToAuthor(use, campaign, submission, reason, seen),
      )
    }),
  ],
}

/** The form with what was typed after the command. */
async function openFilled(ctx: Ctx, rest: string): Promise<Reply> {
  const form = await read(ctx, (use, campaign) => readForm(use, campaign, prefill(campaign, rest)))
  return formReply(ctx, form)
}

/** The form for something new; a draft about the same criterion and unit, or any draft if neither is named, is continued. */
async function openNew(ctx: Ctx, about: { unit?: string; criterion?: string }): Promise<Reply> {
  const form = await read(ctx, async (use, campaign) => {
    const draft = (await draftsOf(use, campaign)).find(
      ({ content }) =>
        (!about.criterion || about.criterion === content.criterion) &&
        (!about.unit || !content.unitId || about.unit === content.unitId),
    )
    return draft
      ? readDraftForm(use, campaign, draft)
      : readForm(use, campaign, { unitId: about.unit, criterion: about.criterion })
  })
  return formReply(ctx, form)
}

/** What the person sees once the form was taken: the form again with a hint, or a receipt. */
type Taken = { kind: 'form'; form: FormData } | { kind: 'stored' | 'revised'; receipt: ReceiptView }

async function takeForm(ctx: Ctx, fields: Readonly<Record<string, string>>, hidden: FormHidden): Promise<Reply> {
  const form = formOf(ctx, fields, hidden)
  const render = (taken: Taken): Reply =>
    taken.kind === 'form'
      ? formReply(ctx, taken.form)
      : { kind: 'page', page: receiptPage(ctx.actor, taken.receipt, taken.kind === 'revised') }
  if (hidden.id === undefined)
    return render(await write(ctx, (use, campaign) => take(use, campaign, form, !hidden.unit)))
  return onSubmission(
    ctx,
    'write',
    hidden.id,
    (use, { submission, campaign }) => take(use, campaign, form, !hidden.unit, submission),
    render,
  )
}

function formOf(ctx: Ctx, fields: Readonly<Record<string, string>>, hidden: FormHidden): HandInForm {
  const { criterion, text, doneOn, figure, figureUnit, links } = fields
  const { files, field } = filesIn(ctx)
  return {
    draft: { unitId: fields.unit ?? hidden.unit, criterion, text, doneOn, figure, figureUnit, links },
    files,
    filesField: field,
    nonce: hidden.nonce,
    requestKey: ctx.requestKey,
    hinted: hidden.hinted ?? false,
    hasDrop: hidden.drop ?? false,
  }
}

async function take(
  use: UseCase,
  campaign: Campaign,
  form: HandInForm,
  anyUnit: boolean,
  revised?: Submission,
): Promise<Taken> {
  const result = await handIn(use, campaign, form, revised)
  if (result.kind === 'hinted') {
    const { hint, hasDrop } = result
    const { nonce } = form
    const options = { anyUnit, nonce, hint, hinted: true, dropId: hasDrop ? nonce : undefined }
    return { kind: 'form', form: await readForm(use, campaign, form.draft, options) }
  }
  const receipt = await viewReceipt(use, campaign, result.submission, result.hasFiles)
  return { kind: result.kind, receipt }
}

/** Changes a submission's state; a page is shown again with the change, a message follows through the outbox. */
const decide = (ctx: Ctx, id: string, change: (use: UseCase, of: InCampaign) => Promise<Submission>): Promise<Reply> =>
  onSubmission(
    ctx,
    'write',
    id,
    async (use, of) => {
      const submission = await change(use, of)
      return ctx.inPage ? viewSubmissionPage(use, { ...of, submission }) : undefined
    },
    (view) => (view ? pageReply(ctx, view) : nothing),
  )

const pageReply = (ctx: Ctx, view: SubmissionPageView): Reply => ({
  kind: 'page',
  page: submissionPage(ctx.actor, view),
})

/** The page of one submission. */
function openSubmission(ctx: Ctx, { id }: z.infer<typeof one>): Promise<Reply> {
  return onSubmission(ctx, 'read', id, viewSubmissionPage, (view) => pageReply(ctx, view))
}

/** The form with what was handed in, to be changed. */
function edit(ctx: Ctx, { id }: z.infer<typeof one>): Promise<Reply> {
  return onSubmission(
    ctx,
    'read',
    id,
    async (use, { submission, campaign }) => {
      const s = await own(use, submission)
      if (!mayBecome(s.state, 'submitted')) await refuseState(use, campaign, s)
      return readForm(use, campaign, draftOf(s), { editing: { id, returned: s.state === 'returned' } })
    },
    (form) => formReply(ctx, form),
  )
}

/** The form with what was withdrawn, to hand it in as something new. */
function again(ctx: Ctx, { id }: z.infer<typeof one>): Promise<Reply> {
  return onSubmission(
    ctx,
    'read',
    id,
    async (use, { submission, campaign }) =>
      readForm(use, campaign, draftOf(await withdrawn(use, campaign, submission)), { anyUnit: true }),
    (form) => formReply(ctx, form),
  )
}

function askReason(ctx: Ctx, { id, seen }: z.infer<typeof decision>): Promise<Reply> {
  return onSubmission(
    ctx,
    'read',
    id,
    async (use, { submission, campaign }) =>
      viewSubmission(use.tx, campaign, await returnable(use, campaign, submission, seen), use.timeZone),
    (view) => ({
      kind: 'form',
      form: reasonForm(view, 'submission.return', { id, seen, onPage: ctx.inPage || undefined }),
    }),
  )
}
