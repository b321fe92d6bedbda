import type { Fault } from '../core/errors.js'
import { vi } from '../text/vi.js'

/** Sentence of a fault. */
export const sentence = (fault: Fault, timeZone: string): string =>
  (vi.faults[fault.key] as (params: Fault['params'], timeZone: string) => string)(fault.params, timeZone)
