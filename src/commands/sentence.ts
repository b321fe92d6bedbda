import type { FaultKey, Faults } from '../core/errors.js'
import { vi } from '../text/vi.js'

/** The Vietnamese sentence of a fault. `timeZone`: IANA name, for the instants in it. */
export const sentence = (fault: { key: FaultKey; params: Faults[FaultKey] }, timeZone: string): string =>
  (vi.faults[fault.key] as (params: Faults[FaultKey], timeZone: string) => string)(fault.params, timeZone)
