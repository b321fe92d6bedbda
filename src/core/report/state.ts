/**
 * States of a unit's report for one review (Chưa gửi, Chờ duyệt, Đã duyệt, Từ chối; as MISA eGov's emulation module names
 * them). The unit sends, the Command Board approves or rejects.
 */
export const unitReportStates = ['draft', 'sent', 'approved', 'rejected'] as const
export type UnitReportState = (typeof unitReportStates)[number]

/**
 * The states that each may be followed by; anything else is refused, here and by the trigger that migration 0004 made of
 * this very table. Whoever changes it adds a migration that makes the trigger anew.
 */
const next: Record<UnitReportState, readonly UnitReportState[]> = {
  draft: ['sent'],
  // Sent again when the evidence changed since; the core asks for such a change.
  sent: ['sent', 'approved', 'rejected'],
  // The Board may ask again for what it approved, when the evidence under it has changed.
  approved: ['sent', 'rejected'],
  rejected: ['sent'],
}

export const reportMayBecome = (from: UnitReportState, to: UnitReportState): boolean => next[from].includes(to)
