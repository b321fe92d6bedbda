import type { Attachment } from '../../core/attachment/attachment.js'
import type { Campaign } from '../../core/campaign/campaign.js'
import { localDate } from '../../core/date.js'
import { isOrgOffice, unitsOf } from '../../core/people/access.js'
import type { Actor } from '../../core/people/person.js'
import { reports, type Unit } from '../../core/people/unit.js'
import type { Tx } from '../../core/ports.js'
import { maxFigureUnit, maxText, type SubmissionDraft } from '../../core/submission/content.js'
import type { Hint } from '../../core/submission/hint.js'
import { clip, showInstant } from '../../text/index.js'
import { vi } from '../../text/vi.js'
import { filesField } from '../attachment/card.js'
import { block, when } from '../blocks.js'
import type { Field, Form, Option } from '../ui.js'

const { submission: t, common, draft: td, coach: tc, attachment: ta } = vi

/** The units that a person may hand in for: their own, and all for the Organisation–Administration Office. */
export async function unitsFor(tx: Tx, actor: Actor): Promise<Unit[]> {
  if (!isOrgOffice(actor)) return unitsOf(actor)
  return (await tx.units.list(actor.workspaceId)).filter((u) => reports(u.kind))
}

export interface FormState {
  campaign: Campaign
  units: readonly Unit[]
  draft: SubmissionDraft
  /** The submission that is being changed. */
  editing?: { id: string; returned: boolean }
  now: Date
  timeZone: string
  /** Tells this form from the next one that the same view may show. */
  nonce: string
  /** The draft that is taken up: when it was left. */
  takenUp?: { at: Date }
  /** What the form comes back to ask for, once. */
  hint?: Hint
  /** It has asked already. */
  hinted?: boolean
  /** Files that were laid down for it and come along. */
  along?: readonly Attachment[]
  /** Files that the submission has, while it is changed. */
  there?: readonly Attachment[]
}

/** *Nộp minh chứng*: the notice first, then what must be said, then what may be. */
export function submissionForm(s: FormState): Form {
  const only = s.units.length === 1 ? s.units[0] : undefined
  const text = s.draft.text ?? ''
  // Never inside a character.
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
      drop: s.along ? true : undefined,
    },
    autosave: !s.editing,
    fields: [
      ...when(s.hint, (hint) => block.note(tc.note(hint))),
      block.note(t.secrecy),
      ...(s.takenUp ? takenUpFields(s.nonce, showInstant(s.takenUp.at, s.timeZone)) : []),
      only ? block.note(`${t.unit}: ${only.name}`) : unitField(s),
      criterionField(s),
      {
        kind: 'text',
        id: 'text',
        label: t.text,
        multiline: true,
        max: maxText,
        placeholder: t.textPlaceholder,
        value: text.slice(0, fits),
      },
      ...when(fits < text.length, () => block.note(t.rest(clip(text.slice(fits), 2500)))),
      { kind: 'date', id: 'doneOn', label: t.doneOn, value: s.draft.doneOn ?? defaultDate(s) },
      { kind: 'number', id: 'figure', label: t.figure, optional: true, hint: t.figureHint, value: s.draft.figure },
      {
        kind: 'text',
        id: 'figureUnit',
        label: t.figureUnit,
        optional: true,
        max: maxFigureUnit,
        placeholder: t.figureUnitPlaceholder,
        value: s.draft.figureUnit,
      },
      // Before the links: on a phone a photo is what most come with.
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

/**
 * A form that comes back has another field for files: those chosen in the first are laid down already, and would stand there
 * a second time.
 */
function fileFields({ along = [], there = [], hinted }: FormState): Field[] {
  const note = along.length > 0 ? ta.along(along) : there.length > 0 ? ta.there(there) : undefined
  const label = note ? ta.fieldMore : ta.field
  return [...when(note, block.note), filesField(hinted && along.length > 0 ? 'more' : 'files', true, label)]
}

/** The title stands above the form wherever one has scrolled to, so that it says that there is a hint. */
function titleOf({ editing, hint }: FormState): string {
  if (editing) return editing.returned ? t.resubmitTitle : t.editTitle
  return hint ? tc.title : t.formTitle
}

const takenUpFields = (id: string, at: string): Field[] => [
  block.note(td.takenUp(at)),
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
function defaultDate({ campaign, now, timeZone }: FormState): string {
  const today = localDate(now, timeZone)
  const { from, to } = campaign.period
  if (today < from) return from
  if (today > to) return to
  return today
}

export function criterionField({ campaign, draft }: Pick<FormState, 'campaign' | 'draft'>): Field {
  return {
    kind: 'choice',
    id: 'criterion',
    label: t.criterion,
    placeholder: t.criterionPlaceholder,
    value: draft.criterion,
    groups: campaign.groups.map((g) => ({
      label: t.group(g.code, g.short),
      options: g.criteria.map((c) => ({ value: c.code, label: common.criterion(c.code, c.short) })),
    })),
  }
}

/** A menu holds a hundred options a group, so that long lists are parted by the first and last name in each. */
export function unitField({ units, draft }: Pick<FormState, 'units' | 'draft'>): Field {
  const options: Option[] = units.map((u) => ({ value: u.id, label: u.name }))
  const groups = []
  for (let i = 0; i < options.length; i += 100) {
    const part = options.slice(i, i + 100)
    const [a, b] = [part[0]?.label ?? '', part.at(-1)?.label ?? '']
    groups.push({ label: options.length <= 100 ? t.unit : clip(`${clip(a, 35)} – ${clip(b, 35)}`, 75), options: part })
  }
  return { kind: 'choice', id: 'unit', label: t.unit, value: draft.unitId, groups }
}
