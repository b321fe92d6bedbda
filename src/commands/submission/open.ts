import { type Campaign, criterionOf } from '../../core/campaign/campaign.js'
import { type FormAbout, type FormView, viewForm } from '../../core/queries/submission/form.js'
import { secrecyMarks } from '../../core/secrecy.js'
import { maxText, type SubmissionDraft } from '../../core/submission/content.js'
import type { Draft } from '../../core/submission/draft.js'
import type { Submission } from '../../core/submission/submission.js'
import type { UseCase } from '../../core/use-case.js'
import { fold } from '../../text/index.js'
import { type Ctx, read } from '../command.js'
import type { Reply } from '../ui.js'
import { type FormState, submissionForm } from './form.js'

type FormOptions = Partial<Pick<FormState, 'editing' | 'draftSavedAt' | 'hint' | 'hinted' | 'nonce'>> &
  Pick<FormAbout, 'anyUnit' | 'dropId'>

/** Everything that the form for evidence is rendered from. */
export interface FormData extends FormView {
  draft: SubmissionDraft
  options: FormOptions
}

/** `a2 Huấn luyện 25/25 đạt 100%` → criterion a2 and the text; a first word that is no code belongs to the text. */
export function prefill(campaign: Campaign, rest: string): SubmissionDraft {
  const [, word = '', text = ''] = /^(\S+)\s*([\s\S]*)$/.exec(rest.trim()) ?? []
  const code = fold(word)
  return criterionOf(campaign, code) ? { criterion: code, text } : { text: rest.trim() }
}

/** The fields without those that bear a secrecy stamp, which older versions may have stored. */
const withoutSecrets = (draft: SubmissionDraft): SubmissionDraft => {
  const secret = secrecyMarks({ ...draft })
  return Object.fromEntries(Object.entries(draft).filter(([field]) => !secret.has(field)))
}

/** Reads the form for evidence with the fields filled in so far. Throws `person.no_unit` for a person without a unit. */
export async function readForm(
  use: UseCase,
  campaign: Campaign,
  draft: SubmissionDraft,
  options: FormOptions = {},
): Promise<FormData> {
  const { anyUnit, dropId, editing } = options
  const view = await viewForm(use, campaign, { unitId: draft.unitId, anyUnit, dropId, submissionId: editing?.id })
  return { ...view, draft: withoutSecrets(draft), options }
}

/**
 * Reads the form as it was when its draft was last saved. A draft longer than the form's field gets a form of its own, or
 * autosaving that form would cut it.
 */
export const readDraftForm = (use: UseCase, campaign: Campaign, draft: Draft): Promise<FormData> =>
  readForm(use, campaign, draft.content, {
    anyUnit: true,
    ...((draft.content.text?.length ?? 0) > maxText
      ? {}
      : { nonce: draft.id, hinted: draft.hinted, dropId: draft.id, draftSavedAt: draft.updatedAt }),
  })

/** The form *Nộp minh chứng* as a reply. */
export function formReply({ now, timeZone, newId, limits }: Ctx, data: FormData): Reply {
  const { editing, draftSavedAt, hint, hinted, nonce = newId() } = data.options
  const state = { view: data, draft: { ...data.draft, unitId: data.unitId }, now, timeZone, limits, nonce }
  return { kind: 'form', form: submissionForm({ ...state, editing, draftSavedAt, hint, hinted }) }
}

/** Opens the form for something new, with what is known of it. Throws `person.no_unit`. */
export const openForm = async (ctx: Ctx, draft: SubmissionDraft): Promise<Reply> =>
  formReply(ctx, await read(ctx, (use, campaign) => readForm(use, campaign, draft)))

/** A submission as the fields of its form. */
export const draftOf = (s: Submission): SubmissionDraft => ({
  unitId: s.unitId,
  criterion: s.criterion,
  text: s.text,
  doneOn: s.doneOn,
  figure: s.figure ?? undefined,
  figureUnit: s.figureUnit ?? undefined,
  links: s.links.join('\n'),
})
