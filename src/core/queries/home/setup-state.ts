import type { Campaign } from '../../campaign/campaign.js'
import { type Review, type ReviewKind, reviewKinds } from '../../campaign/review.js'
import type { UseCase } from '../../use-case.js'

/** What an admin has set up so far: the plan, the roster, the dates of the reviews. */
export interface SetupState {
  /** The current campaign; undefined until a plan is imported. */
  campaign: Campaign | undefined
  people: number
  reviews: readonly Review[]
}

/** Reads what has been set up in the workspace. */
export async function setupState({ tx, actor }: UseCase): Promise<SetupState> {
  const campaign = await tx.campaigns.current(actor.workspaceId)
  return {
    campaign,
    people: await tx.people.count(actor.workspaceId),
    reviews: campaign ? await tx.reviews.list(campaign.id) : [],
  }
}

/** Kinds of review without a date. */
export const kindsWithoutDate = (reviews: readonly Review[]): ReviewKind[] =>
  reviewKinds.filter((kind) => !reviews.some((r) => r.kind === kind))

/** Whether nothing remains to be set up: there is a campaign, a roster, and a date for each review. */
export const isSetUp = ({ campaign, people, reviews }: SetupState): boolean =>
  campaign !== undefined && people > 0 && kindsWithoutDate(reviews).length === 0
