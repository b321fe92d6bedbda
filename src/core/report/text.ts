import { type FieldFault, FormError } from '../errors.js'
import { secrecyMark } from '../secrecy.js'

/** The longest text of a report, in UTF-16 units: as long as a submission's. */
export const maxReportText = 3000
export const maxReason = 1000

/** The reason for a rejection, trimmed. Throws FormError at `reason`. */
export function checkReason(typed: string): string {
  const reason = typed.trim()
  const faults: FieldFault[] =
    reason === ''
      ? [{ field: 'reason', key: 'unitReport.reason_empty', params: {} }]
      : faultsOf('reason', reason, maxReason)
  if (faults.length > 0) throw new FormError(faults)
  return reason
}

/** Faults of a text that people will read: its length, a secrecy stamp. */
export function faultsOf(field: string, text: string, max = maxReportText): FieldFault[] {
  const mark = secrecyMark(text)
  return [
    ...(text.length > max ? [{ field, key: 'unitReport.text_too_long', params: { max } } as const] : []),
    ...(mark ? [{ field, key: 'submission.secret', params: { mark } } as const] : []),
  ]
}
