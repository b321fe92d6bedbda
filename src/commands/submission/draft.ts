import { z } from 'zod'
import type { Draft } from '../../core/submission/draft.js'
import { draftsOf, dropDraft, ownDraft, saveDraft, whenClosed } from '../../core/submission/keep-draft.js'
import type { UseCase } from '../../core/use-case.js'
import { clip } from '../../text/index.js'
import { vi } from '../../text/vi.js'
import { inCampaign } from '../campaign-scope.js'
import { type Ctx, defineAction, type Feature, idSchema, look, useOf, write } from '../command.js'
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

/** The buttons of drafts for a menu. */
export const draftBlocks = (ctx: Ctx): Promise<Block[]> => ctx.store.read((tx) => draftButtons(useOf(ctx, tx)))

/** A button for each draft that can be taken up again, in whatever campaign; nothing where there is none. */
export async function draftButtons(use: UseCase): Promise<Block[]> {
  const drafts: Draft[] = []
  for (const campaign of await use.tx.campaigns.all(use.actor.workspaceId))
    drafts.push(...(await draftsOf(use, campaign)))
  drafts.sort((a, b) => b.updatedAt.getTime() - a.updatedAt.getTime())
  return drafts.length > 0 ? [{ kind: 'buttons', buttons: drafts.slice(0, OFFERED).map(draftButton) }] : []
}

const draftButton = (draft: Draft): Button => ({
  label: t.open(
    clip([draft.content.criterion, draft.content.text?.replace(/\s+/g, ' ')].filter(Boolean).join(' '), 40),
  ),
  action: 'draft.open',
  value: { id: draft.id },
})
