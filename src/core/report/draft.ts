import { isDeepStrictEqual } from 'node:util'
import type { Campaign } from '../campaign/campaign.js'
import { mustBeOpen } from '../campaign/closed.js'
import { closingOf, type ReviewKind } from '../campaign/review.js'
import { FormError } from '../errors.js'
import { aboutUnitReports } from '../outbox/topics.js'
import { secrecyMarks } from '../secrecy.js'
import type { UseCase } from '../use-case.js'
import { WHEN_REFUSED, withhold } from '../withheld.js'
import { ownReport } from './decide.js'
import type { ReportTexts, UnitReport } from './report.js'
import { faultsOf } from './text.js'

/** In which form and when something was typed. */
export interface TypedIn {
  /** Id of the opened form; unique. */
  form: string
  /** The version of the texts when the form was opened. */
  seen: number
  /** Microseconds by the chat's clock; null when the form was closed. */
  micros: number | null
}

/** The content of a form when it is sent or closed is its last. */
const LAST = Number.MAX_SAFE_INTEGER

const fields = ['selfAssessment', 'difficulties'] as const

/**
 * Stores what the head has typed so far. Not stored: a text that is too long, anything that would overwrite what
 * somebody else has written since, or anything once the review is closed; those are reported when the form is sent. A text
 * with a secrecy stamp is emptied, with what was stored of it, and the rest of it is withheld. Throws `access.denied`,
 * `unit.not_found`.
 */
export async function storeTexts(
  use: UseCase,
  campaign: Campaign,
  unitId: string,
  kind: ReviewKind,
  typed: Partial<ReportTexts>,
  at: TypedIn,
): Promise<void> {
  const { report } = await ownReport(use, campaign, unitId, kind)
  if (closingOf(await use.tx.reviews.list(campaign.id), kind)) return
  if (isBehind(report, at)) return
  // A chat may leave out fields when a form is closed: their stored values stay.
  const given = (field: (typeof fields)[number]) => typed[field] ?? (at.micros === null ? report[field] : '')
  const texts = { ...textsOf(report) }
  const secret = fields.filter((field) => secrecyMarks({ ...typed }).has(field))
  for (const field of secret) texts[field] = ''
  const out = withhold(report.withheld, at.form, { ...typed }, secret)
  if (!isDeepStrictEqual(out.withheld, report.withheld))
    await use.tx.unitReports.withhold(report.id, texts, out.withheld, secret.length > 0)
  if (at.micros === WHEN_REFUSED) return
  for (const field of fields)
    if (!out.fields.has(field) && faultsOf(field, given(field)).length === 0) texts[field] = given(field).trim()
  await use.tx.unitReports.keepTexts(report.id, texts, at.form, at.micros ?? LAST, use.actor.person.id, use.now)
}

/** Stores the two texts of a sent form. Throws as `storeTexts`, `review.closed`, and FormError at `selfAssessment` or `difficulties`. */
export async function saveTexts(
  use: UseCase,
  campaign: Campaign,
  unitId: string,
  kind: ReviewKind,
  typed: Partial<ReportTexts>,
  at: Omit<TypedIn, 'micros'>,
): Promise<void> {
  const { report } = await ownReport(use, campaign, unitId, kind)
  await mustBeOpen(use.tx, use.actor.workspaceId, campaign.id, kind)
  const texts = { selfAssessment: (typed.selfAssessment ?? '').trim(), difficulties: (typed.difficulties ?? '').trim() }
  const faults = fields.flatMap((field) => faultsOf(field, texts[field]))
  if (faults.length === 0 && isBehind(report, at)) {
    const { name: by = '', at: when = use.now } = report.textBy ?? {}
    faults.push({ field: 'selfAssessment', key: 'unitReport.texts_changed', params: { by, at: when } })
  }
  if (faults.length > 0) throw new FormError(faults)
  await use.tx.unitReports.keepTexts(report.id, texts, at.form, LAST, use.actor.person.id, use.now)
  // Readers of the sent report see that it differs now.
  await use.tx.outbox.touch(aboutUnitReports(unitId), use.now)
}

const textsOf = ({ selfAssessment, difficulties }: UnitReport): ReportTexts => ({ selfAssessment, difficulties })

/** Whether somebody wrote in another form after this one was opened. */
const isBehind = (report: UnitReport, at: Omit<TypedIn, 'micros'>): boolean =>
  report.textForm !== at.form && report.textVersion !== at.seen
