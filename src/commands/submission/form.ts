import type { Campaign } from '../../core/campaign/campaign.js'
import { localDate } from '../../core/date.js'
import type { Unit } from '../../core/people/unit.js'
import type { FormView } from '../../core/queries/submission/form.js'
import { maxFigureUnit, maxText, type SubmissionDraft } from '../../core/submission/content.js'
import { type Hint, type HintField, hintField } from '../../core/submission/hint.js'
import { clip, showInstant } from '../../text/index.js'
import { vi } from '../../text/vi.js'
import { filesField } from '../attachment/card.js'
import { block, when } from '../blocks.js'
import type { ChatLimits } from '../chat.js'
import type { Field, Form, Option } from '../ui.js'

const { submission: t, common, draft: td, hint: th, attachment: ta } = vi

export interface FormState {
  view: FormView
  draft: SubmissionDraft
  /** The submission that is changed. */
  editing?: { id: string; returned: boolean }
  now: Date
  timeZone: string
  limits: ChatLimits
  /** Id of the form, and of its draft and file drop. */
  nonce: string
  /** When the draft that the form continues was last saved. */
  draftSavedAt?: Date
  /** What the form asks for, once. */
  hint?: Hint
  /** The form has given its hint. */
  hinted?: boolean
}

/** The form *Nộp minh chứng*: the notice on secrecy first, then required fields, then optional ones. */
export function submissionForm(s: FormState): Form {
  const { units, dropFiles } = s.view
  const only = units.length === 1 ? units[0] : undefined
  const text = s.draft.text ?? ''
  // Do not cut inside a surrogate pair.
  const fits = text.length > maxText && /[\uD800-\uDBFF]/.test(text.charAt(maxText - 1)) ? maxText - 1 : maxText
  return {
    id: 'submission',
    title: titleOf(s),
    submit: s.editing ? (s.editing.returned ? t.resubmitSubmit : t.editSubmit) : t.formSubmit,
    hidden: {
      unit: only?.id,
      id: s.editing?.id,
      nonce: s.nonce,
      hinted: s.hinted || undefined,
      drop: dropFiles.length > 0 || undefined,
    },
    autosave: !s.editing,
    fields: [
      block.note(t.secrecy),
      ...(s.draftSavedAt ? draftFields(s.nonce, showInstant(s.draftSavedAt, s.timeZone)) : []),
      only ? block.note(`${t.unit}: ${only.name}`) : unitField(s.limits, units, s.view.unitId),
      criterionField(s.view.campaign, s.draft.criterion),
      {
        kind: 'text',
        id: 'text',
        label: t.text,
        multiline: true,
        max: maxText,
        placeholder: t.textPlaceholder,
        value: text.slice(0, fits),
      },
      ...restOf(text.slice(fits)).map((part) => block.note(t.rest(part))),
      // Under the field that it is about, which is in sight when the form comes back.
      ...hintAt(s, 'text'),
      { kind: 'date', id: 'doneOn', label: t.doneOn, value: s.draft.doneOn ?? defaultDate(s) },
      { kind: 'number', id: 'figure', label: t.figure, optional: true, hint: t.figureHint, value: s.draft.figure },
      ...hintAt(s, 'figure'),
      {
        kind: 'text',
        id: 'figureUnit',
        label: t.figureUnit,
        optional: true,
        max: maxFigureUnit,
        placeholder: t.figureUnitPlaceholder,
        value: s.draft.figureUnit,
      },
      // Before the links: most people on a phone add a photo.
      ...fileFields(s),
      {
        kind: 'text',
        id: 'links',
        label: t.links,
        optional: true,
        multiline: true,
        max: maxText,
        hint: t.linksHint,
        value: s.draft.links,
      },
    ],
  }
}

/** Length of a part of a text that is too long for its field, below it; and of such parts, so that a form can hold them. */
const PART = 2500
const PARTS = 15

const restOf = (rest: string): string[] => (rest.match(new RegExp(`[\\s\\S]{1,${PART}}`, 'gu')) ?? []).slice(0, PARTS)

/** The hint, where it is about a field. */
const hintAt = ({ hint }: FormState, field: HintField): Field[] => [
  ...when(hint && hintField[hint] === field && hint, (hint) => block.note(th.note(hint))),
]

/**
 * A form that comes back with a hint has a field of another name for files: those chosen in the first field are stored
 * already, and the chat would show them a second time.
 */
function fileFields({ view: { dropFiles, submissionFiles }, hinted }: FormState): Field[] {
  const hasDrop = dropFiles.length > 0
  const note = hasDrop ? ta.along(dropFiles) : submissionFiles.length > 0 ? ta.there(submissionFiles) : undefined
  const label = note ? ta.fieldMore : ta.field
  return [...when(note, block.note), filesField(hinted && hasDrop ? 'more' : 'files', true, label)]
}

/** The title stays visible when the form is scrolled, so it announces the hint. */
function titleOf({ editing, hint }: FormState): string {
  if (editing) return editing.returned ? t.resubmitTitle : t.editTitle
  return hint ? th.title : t.formTitle
}

const draftFields = (id: string, savedAt: string): Field[] => [
  block.note(td.takenUp(savedAt)),
  block.buttons([
    { label: td.fresh, action: 'submission.new', value: { fresh: true } },
    {
      label: td.drop,
      action: 'draft.drop',
      value: { id },
      ask: { title: td.dropTitle, text: td.dropAsk, yes: td.dropYes, no: common.cancel },
    },
  ]),
]

/** Today, or the nearest day of the campaign's period. */
function defaultDate({ view: { campaign }, now, timeZone }: FormState): string {
  const today = localDate(now, timeZone)
  const { from, to } = campaign.period
  if (today < from) return from
  if (today > to) return to
  return today
}

export const criterionField = (campaign: Campaign, chosen: string | undefined): Field => ({
  kind: 'choice',
  id: 'criterion',
  label: t.criterion,
  placeholder: t.criterionPlaceholder,
  value: chosen,
  groups: campaign.groups.map((g) => ({
    label: t.group(g.code, g.short),
    options: g.criteria.map((c) => ({ value: c.code, label: common.criterion(c.code, c.short) })),
  })),
})

/** Length of each of the two names in the label of a group of units. */
const GROUP_NAME = 35

/** A choice of units; a long list is split into groups labelled by their first and last name. */
export function unitField(limits: ChatLimits, units: readonly Unit[], chosen?: string): Field {
  const options: Option[] = units.map((u) => ({ value: u.id, label: u.name }))
  const groups = []
  for (let i = 0; i < options.length; i += limits.options) {
    const part = options.slice(i, i + limits.options)
    const [a, b] = [part[0]?.label ?? '', part.at(-1)?.label ?? '']
    const range = `${clip(a, GROUP_NAME)} – ${clip(b, GROUP_NAME)}`
    groups.push({ label: options.length <= limits.options ? t.unit : range, options: part })
  }
  return { kind: 'choice', id: 'unit', label: t.unit, value: chosen, groups }
}
