import type { FaultKey, Faults } from '../core/errors.js'
import { vi } from '../text/vi.js'

/** Sentence of a fault, thrown or at a field. */
export const sentence = (fault: { key: FaultKey; params: Faults[FaultKey] }, timeZone: string): string =>
  (vi.faults[fault.key] as (params: Faults[FaultKey], timeZone: string) => string)(fault.params, timeZone)
