import type { Campaign } from '../../campaign/campaign.js'
import { mustBeOpen } from '../../campaign/closed.js'
import type { Review, ReviewKind } from '../../campaign/review.js'
import { UserError } from '../../errors.js'
import { authorize } from '../../people/access.js'
import { owingFor } from '../../reminder/inputs.js'
import { type NudgePlan, type NudgeScope, previewNudge, reviewToChase } from '../../reminder/nudge.js'
import type { Owing } from '../../report/rows.js'
import type { UseCase } from '../../use-case.js'
import { unitNames } from '../people/unit-names.js'

/** What a nudge would do, or did. */
export interface NudgeView {
  plan: NudgePlan
  /** Every unit of the workspace by id. */
  unitNames: ReadonlyMap<string, string>
}

/** Adds the names of units to a plan. */
export const viewNudge = async ({ tx, actor }: UseCase, plan: NudgePlan): Promise<NudgeView> => ({
  plan,
  unitNames: await unitNames(tx, actor.workspaceId),
})

/** Previews a nudge. Throws as `previewNudge` does. */
export const nudgePreview = async (use: UseCase, campaign: Campaign, scope: NudgeScope): Promise<NudgeView> =>
  viewNudge(use, await previewNudge(use, campaign, scope))

/**
 * The review to remind of: the named one, or the one that `reviewToChase` chooses. Throws `access.denied`,
 * `nudge.no_review`, `review.closed`.
 */
export async function reviewToNudge(use: UseCase, campaign: Campaign, kind: ReviewKind | undefined): Promise<Review> {
  authorize(use.actor, 'nudge.send')
  const review = kind
    ? (await use.tx.reviews.list(campaign.id)).find((r) => r.kind === kind)
    : await reviewToChase(use, campaign)
  if (!review) throw new UserError('nudge.no_review', { kind: kind ?? null })
  await mustBeOpen(use.tx, campaign.workspaceId, campaign.id, review.kind)
  return review
}

/** The units that can be reminded of a review. */
export interface NudgeChoice {
  review: Review
  owing: readonly Owing[]
  /** By id; empty where no unit owes anything. */
  unitNames: ReadonlyMap<string, string>
}

/** Reads the units that owe something for a review. Checks no permission. */
export async function nudgeChoice({ tx, actor }: UseCase, campaign: Campaign, review: Review): Promise<NudgeChoice> {
  const owing = await owingFor(tx, campaign, review.kind)
  return { review, owing, unitNames: owing.length > 0 ? await unitNames(tx, actor.workspaceId) : new Map() }
}
