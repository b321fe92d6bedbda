/** States of a submission. A head confirms, the Command Board accepts; either may return; its author may withdraw it. */
export const submissionStates = ['submitted', 'confirmed', 'accepted', 'returned', 'withdrawn'] as const
export type SubmissionState = (typeof submissionStates)[number]

/** The states that each may be followed by; anything else is refused. */
const next: Record<SubmissionState, readonly SubmissionState[]> = {
  submitted: ['submitted', 'confirmed', 'returned', 'withdrawn'],
  confirmed: ['submitted', 'accepted', 'returned', 'withdrawn'],
  returned: ['submitted', 'withdrawn'],
  accepted: [],
  withdrawn: [],
}

export const mayBecome = (from: SubmissionState, to: SubmissionState): boolean => next[from].includes(to)
