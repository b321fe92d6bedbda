import { z } from 'zod'
import { reviewKinds } from '../../core/campaign/review.js'
import { UserError } from '../../core/errors.js'
import { may } from '../../core/people/access.js'
import { reportingUnits } from '../../core/queries/people/reporting-unit.js'
import { nudgeChoice, nudgePreview, reviewToNudge, viewNudge } from '../../core/queries/reminder/nudge.js'
import { type NudgeScope, nudge } from '../../core/reminder/nudge.js'
import { fold } from '../../text/index.js'
import { vi } from '../../text/vi.js'
import { type Ctx, defineAction, type Feature, idSchema, nothingSchema, read, write } from '../command.js'
import { takeReviewKind } from '../parse/review-words.js'
import { findUnits } from '../parse/unit-finder.js'
import { chooseUnit } from '../progress/status.js'
import { type Card, type Reply, textCard } from '../ui.js'
import { nudgeMenu, previewCard, resultCard } from './nudge-card.js'

const scope: z.ZodType<NudgeScope> = z.object({
  kind: z.enum(reviewKinds),
  units: z.union([z.literal('all'), z.array(idSchema).min(1).max(30)]),
})

/** How many people the preview showed. */
const seen = z.object({ seen: z.number().int().min(0).optional() })
const everybody = ['tatca', 'all', 'moinguoi', 'toanbo', 'het']

/** Manual reminders: first previews who would get what, then sends. */
export const nudgeFeature: Feature = {
  commands: [
    {
      name: 'nhac',
      aliases: ['remind', 'nudge', 'nhacnho', 'nhacnhac', 'giuc', 'nhacdonvi'],
      isFor: (actor) => may(actor, 'nudge.send'),
      run: typed,
    },
  ],
  actions: [
    defineAction('nudge.preview', scope, (ctx, v) => preview(ctx, v, true)),
    // The same from a digest or the summary, whose message stays.
    defineAction('nudge.open', scope, (ctx, v) => preview(ctx, v)),
    defineAction('nudge.send', scope.and(seen), async (ctx, v) => ({
      kind: 'card',
      card: await send(ctx, v, v.seen),
      replace: true,
    })),
    defineAction('nudge.now', scope, async (ctx, v) => ({ kind: 'card', card: await send(ctx, v) })),
    defineAction('nudge.cancel', nothingSchema, async () => ({
      kind: 'card',
      card: textCard(vi.nudge.cancelled),
      replace: true,
    })),
  ],
}

async function preview(ctx: Ctx, v: NudgeScope, replace = false): Promise<Reply> {
  const view = await read(ctx, (use, campaign) => nudgePreview(use, campaign, v))
  return { kind: 'card', card: previewCard(view, v, ctx), replace }
}

/** `seen`: how many people the preview showed. */
async function send(ctx: Ctx, v: NudgeScope, seen?: number): Promise<Card> {
  const view = await write(ctx, async (use, campaign) => viewNudge(use, await nudge(use, campaign, v)))
  return resultCard(view, ctx, seen)
}

/** `[sơ kết|tổng kết] [tất cả|đơn vị]`, in any order and spelling. */
async function typed(ctx: Ctx, rest: string): Promise<Reply> {
  const { kind, words } = takeReviewKind(rest)
  const review = await read(ctx, (use, campaign) => reviewToNudge(use, campaign, kind))
  if (words === '') {
    const choice = await read(ctx, (use, campaign) => nudgeChoice(use, campaign, review))
    return { kind: 'card', card: nudgeMenu(choice) }
  }
  if (everybody.includes(fold(words))) return preview(ctx, { kind: review.kind, units: 'all' })
  const found = findUnits(await read(ctx, reportingUnits), words)
  const [first, second] = found
  if (!first) throw new UserError('unit.not_found', { word: rest.trim() })
  if (!second) return preview(ctx, { kind: review.kind, units: [first.id] })
  return chooseUnit(vi.status.whichUnit(rest.trim()), found, (u) => ({
    action: 'nudge.preview',
    value: { kind: review.kind, units: [u.id] } satisfies NudgeScope,
  }))
}
