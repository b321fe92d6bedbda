import type { Campaign } from '../../campaign/campaign.js'
import type { SubmissionState } from '../../submission/state.js'
import type { UseCase } from '../../use-case.js'
import { type SubmissionView, viewSubmission } from './view.js'

/** What one person handed in to a campaign, without what was withdrawn. */
export interface OwnSubmissions {
  total: number
  /** Returned ones first, then the newest; at most as many as requested. */
  submissions: readonly SubmissionView[]
}

/** Numbers of a person's submissions by state. */
export type CountsByState = Readonly<Partial<Record<SubmissionState, number>>>

export const totalOf = (counts: CountsByState): number => Object.values(counts).reduce((sum, n) => sum + n, 0)

/** The person's own submissions in a campaign. */
export async function ownSubmissions(
  { tx, actor, timeZone }: UseCase,
  campaign: Campaign,
  limit: number,
): Promise<OwnSubmissions> {
  const submissions: SubmissionView[] = []
  for (const s of await tx.submissions.ofAuthor(campaign.id, actor.person.id, limit))
    submissions.push(await viewSubmission(tx, campaign, s, timeZone))
  return { total: totalOf(await tx.submissions.countOfAuthor(campaign.id, actor.person.id)), submissions }
}
