import { isDeepStrictEqual } from 'node:util'
import { type Campaign, criterionOf } from '../campaign/campaign.js'
import { isDate } from '../date.js'
import { UserError } from '../errors.js'
import { authorize, may } from '../people/access.js'
import type { Tx } from '../ports.js'
import { rejectSecrecyStamps, secrecyMarks } from '../secrecy.js'
import type { UseCase } from '../use-case.js'
import { WHEN_REFUSED, withhold } from '../withheld.js'
import { maxFigureUnit, maxText, type SubmissionDraft } from './content.js'
import type { Draft, TypedAt } from './draft.js'
import { formKey } from './submission.js'

/** The time of the input of a closed form: later than any other input of that form. */
export const whenClosed = Number.MAX_SAFE_INTEGER

const RETENTION_DAYS = 30
const RETENTION_MS = RETENTION_DAYS * 86_400_000

/**
 * Stores what was typed so far: one row, no messages. Not stored: a form that was handed in, a form in which nothing was
 * written. A field with a secrecy stamp is emptied, with what was stored of it, and the rest of its text is
 * withheld.
 */
export async function saveDraft(
  use: UseCase,
  campaign: Campaign,
  id: string,
  typed: SubmissionDraft,
  hinted: boolean,
  at: TypedAt,
): Promise<void> {
  const { tx, actor, now } = use
  const { workspaceId } = actor
  if ((await tx.submissions.ofForm(workspaceId, formKey(id, actor.person.id))).length > 0) return
  const before = await tx.drafts.byId(workspaceId, id)
  if (before && before.personId !== actor.person.id) return
  const secret = [...secrecyMarks({ ...typed }).keys()]
  const out = withhold(before?.withheld ?? [], at.form, { ...typed }, secret)
  const stored = without(before?.content ?? {}, (field) => secret.includes(field))
  const { withheld } = out
  const personId = actor.person.id
  const draft = { id, workspaceId, personId, campaignId: campaign.id, hinted, updatedAt: now, withheld }
  if (!isDeepStrictEqual(withheld, before?.withheld ?? []))
    await tx.drafts.withhold({ ...draft, content: stored }, at.form, secret.length > 0)
  if (at.micros === WHEN_REFUSED) return
  const fresh = without(keepable(use, campaign, typed), (field) => out.fields.has(field))
  // A chat may leave out fields when a form is closed: their stored values stay.
  const content = at.micros === whenClosed ? { ...stored, ...fresh } : fresh
  await tx.drafts.save({ ...draft, content }, at, !isBlank(content))
}

/**
 * Stores words that were typed outside a form as a draft, whole, even if they are too long for the form's field; returns the
 * draft's id. The same words again are the same draft. Throws FormError `submission.secret` for words with a secrecy stamp.
 */
export async function keepWords(use: UseCase, campaign: Campaign, words: SubmissionDraft): Promise<string> {
  const { tx, actor, now, newId } = use
  rejectSecrecyStamps({ ...words })
  const same = (await draftsOf(use, campaign)).find(({ content }) => isDeepStrictEqual(content, words))
  if (same) return same.id
  const id = newId()
  const of = { id, workspaceId: actor.workspaceId, personId: actor.person.id, campaignId: campaign.id }
  await tx.drafts.save(
    { ...of, content: words, hinted: false, updatedAt: now, withheld: [] },
    { form: '', micros: 0 },
    true,
  )
  return id
}

const without = (content: SubmissionDraft, isOut: (field: string) => boolean): SubmissionDraft =>
  Object.fromEntries(Object.entries(content).filter(([field]) => !isOut(field)))

/** The fields that may be stored: as typed, within their lengths. */
function keepable({ actor }: UseCase, campaign: Campaign, typed: SubmissionDraft): SubmissionDraft {
  const words = (text: string | undefined, max: number) => (text && text.length <= max ? text : undefined)
  const content: SubmissionDraft = {
    unitId: typed.unitId && may(actor, 'submission.submit', typed.unitId) ? typed.unitId : undefined,
    criterion: typed.criterion && criterionOf(campaign, typed.criterion) ? typed.criterion : undefined,
    text: words(typed.text, maxText),
    doneOn: typed.doneOn && isDate(typed.doneOn) ? typed.doneOn : undefined,
    figure: words(typed.figure, maxFigureUnit),
    figureUnit: words(typed.figureUnit, maxFigureUnit),
    links: words(typed.links, maxText),
  }
  return Object.fromEntries(Object.entries(content).filter(([, value]) => value !== undefined))
}

/** Whether nothing was written; unit, criterion and date are prefilled. */
const isBlank = ({ text, figure, figureUnit, links }: SubmissionDraft): boolean =>
  [text, figure, figureUnit, links].every((words) => !words || words.trim() === '')

/** A person's drafts that can be opened again, newest first. */
export async function draftsOf({ tx, actor, now }: UseCase, campaign: Campaign): Promise<Draft[]> {
  const drafts = await tx.drafts.ofPerson(actor.workspaceId, actor.person.id, campaign.id)
  return drafts.filter((d) => isKept(d, now))
}

const isKept = ({ content, updatedAt }: Draft, now: Date): boolean =>
  !isBlank(content) && now.getTime() - updatedAt.getTime() < RETENTION_MS

/** One's own draft by id, in any campaign; undefined where none can be opened again. */
export async function draftUnder({ tx, actor, now }: UseCase, id: string): Promise<Draft | undefined> {
  const draft = await tx.drafts.byId(actor.workspaceId, id)
  return draft?.personId === actor.person.id && isKept(draft, now) ? draft : undefined
}

/**
 * One's own draft. Throws `draft.gone` when it was handed in, dropped or expired, `access.denied` for another person's.
 */
export async function ownDraft({ tx, actor }: UseCase, id: string): Promise<Draft> {
  const draft = await tx.drafts.byId(actor.workspaceId, id)
  if (!draft) throw new UserError('draft.gone', {})
  authorize(actor, 'draft.open', draft.personId)
  return draft
}

/** Deletes one's own draft; a repetition changes nothing. Throws `access.denied` for another person's. */
export async function dropDraft(use: UseCase, id: string): Promise<void> {
  if (await use.tx.drafts.byId(use.actor.workspaceId, id)) await closeDraft(use, (await ownDraft(use, id)).id)
}

/** Deletes a draft that was handed in, in the same transaction. Another person's draft stays. */
export const closeDraft = ({ tx, actor }: Pick<UseCase, 'tx' | 'actor'>, id: string): Promise<void> =>
  tx.drafts.remove(actor.person.id, id)

/** Removes drafts untouched for 30 days. */
export const sweepDrafts = (tx: Tx, now: Date): Promise<void> =>
  tx.drafts.forget(new Date(now.getTime() - RETENTION_MS))
