import { type AuditAction, type AuditFilter, type AuditRow, auditActions, stateActions } from '../../audit/audit.js'
import { UserError } from '../../errors.js'
import { authorize, may, unitsLedBy } from '../../people/access.js'
import type { Actor } from '../../people/person.js'
import { visible } from '../../submission/decide.js'
import type { Submission, SubmissionEvent } from '../../submission/submission.js'
import type { UseCase } from '../../use-case.js'

/** Who may read what of the log, and what is read together. */

/** Nouns whose changes are about the workspace itself: who is in it, and how it works. */
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
/** What people do in the campaign; its dates are both. */
export const campaignActions: readonly AuditAction[] = auditActions.filter(
  (a) => nounOf(a) === 'review' || !workspaceNouns.includes(nounOf(a)),
)

export type AuditScope = AuditFilter['scope']

/**
 * The lists that a person may read, the widest first: everything for those who see everything, the unit for those who
 * lead one, one's own for whoever hands in, the workspace for the Organisation–Administration Office and admins.
 */
export function auditScopes(actor: Actor): AuditScope[] {
  return (['all', 'units', 'workspace', 'own'] as const).filter((scope) => may(actor, `log.${scope}`))
}

/** A row of the log with what its words need. `reason` and the name of who did it are read where they may be erased. */
export interface AuditEvent extends AuditRow {
  byName: string | null
  reason: string | null
}

/** One change of a submission's state, with who made it. */
export type StateEvent = SubmissionEvent & { byName: string }

/** A change of a submission's state, or any other row of the log. */
export type Change = StateEvent | AuditEvent

export const auditPage = 20

/** A list goes no further back than this; what is older is read with its submission, or by the command line. */
export const maxAuditPages = 500

/** One page of a list, from 0, newest first, and whether there is another. Throws `access.denied`. */
export async function latestChanges(
  use: UseCase,
  scope: AuditScope,
  page: number,
): Promise<{ changes: Change[]; isLast: boolean }> {
  const { tx, actor } = use
  const { workspaceId } = actor
  authorize(actor, `log.${scope}`)
  const offset = page * auditPage
  // One more than is shown tells whether there is another page.
  const limit = auditPage + 1
  let found: (StateEvent | AuditRow)[]
  if (scope === 'all' || scope === 'workspace') found = await tx.audit.latest(workspaceId, { scope }, limit, offset)
  else {
    // Two lists are read as one, so that each is read as far as the page may reach into it.
    const unitIds = unitsLedBy(actor).map((u) => u.id)
    const of = scope === 'own' ? { authorId: actor.person.id } : { unitIds }
    const filter = scope === 'own' ? { scope, personId: actor.person.id } : { scope, unitIds }
    const states = await tx.submissions.latestEvents(workspaceId, of, offset + limit)
    const rows = await tx.audit.latest(workspaceId, filter, offset + limit, 0)
    found = [...states, ...rows].sort((a, b) => b.at.getTime() - a.at.getTime()).slice(offset, offset + limit)
  }
  return { changes: await named(use, found.slice(0, auditPage)), isLast: found.length <= auditPage }
}

/**
 * All that became of one submission, in order. Throws `submission.not_found`, `access.denied` as `visible` does.
 * Changes of state are read from the submission's own events, which go back to before there was a log.
 */
export async function historyOf(use: UseCase, id: string): Promise<{ submission: Submission; history: Change[] }> {
  const submission = await visible(use, id)
  const events = await use.tx.submissions.events(id)
  const rows = await use.tx.audit.ofSubject(use.actor.workspaceId, `${SUBMISSION}${id}`)
  const history = [...events, ...rows].sort((a, b) => a.at.getTime() - b.at.getTime())
  return { submission, history: await named(use, history) }
}

/** One submission of the campaign by its running number. Throws as `visible` does. */
export async function byNumber(use: UseCase, campaignId: string, number: number): Promise<Submission> {
  const submission = await use.tx.submissions.byNumber(campaignId, number)
  if (!submission) throw new UserError('submission.not_found', {})
  return visible(use, submission.id)
}

const SUBMISSION = 'submission:'
const submissionOf = (row: AuditRow): string | undefined =>
  row.subject.startsWith(SUBMISSION) ? row.subject.slice(SUBMISSION.length) : undefined
const isState = (row: AuditRow): boolean => stateActions.includes(row.action)

/**
 * Who did it and why. Of a submission only its own events tell: whoever had their name taken off it is named there by what
 * stands in its place, while the log keeps the id.
 */
async function named({ tx, actor }: UseCase, found: readonly (StateEvent | AuditRow)[]): Promise<Change[]> {
  const rows = found.filter((f): f is AuditRow => 'seq' in f)
  const events = new Map<string, StateEvent[]>()
  for (const id of new Set(rows.flatMap((r) => submissionOf(r) ?? []))) events.set(id, await tx.submissions.events(id))
  const others = rows.flatMap((r) => (submissionOf(r) || !r.byId ? [] : [r.byId]))
  const names = await tx.people.names(actor.workspaceId, [...new Set(others)])
  return found.map((row) => {
    if (!('seq' in row)) return row
    const own = events.get(submissionOf(row) ?? '')
    if (!own) return { ...row, byName: (row.byId && names.get(row.byId)) || null, reason: null }
    const state = own.find((e) => e.to === row.data.to && e.at.getTime() === row.at.getTime())
    if (isState(row)) return { ...row, byName: state?.byName ?? null, reason: state?.reason ?? null }
    return { ...row, byName: own.find((e) => e.byId === row.byId)?.byName ?? null, reason: null }
  })
}
