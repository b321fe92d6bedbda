/**
 * States of a unit's report for one review (Chưa gửi, Chờ duyệt, Đã duyệt, Từ chối; the names of MISA eGov's emulation
 * module). The unit sends, the Command Board approves or rejects.
 */
export const unitReportStates = ['draft', 'sent', 'approved', 'rejected'] as const
export type UnitReportState = (typeof unitReportStates)[number]

/**
 * The allowed transitions. The trigger of migration 0019 enforces the same table: a change here needs a migration that
 * recreates the trigger.
 */
const next: Record<UnitReportState, readonly UnitReportState[]> = {
  draft: ['sent'],
  // Sent again after the evidence changed; `sendReport` requires such a change.
  // Back to a draft when the unit's head takes it back before the Board has decided.
  sent: ['sent', 'approved', 'rejected', 'draft'],
  // The Board may reject an approved report when its evidence has changed.
  approved: ['sent', 'rejected'],
  rejected: ['sent'],
}

export const reportMayBecome = (from: UnitReportState, to: UnitReportState): boolean => next[from].includes(to)
