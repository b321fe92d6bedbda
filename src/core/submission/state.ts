/** States of a submission. A head confirms, the Command Board accepts; either may return; its author may withdraw it. */
export const submissionStates = ['submitted', 'confirmed', 'accepted', 'returned', 'withdrawn'] as const
export type SubmissionState = (typeof submissionStates)[number]

/**
 * The states that each may be followed by; anything else is refused, here and by the triggers that migration 0003 made of
 * this very table. Whoever changes it adds a migration that makes them anew.
 */
const next: Record<SubmissionState, readonly SubmissionState[]> = {
  // Accepted at once where the head's confirmation is not needed (`headConfirms`).
  submitted: ['submitted', 'confirmed', 'accepted', 'returned', 'withdrawn'],
  confirmed: ['submitted', 'accepted', 'returned', 'withdrawn'],
  returned: ['submitted', 'withdrawn'],
  accepted: [],
  withdrawn: [],
}

export const mayBecome = (from: SubmissionState, to: SubmissionState): boolean => next[from].includes(to)

/** The states in which evidence may wait for the Command Board: without the heads' part, also what is only handed in. */
export const awaitingBoard = (headConfirms: boolean): readonly SubmissionState[] =>
  headConfirms ? ['confirmed'] : ['submitted', 'confirmed']
