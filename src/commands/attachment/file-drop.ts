import { z } from 'zod'
import type { IncomingFile } from '../../core/attachment/attachment.js'
import { layDown, ownDrop } from '../../core/attachment/drop-files.js'
import type { FileDrop } from '../../core/attachment/file-drop.js'
import { draftUnder } from '../../core/submission/keep-draft.js'
import { plainText } from '../../text/rich.js'
import { vi } from '../../text/vi.js'
import { block, when } from '../blocks.js'
import { inCampaign, withOthers } from '../campaign-scope.js'
import { type Ctx, defineAction, type Feature, idSchema, look, write } from '../command.js'
import type { Notice } from '../notices/notice.js'
import { payloadOf } from '../notices/payloads.js'
import { numberOf } from '../submission/card.js'
import { openForm, prefill, takeUp } from '../submission/open.js'
import { type Card, nothing, type Reply } from '../ui.js'
import { fileBlocks } from './card.js'

const { attachment: t, common } = vi

/** Photos first, the criterion after: what was sent to the bot, or marked in any message, becomes a submission. */
export const fileDropFeature: Feature = {
  actions: [
    defineAction('drop.open', z.object({ id: idSchema }), async (ctx, { id }) => {
      const drop = await look(ctx, (use) => ownDrop(use, id))
      // The form was opened before and closed: what was typed into it stands.
      const draft = await look(ctx, (use) => draftUnder(use, id))
      if (draft && (ctx.campaignId ?? draft.campaignId) === draft.campaignId)
        return inCampaign(ctx, draft.campaignId, (there) => takeUp(there, draft))
      return openDrop(ctx, drop)
    }),
  ],
  shortcuts: [
    {
      id: 'use_as_evidence',
      run: async (ctx, { text, files }) => {
        const { drop } = await write(ctx, (use) => layDown(use, { text, files }, ctx.requestKey, false))
        return openDrop(ctx, drop)
      },
    },
  ],
}

/** What a person sent to the bot with files: a message says what was received and follows. */
export async function takeFiles(ctx: Ctx, text: string, files: readonly IncomingFile[]): Promise<Reply> {
  await write(ctx, (use) => layDown(use, { text, files }, ctx.requestKey, true))
  return nothing
}

async function openDrop(ctx: Ctx, drop: FileDrop): Promise<Reply> {
  const draft = await look(ctx, async (_use, campaign) => prefill(campaign, drop.text))
  const form = await openForm(ctx, draft, { anyUnit: true, nonce: drop.id, drop: drop.id })
  return withOthers(ctx, form, { action: 'drop.open', value: { id: drop.id } })
}

const looksLikePhoto = (name: string): boolean => /\.(jpe?g|jpe|jfif|png|heic|heif|hif|webp)$/i.test(name)

/** The message that follows a drop: its files as they are stored, then what it became. */
export async function dropCard({ tx, message, campaign }: Notice): Promise<Card | null> {
  const { workspaceId } = message
  const { dropId, tooMany } = payloadOf('drop.card', message)
  const drop = await tx.drops.byId(workspaceId, dropId)
  if (!drop) return null
  const submission = drop.submissionId ? await tx.submissions.byId(workspaceId, drop.submissionId) : undefined
  if (submission) {
    const number = numberOf({ submission, campaign })
    const open = { label: common.open, action: 'submission.open', value: { id: submission.id } }
    return {
      summary: t.dropUsedSummary(number),
      blocks: [block.item(t.dropUsed(number), [open])],
    }
  }
  const files = await tx.attachments.ofDrop(workspaceId, drop.id)
  const title = t.drop(files.filter((f) => looksLikePhoto(f.name)).length, files.length)
  return {
    summary: plainText(title),
    blocks: [
      block.text(title),
      ...fileBlocks(files),
      ...when(tooMany > 0, () => block.note(t.dropTooMany(tooMany))),
      block.buttons([{ label: t.dropOpen, action: 'drop.open', value: { id: drop.id }, style: 'primary' }]),
    ],
  }
}
