import { z } from 'zod'
import { reviewKinds } from '../../core/campaign/review.js'
import { closedReview, closingPreview } from '../../core/queries/review/closing-preview.js'
import { maxReason } from '../../core/report/text.js'
import { closeReview, reopenable, reopenReview } from '../../core/review/close.js'
import { vi } from '../../text/vi.js'
import { block } from '../blocks.js'
import { type Ctx, defineAction, defineForm, type Feature, read, write } from '../command.js'
import { unitsSummary } from '../progress/summary.js'
import type { Reply } from '../ui.js'
import { closedCard, previewCard } from './closing-card.js'

const { closing: t } = vi

const one = z.object({ kind: z.enum(reviewKinds) })
const count = z.number().int().min(0)
const seen = one.extend({ late: count, undecided: count, closings: count })
type One = z.infer<typeof one>

/** Closing a review by the Command Board, and reopening it by the Organisation–Administration Office. */
export const closingFeature: Feature = {
  actions: [
    defineAction('review.preview', one, (ctx, { kind }) =>
      read(ctx, async (use, campaign) => {
        const found = await closingPreview(use, campaign, kind)
        const card = 'closing' in found ? closedCard(found, ctx.timeZone) : previewCard(found)
        return { kind: 'card', card, replace: ctx.inPage }
      }),
    ),
    defineAction('review.close', seen, async (ctx, v) => {
      const closing = await write(ctx, (use, campaign) => closeReview(use, campaign, v.kind, v))
      const card = await read(ctx, async (use, campaign) => {
        if (closing) return closedCard(await closedReview(use, closing), ctx.timeZone)
        const found = await closingPreview(use, campaign, v.kind)
        return 'review' in found ? previewCard(found, t.changed) : closedCard(found, ctx.timeZone)
      })
      return { kind: 'card', card, replace: true }
    }),
    defineAction('review.reopen', one, openForm),
  ],
  forms: [
    defineForm('review.reopen', one, async (ctx, { reason = '' }, { kind }) => {
      const { review, behind } = await write(ctx, async (use, campaign) => ({
        review: await reopenReview(use, campaign, kind, reason),
        behind: await unitsSummary(use, campaign, kind, 0),
      }))
      return {
        kind: 'page',
        page: { title: t.reopenTitle(kind), blocks: [block.text(t.reopenedNow(kind, review.date))] },
        behind,
      }
    }),
  ],
}

function openForm(ctx: Ctx, { kind }: One): Promise<Reply> {
  return read(ctx, async (use, campaign) => {
    const review = await reopenable(use, campaign, kind)
    return {
      kind: 'form',
      form: {
        id: 'review.reopen',
        title: t.reopenTitle(kind),
        submit: t.reopenSubmit,
        hidden: { kind },
        fields: [
          block.note(t.reopenNote(kind, review.date)),
          { kind: 'text', id: 'reason', label: t.reopenReason, multiline: true, max: maxReason, hint: t.reopenHint },
        ],
      },
    }
  })
}
