export const reviewKinds = ['preliminary', 'final'] as const
/** *Sơ kết* and *tổng kết*. The plan gives no date for either: the Board sets them. */
export type ReviewKind = (typeof reviewKinds)[number]
export interface Review {
  kind: ReviewKind
  /** yyyy-mm-dd in the campaign's time zone. */
  date: string
}
export interface Reviews {
  list(campaignId: string): Promise<Review[]>
  set(workspaceId: string, campaignId: string, review: Review, by: string, now: Date): Promise<void>
}
