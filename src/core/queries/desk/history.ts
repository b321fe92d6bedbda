import { type AuditAction, type AuditFilter, type AuditRow, auditActions, stateActions } from '../../audit/audit.js'
import type { Campaign } from '../../campaign/campaign.js'
import { UserError } from '../../errors.js'
import { fold } from '../../fold.js'
import { authorize, may, unitsLedBy } from '../../people/access.js'
import type { Actor } from '../../people/person.js'
import { type SubmissionRef, visible } from '../../submission/decide.js'
import type { Submission } from '../../submission/submission.js'
import type { UseCase } from '../../use-case.js'
import { type Change, type ListedChange, type StateEvent, withSubjects } from './change.js'

/** First parts of the actions that concern the workspace itself: who is in it, and how it works. */
const workspaceNouns = [
  'plan',
  'unit',
  'person',
  'account',
  'setting',
  'holiday',
  'review',
  'erasure',
  'export',
  'absence',
  'wish',
]

const nounOf = (action: AuditAction): string => action.split('.')[0] as string
export const workspaceActions: readonly AuditAction[] = auditActions.filter((a) => workspaceNouns.includes(nounOf(a)))

/** Actions in a campaign. Setting its dates concerns the workspace too. */
export const campaignActions: readonly AuditAction[] = auditActions.filter(
  (a) => nounOf(a) === 'review' || !workspaceNouns.includes(nounOf(a)),
)

/** Actions in the lists of a campaign. That a file was stored follows from its submission, whose history has it. */
export const listedActions: readonly AuditAction[] = campaignActions.filter((a) => a !== 'attachment.stored')

export type AuditScope = AuditFilter['scope']

/** The lists of the log that a person may read by the table of permissions, the widest first. */
export function auditScopes(actor: Actor): AuditScope[] {
  return (['all', 'units', 'workspace', 'own'] as const).filter((scope) => may(actor, `log.${scope}`))
}

/** Rows a page. */
const auditPage = 20

/** Pages of one list. Older changes are read in the history of their submission, or with the command line. */
export const maxAuditPages = 500

/**
 * One page of a list, counted from 0, newest first, and whether it is the last. `unitId`: of that unit alone, for its leaders
 * and for those who read everything. Throws `access.denied`.
 */
export async function latestChanges(
  use: UseCase,
  scope: AuditScope,
  page: number,
  unitId?: string,
): Promise<{ changes: ListedChange[]; isLast: boolean }> {
  const { tx, actor } = use
  const { workspaceId } = actor
  const isOfOne = unitId !== undefined
  if (!isOfOne) authorize(actor, `log.${scope}`)
  else if (!may(actor, 'log.all') && !unitsLedBy(actor).some((u) => u.id === unitId)) authorize(actor, 'log.all')
  const offset = page * auditPage
  // One more than is shown, to find whether there is another page.
  const limit = auditPage + 1
  let found: (StateEvent | AuditRow)[]
  if (!isOfOne && (scope === 'all' || scope === 'workspace'))
    found = await tx.audit.latest(workspaceId, { scope }, limit, offset)
  else {
    // Two lists are merged: each is read as far as the page may reach into it.
    const unitIds = isOfOne ? [unitId] : unitsLedBy(actor).map((u) => u.id)
    const isOwn = scope === 'own' && !isOfOne
    const of = isOwn ? { authorId: actor.person.id } : { unitIds }
    const filter: AuditFilter = isOwn ? { scope: 'own', personId: actor.person.id } : { scope: 'units', unitIds }
    const states = await tx.submissions.latestEvents(workspaceId, of, offset + limit)
    const rows = await tx.audit.latest(workspaceId, filter, offset + limit, 0)
    found = [...states, ...rows].sort((a, b) => b.at.getTime() - a.at.getTime()).slice(offset, offset + limit)
  }
  const changes = await withActors(use, found.slice(0, auditPage))
  return { changes: await withSubjects(use, changes), isLast: found.length <= auditPage }
}

export interface SubmissionHistory {
  submission: Submission
  /** Oldest first. */
  history: Change[]
}

/**
 * Every change of one submission, in order. Throws `submission.not_found`, `access.denied` as `visible` does. Changes of
 * state are read from the submission's own events, which are older than the log.
 */
export async function historyOf(use: UseCase, of: SubmissionRef): Promise<SubmissionHistory> {
  const submission = await visible(use, of)
  const events = await use.tx.submissions.events(submission.id)
  const rows = await use.tx.audit.ofSubject(use.actor.workspaceId, `${SUBMISSION}${submission.id}`)
  const history = [...events, ...rows].sort((a, b) => a.at.getTime() - b.at.getTime())
  return { submission, history: await withActors(use, history) }
}

/**
 * The history of a submission by its running number, in the campaign whose prefix ends with `prefix`, `here` before others
 * and if it is empty. Throws as `historyOf` does.
 */
export async function historyByNumber(
  use: UseCase,
  here: Campaign,
  prefix: string,
  number: number,
): Promise<SubmissionHistory & { campaign: Campaign }> {
  const { tx, actor } = use
  const campaigns = prefix === '' ? [here] : [here, ...(await tx.campaigns.all(actor.workspaceId))]
  const campaign = campaigns.find((c) => fold(c.prefix).endsWith(fold(prefix)))
  const submission = campaign && (await tx.submissions.byNumber(campaign.id, number))
  if (!submission) throw new UserError('submission.not_found', {})
  return { campaign, ...(await historyOf(use, submission)) }
}

const SUBMISSION = 'submission:'
const submissionOf = (row: AuditRow): string | undefined =>
  row.subject.startsWith(SUBMISSION) ? row.subject.slice(SUBMISSION.length) : undefined
const isState = (row: AuditRow): boolean => stateActions.includes(row.action)

/**
 * Adds who made each change, and why. For submissions both come from their own events: those name an erased person by the
 * placeholder that replaced the name, while the log keeps the id.
 */
async function withActors({ tx, actor }: UseCase, found: readonly (StateEvent | AuditRow)[]): Promise<Change[]> {
  const rows = found.filter((f): f is AuditRow => 'seq' in f)
  const events = new Map<string, StateEvent[]>()
  for (const id of new Set(rows.flatMap((r) => submissionOf(r) ?? []))) events.set(id, await tx.submissions.events(id))
  const others = rows.flatMap((r) => (submissionOf(r) || !r.byId ? [] : [r.byId]))
  const names = await tx.people.names(actor.workspaceId, [...new Set(others)])
  const reasons = new Map<number, string>()
  for (const { seq, action, data } of rows)
    if (action === 'review.reopened')
      reasons.set(seq, (await tx.closings.byId(String(data.closingId)))?.reopened?.reason ?? '')
  return found.map((row) => {
    if (!('seq' in row)) return row
    const own = events.get(submissionOf(row) ?? '')
    if (!own) return { ...row, byName: (row.byId && names.get(row.byId)) || null, reason: reasons.get(row.seq) ?? null }
    const state = own.find((e) => e.to === row.data.to && e.at.getTime() === row.at.getTime())
    if (isState(row)) return { ...row, byName: state?.byName ?? null, reason: state?.reason ?? null }
    return { ...row, byName: own.find((e) => e.byId === row.byId)?.byName ?? null, reason: null }
  })
}
