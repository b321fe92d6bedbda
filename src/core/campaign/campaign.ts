import type { Plan } from './plan.js'

export interface Criterion {
  /** The code in the plan, `a1`…`b6`. */
  code: string
  group: string
  /** At most 70 UTF-16 units, for buttons and menus. */
  short: string
  /** The plan's wording. */
  text: string
}

export interface CriteriaGroup {
  code: string
  title: string
  short: string
  criteria: readonly Criterion[]
}

/** When heads are reminded of a review. Part of the plan's file, so that a college can change it. */
export interface Ladder {
  /** Working days before the review, earliest rung first. */
  workingDaysBefore: readonly number[]
  onTheDay: boolean
  /** Working days after the review, for units that are overdue. */
  workingDaysLate: readonly number[]
  /** HH:mm, when a rung falls due. */
  at: string
  /** HH:mm, from which nothing is sent until the next working day. */
  until: string
}

/** A campaign: the plan as imported. */
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

/** Builds the campaign of an imported plan. */
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

/**
 * Every criterion in the plan's order, cached per campaign object: a campaign is immutable, an import makes a new one.
 */
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

export interface Campaigns {
  /** The campaign that applies where none is named: the one imported last. */
  current(workspaceId: string): Promise<Campaign | undefined>
  /** Every campaign, last imported first. */
  all(workspaceId: string): Promise<Campaign[]>
  byId(workspaceId: string, id: string): Promise<Campaign | undefined>
  byCode(workspaceId: string, code: string): Promise<{ id: string; hash: string } | undefined>
  put(
    campaign: { id: string; workspaceId: string; code: string; hash: string; plan: unknown },
    now: Date,
  ): Promise<void>
}
