import { z } from 'zod'
import type { IncomingFile } from '../../core/attachment/attachment.js'
import { ownDrop, storeDrop } from '../../core/attachment/drop-files.js'
import type { FileDrop } from '../../core/attachment/file-drop.js'
import type { Campaign } from '../../core/campaign/campaign.js'
import { campaignById } from '../../core/queries/campaign/scope.js'
import { draftUnder } from '../../core/submission/keep-draft.js'
import type { UseCase } from '../../core/use-case.js'
import { inOwnCampaign, withOtherCampaigns } from '../campaign-scope.js'
import { type Ctx, defineAction, type Feature, idSchema, write } from '../command.js'
import { type FormData, formReply, prefill, readDraftForm, readForm } from '../submission/open.js'
import { nothing, type Reply } from '../ui.js'

/**
 * Handles files that a person sent to the bot or picked from any message, before there is a submission: they can become
 * one later.
 */
export const fileDropFeature: Feature = {
  actions: [
    defineAction('drop.open', z.object({ id: idSchema }), (ctx, { id }) =>
      inOwnCampaign(
        ctx,
        'read',
        (use) => readDropOrDraft(ctx, use, id),
        (form) => (form.options.draftSavedAt ? formReply(ctx, form) : dropReply(ctx, form, id)),
      ),
    ),
  ],
  shortcuts: [
    {
      id: 'use_as_evidence',
      run: async (ctx, { text, files }) => {
        const { drop, form } = await write(ctx, async (use, campaign) => {
          const drop = await storeDrop(use, { text, files }, ctx.requestKey, false)
          return { drop, form: await readDropForm(use, campaign, drop) }
        })
        return dropReply(ctx, form, drop.id)
      },
    },
  ],
}

/** Stores files that a person sent to the bot. A message lists the received files and is updated with their state. */
export async function takeFiles(ctx: Ctx, text: string, files: readonly IncomingFile[]): Promise<Reply> {
  await write(ctx, (use) => storeDrop(use, { text, files }, ctx.requestKey, true))
  return nothing
}

/** The form for a person's own file drop; a draft of it is continued unless another campaign was chosen since. */
async function readDropOrDraft(ctx: Ctx, use: UseCase, id: string): Promise<FormData> {
  const drop = await ownDrop(use, id)
  const draft = await draftUnder(use, id)
  if (draft && (ctx.campaignId ?? draft.campaignId) === draft.campaignId)
    return readDraftForm(use, await campaignById(use, draft.campaignId), draft)
  return readDropForm(use, await campaignById(use, ctx.campaignId), drop)
}

const readDropForm = (use: UseCase, campaign: Campaign, drop: FileDrop): Promise<FormData> =>
  readForm(use, campaign, prefill(campaign, drop.text), { anyUnit: true, nonce: drop.id, dropId: drop.id })

const dropReply = (ctx: Ctx, form: FormData, id: string): Promise<Reply> =>
  withOtherCampaigns(ctx, formReply(ctx, form), { action: 'drop.open', value: { id } })
