import { z } from 'zod'
import { addFiles, attachedFile, removeFile, requestFiles } from '../../core/attachment/attach.js'
import type { Attachment } from '../../core/attachment/attachment.js'
import { authorize } from '../../core/people/access.js'
import { campaignById } from '../../core/queries/campaign/scope.js'
import { filesOfSubmission } from '../../core/queries/submission/files.js'
import { type InCampaign, viewSubmissionPage } from '../../core/queries/submission/view.js'
import { refuseState, visible } from '../../core/submission/decide.js'
import { mayBecome } from '../../core/submission/state.js'
import { vi } from '../../text/vi.js'
import { block, when } from '../blocks.js'
import { inOwnCampaign, onSubmission } from '../campaign-scope.js'
import { type Ctx, defineAction, defineForm, type Feature, filesIn, idSchema } from '../command.js'
import { criterionLabel, numberOf, openButton } from '../submission/card.js'
import { submissionPage } from '../submission/page.js'
import { type Field, type Form, nothing, type Page, type Reply, say } from '../ui.js'
import { countBlocks, filesField } from './card.js'

const { attachment: t } = vi
const one = z.object({ id: idSchema })

/** `resend`: the added files replace those whose download failed. */
const adding = one.extend({ resend: z.boolean().optional() })
type Adding = z.infer<typeof adding>

/** Adds files to a submission, removes one, or sends all of them to the person. */
export const attachmentFeature: Feature = {
  actions: [
    defineAction('attachment.add', adding, askForFiles),
    defineAction('attachment.remove', one, remove),
    defineAction('attachment.show', one, (ctx, { id }) =>
      onSubmission(
        ctx,
        'write',
        id,
        (use, { submission }) => requestFiles(use, submission, ctx.requestKey ?? use.newId()),
        (count) => say(t.showing(count)),
      ),
    ),
  ],
  forms: [defineForm('attachment', adding, (ctx, _fields, hidden) => add(ctx, hidden))],
}

function askForFiles(ctx: Ctx, { id, resend }: Adding): Promise<Reply> {
  return onSubmission(
    ctx,
    'read',
    id,
    async (use, { submission, campaign }) => {
      await visible(use, submission)
      authorize(ctx.actor, 'submission.attach', submission)
      if (!mayBecome(submission.state, 'submitted')) await refuseState(use, campaign, submission)
      const files = await filesOfSubmission(use.tx, submission)
      return { submission, campaign, there: files.filter((f) => f.state !== 'failed') }
    },
    ({ there, ...s }) => ({ kind: 'form', form: filesForm(s, there, { id, resend }) }),
  )
}

function filesForm(s: InCampaign, there: readonly Attachment[], hidden: Adding): Form {
  const { submission, campaign } = s
  const fields: Field[] = [
    block.note(vi.submission.secrecy),
    block.note(t.addTo(numberOf(s), criterionLabel(campaign, submission.criterion))),
    ...when(there.length > 0, () => block.note(t.there(there))),
    ...when(submission.state !== 'submitted', () => block.note(t.addAgain)),
    filesField('files', false),
  ]
  return { id: 'attachment', title: t.addTitle, submit: t.addSubmit, hidden, fields }
}

function add(ctx: Ctx, { id, resend }: Adding): Promise<Reply> {
  const { files } = filesIn(ctx)
  return onSubmission(
    ctx,
    'write',
    id,
    async (use, { submission, campaign }) => {
      const added = await addFiles(use, campaign, submission, files, resend)
      return { submission: added.submission, campaign, all: await filesOfSubmission(use.tx, submission) }
    },
    ({ all, ...s }) => ({ kind: 'page', page: addedPage(s, files.length, all) }),
  )
}

const addedPage = (s: InCampaign, added: number, all: readonly Attachment[]): Page => ({
  title: t.addedTitle,
  blocks: [block.text(t.added(added, numberOf(s))), ...countBlocks(all), block.buttons([openButton(s)])],
})

function remove(ctx: Ctx, { id }: z.infer<typeof one>): Promise<Reply> {
  return inOwnCampaign(
    ctx,
    'write',
    async (use) => {
      const attached = await attachedFile(use, id)
      const campaign = await campaignById(use, attached.submission.campaignId)
      const submission = await removeFile(use, campaign, attached)
      return { campaign, view: ctx.inPage ? await viewSubmissionPage(use, { submission, campaign }) : undefined }
    },
    ({ view }) => (view ? { kind: 'page', page: submissionPage(ctx.actor, view) } : nothing),
  )
}
