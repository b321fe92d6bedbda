import { z } from 'zod'
import type { Draft } from '../../core/submission/draft.js'
import { dropDraft, ownDraft, saveDraft, whenClosed } from '../../core/submission/keep-draft.js'
import { clip } from '../../text/index.js'
import { vi } from '../../text/vi.js'
import { block } from '../blocks.js'
import { inCampaign } from '../campaign-scope.js'
import { type Ctx, defineAction, type Feature, idSchema, look, write } from '../command.js'
import type { Block, Button } from '../ui.js'
import { openForm, takeUp } from './open.js'

const { draft: t } = vi
const one = z.object({ id: idSchema })

/** What was typed and not sent: taken up again, or dropped. */
export const draftFeature: Feature = {
  actions: [
    defineAction('draft.open', one, async (ctx, { id }) => {
      const draft = await look(ctx, (use) => ownDraft(use, id))
      return inCampaign(ctx, draft.campaignId, (there) => takeUp(there, draft))
    }),
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
  /** Files were laid down for it, under its nonce. */
  drop: z.boolean().optional(),
})
export type FormHidden = z.infer<typeof formHidden>

/** Keeps what the form *Nộp minh chứng* holds while it is filled in; what is being changed is kept already. */
export async function keep(
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

/** Drafts that a menu offers; the form of the newest one is what *Nộp minh chứng* opens. */
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
