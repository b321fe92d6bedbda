import { filesAlong } from '../../core/attachment/drop-files.js'
import { type Campaign, criterionOf } from '../../core/campaign/campaign.js'
import { UserError } from '../../core/errors.js'
import { unitsOf } from '../../core/people/access.js'
import type { SubmissionDraft } from '../../core/submission/content.js'
import type { Draft } from '../../core/submission/draft.js'
import type { Submission } from '../../core/submission/submission.js'
import type { UseCase } from '../../core/use-case.js'
import { fold } from '../../text/index.js'
import { type Ctx, look } from '../command.js'
import type { Reply } from '../ui.js'
import { type FormState, submissionForm, unitsFor } from './form.js'

export type FormOptions = Partial<Pick<FormState, 'editing' | 'takenUp' | 'hint' | 'hinted' | 'nonce'>> & {
  /** Whether another unit may be chosen than the one that is named; a form about one unit does not ask again. */
  anyUnit?: boolean
  /** Files were laid down for it under this id. */
  drop?: string
}

/** `a2 Huấn luyện 25/25 đạt 100%` → criterion a2 and the text; a first word that is no code belongs to the text. */
export function prefill(campaign: Campaign, rest: string): SubmissionDraft {
  const [, word = '', text = ''] = /^(\S+)\s*([\s\S]*)$/.exec(rest.trim()) ?? []
  const code = fold(word)
  return criterionOf(campaign, code) ? { criterion: code, text } : { text: rest.trim() }
}

/** The form *Nộp minh chứng* with what is known already. Throws `person.no_unit` for those who hand in nothing. */
export const openForm = (ctx: Ctx, draft: SubmissionDraft, options: FormOptions = {}): Promise<Reply> =>
  look(ctx, (use, campaign) => formReply(use, campaign, draft, options))

/** As `openForm`, within a transaction. */
export async function formReply(
  use: UseCase,
  campaign: Campaign,
  draft: SubmissionDraft,
  { anyUnit, drop, ...options }: FormOptions = {},
): Promise<Reply> {
  const { tx, actor, now, timeZone, newId } = use
  const units = await unitsFor(tx, actor)
  if (units.length === 0) throw new UserError('person.no_unit', {})
  const own = unitsOf(actor)[0]?.id
  const unitId = units.some((u) => u.id === draft.unitId) ? draft.unitId : units.length > 1 ? own : undefined
  const isFixed = !anyUnit && unitId !== undefined && draft.unitId === unitId
  const along = drop ? await filesAlong(use, drop) : []
  const there = options.editing ? await tx.attachments.ofSubmission(actor.workspaceId, options.editing.id) : undefined
  const form = submissionForm({
    campaign,
    units: isFixed ? units.filter((u) => u.id === unitId) : units,
    draft: { ...draft, unitId },
    now,
    timeZone,
    ...options,
    ...(along.length > 0 ? { along } : {}),
    there,
    nonce: options.nonce ?? newId(),
  })
  return { kind: 'form', form }
}

/** The form as it was left. */
export const takeUp = (ctx: Ctx, draft: Draft): Promise<Reply> =>
  openForm(ctx, draft.content, {
    anyUnit: true,
    nonce: draft.id,
    hinted: draft.hinted,
    drop: draft.id,
    takenUp: { at: draft.updatedAt },
  })

/** What was handed in, as it was typed. */
export const draftOf = (s: Submission): SubmissionDraft => ({
  unitId: s.unitId,
  criterion: s.criterion,
  text: s.text,
  doneOn: s.doneOn,
  figure: s.figure ?? undefined,
  figureUnit: s.figureUnit ?? undefined,
  links: s.links.join('\n'),
})
