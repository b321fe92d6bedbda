import type { Plan } from './plan.js'
import type { Review, ReviewKind } from './review.js'

export interface Criterion {
  /** As in the plan: `a1`…`b6`. */
  code: string
  group: string
  /** At most 70 UTF-16 units, for buttons and menus. */
  short: string
  /** The plan's own wording. */
  text: string
}

export interface CriteriaGroup {
  code: string
  title: string
  short: string
  criteria: readonly Criterion[]
}

/** When heads are reminded of a review; part of the plan's file, so that a college can change it. */
export interface Ladder {
  /** Working days before the review, from the earliest rung to the latest. */
  workingDaysBefore: readonly number[]
  onTheDay: boolean
  /** Working days after the review, for units that are late. */
  workingDaysLate: readonly number[]
  /** HH:mm, the hour at which a rung falls due. */
  at: string
  /** HH:mm, the hour after which nothing is sent until the next working day. */
  until: string
}

/** A campaign that runs: the plan as imported. */
export interface Campaign {
  id: string
  workspaceId: string
  /** `qptd-2024`. */
  code: string
  /** Number of the plan, `484/KH-CĐN`. */
  number: string
  title: string
  /** First part of a submission's number, `TĐ-2024`. */
  prefix: string
  period: { from: string; to: string }
  groups: readonly CriteriaGroup[]
  ladder: Ladder
}

/** The campaign that an imported plan makes. */
export const campaignOf = (id: string, workspaceId: string, plan: Plan): Campaign => ({
  id,
  workspaceId,
  code: plan.code,
  number: plan.number,
  title: plan.title,
  prefix: plan.submissionPrefix,
  period: plan.period,
  groups: plan.groups.map((g) => ({ ...g, criteria: g.criteria.map((c) => ({ ...c, group: g.code })) })),
  ladder: plan.reminders,
})

const listed = new WeakMap<Campaign, readonly Criterion[]>()

/** Every criterion in the plan's order. A campaign never changes: another import makes another. */
export function criteriaOf(campaign: Campaign): readonly Criterion[] {
  let criteria = listed.get(campaign)
  if (!criteria) {
    criteria = campaign.groups.flatMap((g) => [...g.criteria])
    listed.set(campaign, criteria)
  }
  return criteria
}

export const criterionOf = (campaign: Campaign | undefined, code: string): Criterion | undefined =>
  campaign && criteriaOf(campaign).find((c) => c.code === code)

/** `TĐ-2024-000123`. */
export const submissionNumber = (campaign: Campaign, number: number): string =>
  `${campaign.prefix}-${String(number).padStart(6, '0')}`

/**
 * The review that people work towards on a date: the earliest that has not passed, else the last one, else none is set.
 */
export function currentReview(reviews: readonly Review[], today: string): Review | undefined {
  const sorted = [...reviews].sort((a, b) => (a.date < b.date ? -1 : 1))
  return sorted.find((r) => r.date >= today) ?? sorted.at(-1)
}

/** The kind that "nothing to report" and a summary are about when nobody names one. */
export const currentReviewKind = (reviews: readonly Review[], today: string): ReviewKind =>
  currentReview(reviews, today)?.kind ?? 'preliminary'
export interface Campaigns {
  /** The campaign that is meant where nobody names one: the one imported last. */
  current(workspaceId: string): Promise<Campaign | undefined>
  /** Every campaign that was ever imported, the one imported last first. */
  all(workspaceId: string): Promise<Campaign[]>
  byId(workspaceId: string, id: string): Promise<Campaign | undefined>
  byCode(workspaceId: string, code: string): Promise<{ id: string; hash: string } | undefined>
  put(
    campaign: { id: string; workspaceId: string; code: string; hash: string; plan: unknown },
    now: Date,
  ): Promise<void>
}
