import { z } from 'zod'
import { addFiles, askToShow, removeFile } from '../../core/attachment/attach.js'
import { allow, mayAttachTo } from '../../core/people/access.js'
import { refuseState, visible } from '../../core/submission/decide.js'
import { mayBecome } from '../../core/submission/state.js'
import { vi } from '../../text/vi.js'
import { block, when } from '../blocks.js'
import { actionOn, formOn, inCampaignOf } from '../campaign-scope.js'
import { type Ctx, defineAction, type Feature, filesIn, idSchema, look, write } from '../command.js'
import { criterionLabel, numberOf, openButton } from '../submission/card.js'
import { openSubmission } from '../submission/submit.js'
import { nothing, type Reply, say } from '../ui.js'
import { countBlocks, filesField } from './card.js'

const { attachment: t } = vi
const one = z.object({ id: idSchema })
const adding = one.extend({ resend: z.boolean().optional() })

/** Files of what was handed in: more of them, one away, all of them to look at. */
export const attachmentFeature: Feature = {
  actions: [
    actionOn('attachment.add', adding, openForm),
    defineAction('attachment.remove', one, async (ctx, { id }) => {
      const { workspaceId } = ctx.actor
      const owner = (await ctx.store.read((tx) => tx.attachments.byId(workspaceId, id)))?.submissionId ?? ''
      return inCampaignOf(ctx, owner, async (there) => {
        const submission = await write(there, (use, campaign) => removeFile(use, campaign, id))
        return there.inPage ? openSubmission(there, { id: submission.id }) : nothing
      })
    }),
    actionOn('attachment.show', one, async (ctx, { id }) =>
      say(t.showing(await write(ctx, (use) => askToShow(use, id, ctx.requestKey ?? use.newId())))),
    ),
  ],
  forms: [formOn('attachment', adding, (ctx, _fields, hidden) => take(ctx, hidden))],
}

async function openForm(ctx: Ctx, { id, resend }: z.infer<typeof adding>): Promise<Reply> {
  return look(ctx, async (use, campaign) => {
    const submission = await visible(use, id)
    allow(mayAttachTo(ctx.actor, submission), 'author')
    if (!mayBecome(submission.state, 'submitted')) await refuseState(use, campaign, submission)
    const there = (await use.tx.attachments.ofSubmission(submission.workspaceId, id)).filter(
      (f) => f.state !== 'failed',
    )
    const title = t.addTo(numberOf({ submission, campaign }), criterionLabel(campaign, submission.criterion))
    return {
      kind: 'form',
      form: {
        id: 'attachment',
        title: t.addTitle,
        submit: t.addSubmit,
        hidden: { id, resend },
        fields: [
          block.note(vi.submission.secrecy),
          block.note(title),
          ...when(there.length > 0, () => block.note(t.there(there))),
          ...when(submission.state !== 'submitted', () => block.note(t.addAgain)),
          filesField('files', false),
        ],
      },
    }
  })
}

async function take(ctx: Ctx, { id, resend }: z.infer<typeof adding>): Promise<Reply> {
  return write(ctx, async (use, campaign) => {
    const { files } = filesIn(ctx)
    const { submission } = await addFiles(use, campaign, id, files, resend)
    const all = await use.tx.attachments.ofSubmission(submission.workspaceId, id)
    const s = { submission, campaign }
    return {
      kind: 'page',
      page: {
        title: t.addedTitle,
        blocks: [block.text(t.added(files.length, numberOf(s))), ...countBlocks(all), block.buttons([openButton(s)])],
      },
    }
  })
}
