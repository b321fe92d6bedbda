import type { HolidayLineFault } from './calendar/holiday-lines.js'

/** Every fault that a person can be told about: its key, and the parameters of its sentence. */
export interface Faults {
  'access.denied': {
    need:
      | 'tonghop'
      | 'dates'
      | 'confirm'
      | 'submit'
      | 'see'
      | 'nil'
      | 'author'
      | 'draft'
      | 'report'
      | 'report_decide'
      | 'accept'
      | 'settings'
      | 'holidays'
      | 'log'
      | 'paper'
      | 'erasure'
      | 'absence'
      | 'wish'
      | 'nudge'
      | 'handover'
      | 'account'
      | 'close'
      | 'reopen'
  }
  'campaign.none': Record<string, never>
  /** The subject belongs to another campaign than the request. */
  'campaign.other': Record<string, never>
  'person.unknown': { orgOffice: string[] }
  /** An account with the e-mail of a person on the roster that is not bound to them. */
  'account.refused': {
    why: 'guest' | 'closed' | 'bot' | 'elsewhere' | 'taken' | 'held' | 'gone'
    orgOffice: string[]
  }
  'person.no_unit': Record<string, never>
  'unit.not_found': { word: string }
  'criterion.not_found': { word: string }
  'submission.not_found': Record<string, never>
  'attachment.none': Record<string, never>
  'attachment.too_many': { max: number; have: number }
  'attachment.secret': { mark: string }
  'attachment.gone': Record<string, never>
  'attachment.nothing_stored': Record<string, never>
  'drop.gone': Record<string, never>
  'submission.text_empty': Record<string, never>
  'submission.text_too_long': { max: number }
  'submission.secret': { mark: string }
  'submission.criterion_missing': Record<string, never>
  'submission.unit_missing': Record<string, never>
  'submission.date_missing': Record<string, never>
  'submission.date_invalid': Record<string, never>
  'submission.date_future': { today: string }
  'submission.date_outside': { from: string; to: string }
  'submission.figure_invalid': Record<string, never>
  'submission.figure_unit_missing': Record<string, never>
  'submission.figure_missing': Record<string, never>
  'submission.figure_unit_too_long': { max: number }
  'submission.link_invalid': { link: string }
  'submission.links_too_many': { max: number }
  'submission.state_changed': { number: string; state: string; by: string; at: Date }
  /** The Command Board cannot accept what the head has not confirmed yet. */
  'submission.head_first': { number: string }
  /** The author changed it after the deciding person last saw it. */
  'submission.rewritten': { number: string; by: string; at: Date }
  'return.reason_empty': Record<string, never>
  'review.date_invalid': { word: string }
  'review.date_outside': { from: string; to: string }
  'review.order': Record<string, never>
  'review.closed': { kind: 'preliminary' | 'final'; by: string; at: Date }
  'review.not_closed': { kind: 'preliminary' | 'final' }
  /** A review is closed on its day or later. */
  'review.too_early': { kind: 'preliminary' | 'final'; date: string }
  /** A later review is closed, which counts on this one. */
  'review.later_closed': { kind: 'preliminary' | 'final' }
  /** An earlier review has to be closed first. */
  'review.earlier_open': { kind: 'preliminary' | 'final'; date: string }
  'review.reason_empty': Record<string, never>
  'holiday.year': { word: string; from: number; to: number }
  /** Somebody else confirmed or edited the year since it was shown. */
  'holiday.changed': { by: string; at: Date }
  /** Somebody else reset the year to the proposal since it was shown. */
  'holiday.reset': Record<string, never>
  'holiday.lines': { faults: readonly HolidayLineFault[] }
  'nil.has_evidence': { criterion: string }
  'nil.reason_empty': Record<string, never>
  'nil.reason_too_long': { max: number }
  'nil.nothing_left': Record<string, never>
  'draft.gone': Record<string, never>
  'unitReport.no_date': { kind: 'preliminary' | 'final' }
  /** `by` is '' and `at` null for a report that was never sent. */
  'unitReport.state_changed': {
    unit: string
    kind: 'preliminary' | 'final'
    state: string
    by: string
    at: Date | null
  }
  'unitReport.text_too_long': { max: number }
  'unitReport.texts_changed': { by: string; at: Date }
  'unitReport.reason_empty': Record<string, never>
  'log.number': { word: string }
  'paper.date_outside': { from: string; to: string }
  'erasure.waiting': { at: Date }
  'erasure.nobody': Record<string, never>
  'erasure.gone': Record<string, never>
  'erasure.decided': { state: 'agreed' | 'refused' | 'taken_back' | 'waiting'; by: string; at: Date }
  'erasure.reason_empty': Record<string, never>
  'erasure.reason_too_long': { max: number }
  'erasure.what_missing': Record<string, never>
  'nudge.no_review': { kind: 'preliminary' | 'final' | null }
  'absence.date_invalid': { word: string }
  'absence.order': { from: string; until: string }
  'absence.past': { until: string; today: string }
  'absence.too_long': Record<string, never>
  'absence.too_far': { from: string }
  'absence.unclear': { word: string }
  'absence.nobody': { word: string }
  'absence.gone': Record<string, never>
  'handover.nobody': Record<string, never>
  'handover.unclear': { word: string; names: string[] }
  'wish.hour_invalid': { from: string; until: string }
  'rehearsal.unclear': { word: string }
  'rehearsal.past': { today: string }
  'rehearsal.too_far': Record<string, never>
  'request.stale': Record<string, never>
  'chat.slow': Record<string, never>
}

export type FaultKey = keyof Faults
export type Fault = { [K in FaultKey]: { key: K; params: Faults[K] } }[FaultKey]

/** A fault with the form field where it was made. */
export type FieldFault = { field: string } & Fault

/** Thrown for a person's fault; shown to them as one Vietnamese sentence. Nothing is changed. */
export class UserError<K extends FaultKey = FaultKey> extends Error {
  constructor(
    readonly key: K,
    readonly params: Faults[K],
  ) {
    super(key)
  }
}

/** Thrown when a form has faults: each is shown at its field, and what was typed stays. */
export class FormError extends Error {
  constructor(readonly faults: readonly FieldFault[]) {
    super(faults.map((f) => `${f.field}: ${f.key}`).join(', '))
  }
}
