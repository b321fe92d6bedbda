import type { Campaign } from '../campaign/campaign.js'
import type { ReviewKind } from '../campaign/review.js'
import { FormError } from '../errors.js'
import { aboutUnitReports } from '../outbox/topics.js'
import type { UseCase } from '../use-case.js'
import { ownReport } from './decide.js'
import type { ReportTexts, UnitReport } from './report.js'
import { faultsOf } from './text.js'

/** Where and when something was typed. */
export interface TypedIn {
  /** The form that was opened; each has its own. */
  form: string
  /** The texts' version when it was opened. */
  seen: number
  /** Microseconds by the chat's clock, null when the form was closed. */
  micros: number | null
}
/** What a form held when it was sent or closed is the last of it. */
const LAST = Number.MAX_SAFE_INTEGER

const fields = ['selfAssessment', 'difficulties'] as const

/**
 * Keeps what the head typed so far, sent or not. A text that is too long or bears the mark of a state secret is not kept,
 * nor is anything that would overwrite what somebody else wrote meanwhile: that is told when the form is sent.
 * Throws `access.denied`, `unit.not_found`.
 */
export async function keepTexts(
  use: UseCase,
  campaign: Campaign,
  unitId: string,
  kind: ReviewKind,
  typed: Partial<ReportTexts>,
  at: TypedIn,
): Promise<void> {
  const { report } = await ownReport(use, campaign, unitId, kind)
  if (isBehind(report, at)) return
  // A chat need not tell all fields of a form that is closed: what was kept of them before stays.
  const given = (field: (typeof fields)[number]) => typed[field] ?? (at.micros === null ? report[field] : '')
  const texts = { ...textsOf(report) }
  for (const field of fields) if (faultsOf(field, given(field)).length === 0) texts[field] = given(field).trim()
  await use.tx.unitReports.keepTexts(report.id, texts, at.form, at.micros ?? LAST, use.actor.person.id, use.now)
}

/**
 * Keeps the two texts as they were sent with their form.
 * Throws as `keepTexts` does, and FormError at `selfAssessment` or `difficulties`.
 */
export async function saveTexts(
  use: UseCase,
  campaign: Campaign,
  unitId: string,
  kind: ReviewKind,
  typed: Partial<ReportTexts>,
  at: Omit<TypedIn, 'micros'>,
): Promise<void> {
  const { report } = await ownReport(use, campaign, unitId, kind)
  const texts = { selfAssessment: (typed.selfAssessment ?? '').trim(), difficulties: (typed.difficulties ?? '').trim() }
  const faults = fields.flatMap((field) => faultsOf(field, texts[field]))
  if (faults.length === 0 && isBehind(report, at)) {
    const { name: by = '', at: when = use.now } = report.textBy ?? {}
    faults.push({ field: 'selfAssessment', key: 'unitReport.texts_changed', params: { by, at: when } })
  }
  if (faults.length > 0) throw new FormError(faults)
  await use.tx.unitReports.keepTexts(report.id, texts, at.form, LAST, use.actor.person.id, use.now)
  // Those who read what was sent learn that it differs by now.
  await use.tx.outbox.touch(aboutUnitReports(unitId), use.now)
}

const textsOf = ({ selfAssessment, difficulties }: UnitReport): ReportTexts => ({ selfAssessment, difficulties })

/** Somebody wrote in another form after this one was opened. */
const isBehind = (report: UnitReport, at: Omit<TypedIn, 'micros'>): boolean =>
  report.textForm !== at.form && report.textVersion !== at.seen
