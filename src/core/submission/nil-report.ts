import type { ReviewKind } from '../campaign/review.js'

export interface NilKey {
  unitId: string
  criterion: string
  reviewKind: ReviewKind
}

export type NilReport = NilKey & { reason: string | null }
export interface NilReports {
  ofUnit(campaignId: string, unitId: string): Promise<NilReport[]>
  /** Returns false when it was reported already. */
  add(workspaceId: string, campaignId: string, report: NilReport, by: string, now: Date): Promise<boolean>
  /** Changes the reason. Returns false when there is no such report, or it has this reason. */
  setReason(campaignId: string, report: NilReport): Promise<boolean>
  /** Returns false when it was not reported. */
  remove(campaignId: string, report: NilKey): Promise<boolean>
}

export const maxNilReason = 300
