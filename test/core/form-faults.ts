import { type FieldFault, FormError } from '../../src/core/errors.js'

/** The faults of the FormError that `work` throws; none when it returns. */
export function formFaults(work: () => unknown): readonly FieldFault[] {
  try {
    work()
    return []
  } catch (error) {
    if (!(error instanceof FormError)) throw error
    return error.faults
  }
}
