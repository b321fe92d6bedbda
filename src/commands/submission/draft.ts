import { z } from 'zod'
import { campaignById } from '../../core/queries/campaign/scope.js'
import type { Draft } from '../../core/submission/draft.js'
import { dropDraft, ownDraft, saveDraft, whenClosed } from '../../core/submission/keep-draft.js'
import { clip } from '../../text/index.js'
import { vi } from '../../text/vi.js'
import { block } from '../blocks.js'
import { inOwnCampaign } from '../campaign-scope.js'
import { type Ctx, defineAction, type Feature, idSchema, write } from '../command.js'
import type { Block, Button } from '../ui.js'
import { formReply, openForm, readDraftForm } from './open.js'

const { draft: t } = vi
const one = z.object({ id: idSchema })

/** A form that was filled in and not sent: opened again, or dropped. */
export const draftFeature: Feature = {
  actions: [
    defineAction('draft.open', one, (ctx, { id }) =>
      inOwnCampaign(
        ctx,
        'read',
        async (use) => {
          const draft = await ownDraft(use, id)
          return readDraftForm(use, await campaignById(use, draft.campaignId), draft)
        },
        (form) => formReply(ctx, form),
      ),
    ),
    defineAction('draft.drop', one, async (ctx, { id }) => {
      await write(ctx, (use) => dropDraft(use, id))
      return openForm(ctx, {})
    }),
  ],
}

export const formHidden = z.object({
  unit: idSchema.optional(),
  id: idSchema.optional(),
  nonce: idSchema.optional(),
  hinted: z.boolean().optional(),
  /** Files that were sent before wait in a file drop under the form's nonce. */
  drop: z.boolean().optional(),
})

export type FormHidden = z.infer<typeof formHidden>

/**
 * Saves what the form *Nộp minh chứng* holds while it is filled in; not for a submission that is being changed, which is
 * stored already. `micros`: when it was typed, by the chat's clock; null when the form was closed.
 */
export async function autosave(
  ctx: Ctx,
  fields: Readonly<Record<string, string>>,
  { unit, id, nonce, hinted }: FormHidden,
  micros: number | null,
): Promise<void> {
  if (id || !nonce) return
  const at = { form: ctx.requestKey ?? '', micros: micros ?? whenClosed }
  const typed = { ...fields, unitId: fields.unit ?? unit }
  await write(ctx, (use, campaign) => saveDraft(use, campaign, nonce, typed, hinted ?? false, at))
}

/** Drafts that are offered at once. */
const OFFERED = 3

/** A button for each of the newest drafts, which opens it again; nothing without drafts. */
export const draftButtons = (newestFirst: readonly Draft[]): Block[] =>
  newestFirst.length > 0 ? [block.buttons(newestFirst.slice(0, OFFERED).map(draftButton))] : []

const draftButton = (draft: Draft): Button => ({
  label: t.open(
    clip([draft.content.criterion, draft.content.text?.replace(/\s+/g, ' ')].filter(Boolean).join(' '), 40),
  ),
  action: 'draft.open',
  value: { id: draft.id },
})
