/**
 * States of a submission. A head confirms, the Command Board accepts; either can return it; its author can withdraw it.
 */
export const submissionStates = ['submitted', 'confirmed', 'accepted', 'returned', 'withdrawn'] as const
export type SubmissionState = (typeof submissionStates)[number]

/**
 * The allowed transitions. The triggers of migration 0003 enforce the same table: a change here needs a migration that
 * recreates them.
 */
const next: Record<SubmissionState, readonly SubmissionState[]> = {
  // Accepted directly where the head's confirmation is not required (`headConfirms`).
  submitted: ['submitted', 'confirmed', 'accepted', 'returned', 'withdrawn'],
  confirmed: ['submitted', 'accepted', 'returned', 'withdrawn'],
  returned: ['submitted', 'withdrawn'],
  accepted: [],
  withdrawn: [],
}

export const mayBecome = (from: SubmissionState, to: SubmissionState): boolean => next[from].includes(to)

/**
 * The states in which evidence waits for the Command Board: also newly handed in evidence where heads need not confirm.
 */
export const awaitingBoard = (headConfirms: boolean): readonly SubmissionState[] =>
  headConfirms ? ['confirmed'] : ['submitted', 'confirmed']
