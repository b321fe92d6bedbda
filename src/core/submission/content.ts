import type { Campaign } from '../campaign/campaign.js'
import { isDate, localDate } from '../date.js'
import { type FieldFault, FormError } from '../errors.js'
import { secrecyFaults } from '../secrecy.js'

/** The content of one submission. Texts are NFC. */
export interface SubmissionContent {
  unitId: string
  criterion: string
  text: string
  /** yyyy-mm-dd. */
  doneOn: string
  /** A decimal number as text with a point, or null. */
  figure: string | null
  /** The unit of measure of the figure. */
  figureUnit: string | null
  /** http(s) addresses. */
  links: readonly string[]
}

/** The form's fields as typed, possibly empty. */
export interface SubmissionDraft {
  unitId?: string
  criterion?: string
  text?: string
  doneOn?: string
  figure?: string
  figureUnit?: string
  links?: string
}

export const maxText = 3000
export const maxFigureUnit = 50
const maxLinks = 10

/**
 * Validates every field of a form at once. Throws FormError with each fault at its field (`unit`, `criterion`, `text`,
 * `doneOn`, `figure`, `figureUnit`, `links`).
 */
export function checkContent(
  draft: SubmissionDraft,
  campaign: Campaign,
  now: Date,
  timeZone: string,
): SubmissionContent {
  const faults: FieldFault[] = []
  const today = localDate(now, timeZone)
  const text = (draft.text ?? '').trim()
  const { figure, figureUnit } = checkFigure(draft, faults)
  const links = checkLinks(draft.links ?? '', faults)
  if (!draft.unitId) faults.push({ field: 'unit', key: 'submission.unit_missing', params: {} })
  if (!draft.criterion || !campaign.groups.some((g) => g.criteria.some((c) => c.code === draft.criterion)))
    faults.push({ field: 'criterion', key: 'submission.criterion_missing', params: {} })
  if (text === '') faults.push({ field: 'text', key: 'submission.text_empty', params: {} })
  else if (text.length > maxText)
    faults.push({ field: 'text', key: 'submission.text_too_long', params: { max: maxText } })
  checkDate(draft.doneOn ?? '', campaign, today, faults)
  const secret = secrecyFaults({ text, figure: draft.figure, figureUnit, links: draft.links })
  // No other fault of such a field: its sentence would repeat the text.
  const others = faults.filter(({ field }) => !secret.some((s) => s.field === field))
  if (others.length + secret.length > 0) throw new FormError([...others, ...secret])
  return {
    unitId: draft.unitId as string,
    criterion: draft.criterion as string,
    text,
    doneOn: draft.doneOn as string,
    figure,
    figureUnit,
    links,
  }
}

function checkDate(date: string, campaign: Campaign, today: string, faults: FieldFault[]): void {
  const { from, to } = campaign.period
  if (date === '') faults.push({ field: 'doneOn', key: 'submission.date_missing', params: {} })
  else if (!isDate(date)) faults.push({ field: 'doneOn', key: 'submission.date_invalid', params: {} })
  else if (date < from || date > to)
    faults.push({ field: 'doneOn', key: 'submission.date_outside', params: { from, to } })
  else if (date > today) faults.push({ field: 'doneOn', key: 'submission.date_future', params: { today } })
}

function checkFigure(draft: SubmissionDraft, faults: FieldFault[]) {
  const typed = (draft.figure ?? '').trim()
  const figureUnit = (draft.figureUnit ?? '').trim() || null
  const figure = typed === '' ? null : parseFigure(typed)
  if (typed !== '' && figure === null) faults.push({ field: 'figure', key: 'submission.figure_invalid', params: {} })
  if (figure !== null && !figureUnit)
    faults.push({ field: 'figureUnit', key: 'submission.figure_unit_missing', params: {} })
  if (typed === '' && figureUnit) faults.push({ field: 'figure', key: 'submission.figure_missing', params: {} })
  if (figureUnit && figureUnit.length > maxFigureUnit)
    faults.push({ field: 'figureUnit', key: 'submission.figure_unit_too_long', params: { max: maxFigureUnit } })
  return { figure, figureUnit }
}

/**
 * Parses a number as written in Vietnam (`1.250,5`) or sent by a form field (`1250.5`); null for none. A point before
 * exactly three digits separates thousands only where there is a comma or a second point.
 */
export function parseFigure(typed: string): string | null {
  const text = typed.replace(/[\s\u00a0]/g, '')
  if (/^\d{1,3}(\.\d{3})+,\d+$/.test(text) || /^\d{1,3}(\.\d{3}){2,}$/.test(text))
    return plain(text.replaceAll('.', '').replace(',', '.'))
  if (/^\d+,\d+$/.test(text)) return plain(text.replace(',', '.'))
  return /^\d+(\.\d+)?$/.test(text) ? plain(text) : null
}

const plain = (text: string): string | null => (text.length <= 20 ? text.replace(/^0+(?=\d)/, '') : null)

function checkLinks(typed: string, faults: FieldFault[]): string[] {
  const links = typed.split(/\s+/).filter((l) => l !== '')
  const bad = links.find((l) => !isLink(l))
  if (bad) faults.push({ field: 'links', key: 'submission.link_invalid', params: { link: bad } })
  if (links.length > maxLinks)
    faults.push({ field: 'links', key: 'submission.links_too_many', params: { max: maxLinks } })
  return links
}

function isLink(text: string): boolean {
  if (text.length > 2000 || !/^https?:\/\//i.test(text)) return false
  return URL.canParse(text)
}
