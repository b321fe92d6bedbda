import { z } from 'zod'
import type { Campaign } from '../../core/campaign/campaign.js'
import { type Review, reviewKinds } from '../../core/campaign/review.js'
import { UserError } from '../../core/errors.js'
import { allow, mayNudge } from '../../core/people/access.js'
import { reports, type Unit } from '../../core/people/unit.js'
import { chasedReview, type NudgeScope, nudge, planNudge } from '../../core/reminder/nudge.js'
import type { UseCase } from '../../core/use-case.js'
import { fold } from '../../text/index.js'
import { vi } from '../../text/vi.js'
import { defineAction, type Feature, idSchema, look, nothingSchema, write } from '../command.js'
import { takeReviewKind } from '../parse/review-words.js'
import { findUnits } from '../parse/unit-finder.js'
import { chooseUnit } from '../progress/status.js'
import { type Reply, say } from '../ui.js'
import { menuOfUnits, previewCard, resultCard } from './nudge-card.js'

const scope: z.ZodType<NudgeScope> = z.object({
  kind: z.enum(reviewKinds),
  units: z.union([z.literal('all'), z.array(idSchema).min(1).max(30)]),
})
/** Beside whom to remind: how many people the preview spoke of. */
const seen = z.object({ seen: z.number().int().min(0).optional() })
const everybody = ['tatca', 'all', 'moinguoi', 'toanbo', 'het']

/** Reminding by hand: first who would get what, then the sending; nobody twice within four hours. */
export const nudgeFeature: Feature = {
  commands: [
    {
      name: 'nhac',
      aliases: ['remind', 'nudge', 'nhacnho', 'nhacnhac', 'giuc', 'nhacdonvi'],
      isFor: mayNudge,
      run: (ctx, rest) => look(ctx, (use, campaign) => asked(use, campaign, rest)),
    },
  ],
  actions: [
    defineAction('nudge.preview', scope, (ctx, v) =>
      look(ctx, async (use, campaign) => ({
        kind: 'card',
        card: await previewCard(use, await planNudge(use, campaign, v), v),
        replace: true,
      })),
    ),
    // The same from a digest or the summary, which stand where they are.
    defineAction('nudge.open', scope, (ctx, v) =>
      look(ctx, async (use, campaign) => ({
        kind: 'card',
        card: await previewCard(use, await planNudge(use, campaign, v), v),
      })),
    ),
    defineAction('nudge.send', scope.and(seen), (ctx, v) =>
      write(ctx, async (use, campaign) => ({
        kind: 'card',
        card: await resultCard(use, await nudge(use, campaign, v), v.seen),
        replace: true,
      })),
    ),
    defineAction('nudge.now', scope, (ctx, v) =>
      write(ctx, async (use, campaign) => ({
        kind: 'card',
        card: await resultCard(use, await nudge(use, campaign, v)),
      })),
    ),
    defineAction('nudge.cancel', nothingSchema, async () => {
      const said = say(vi.nudge.cancelled)
      return said.kind === 'card' ? { ...said, replace: true } : said
    }),
  ],
}

/** `[sơ kết|tổng kết] [tất cả|đơn vị]`, in any order and spelling. */
async function asked(use: UseCase, campaign: Campaign, rest: string): Promise<Reply> {
  allow(mayNudge(use.actor), 'nudge')
  const { kind, words } = takeReviewKind(rest)
  const review = await reviewOf(use, campaign, kind)
  const card = async (units: NudgeScope['units']): Promise<Reply> => {
    const v = { kind: review.kind, units }
    return { kind: 'card', card: await previewCard(use, await planNudge(use, campaign, v), v) }
  }
  if (words === '') return { kind: 'card', card: await menuOfUnits(use, campaign, review) }
  if (everybody.includes(fold(words))) return card('all')
  const units = (await use.tx.units.list(use.actor.workspaceId)).filter((u) => reports(u.kind))
  const found = findUnits(units, words)
  if (found.length === 0) throw new UserError('unit.not_found', { word: rest.trim() })
  if (found.length === 1) return card([(found[0] as Unit).id])
  return chooseUnit(vi.status.whichUnit(rest.trim()), found, (u) => ({
    action: 'nudge.preview',
    value: { kind: review.kind, units: [u.id] } satisfies NudgeScope,
  }))
}

async function reviewOf(use: UseCase, campaign: Campaign, kind: Review['kind'] | undefined): Promise<Review> {
  const review = kind
    ? (await use.tx.reviews.list(campaign.id)).find((r) => r.kind === kind)
    : await chasedReview(use, campaign)
  if (!review) throw new UserError('nudge.no_review', { kind: kind ?? null })
  return review
}
