import { audit } from '../audit/append.js'
import type { AuditAction } from '../audit/audit.js'
import { FormError, UserError } from '../errors.js'
import { aboutErasure } from '../outbox/topics.js'
import { authorize } from '../people/access.js'
import { type Person, roleCodes } from '../people/person.js'
import { rejectSecrecyStamps } from '../secrecy.js'
import type { UseCase } from '../use-case.js'
import { eraseAll, eraseName } from './erase.js'
import type { Erasure, ErasureKind, ErasureState } from './erasure.js'

/** Longest reason, in UTF-16 units. */
export const maxReason = 1000

/**
 * Requests an erasure under an id that the form was opened with, so that the same form requests once, also when it arrives
 * again after the decision. Everyone in the Office except the person gets one message. Only one request of a person can wait
 * at a time.
 *
 * Throws `request.stale` for an id of somebody else's; `erasure.waiting`; `erasure.nobody` where the Office has no other member; FormError for the reason.
 */
export async function requestErasure(
  use: UseCase,
  what: ErasureKind,
  reason: string,
  id: string = use.newId(),
): Promise<Erasure> {
  const { tx, actor, now } = use
  const { workspaceId } = actor
  checkReason(reason)
  const earlier = await tx.erasures.byId(workspaceId, id)
  if (earlier && earlier.personId !== actor.person.id) throw new UserError('request.stale', {})
  if (earlier) return earlier
  const waiting = await tx.erasures.waitingOf(workspaceId, actor.person.id)
  if (waiting) throw new UserError('erasure.waiting', { at: waiting.askedAt })
  const office = (await tx.people.withRole(workspaceId, 'org_office')).filter((p) => p.id !== actor.person.id)
  if (office.length === 0) throw new UserError('erasure.nobody', {})
  const erasure: Erasure = {
    id,
    workspaceId,
    personId: actor.person.id,
    what,
    reason: reason.trim() || null,
    askedAt: now,
    state: 'waiting',
    decidedBy: null,
    decidedAt: null,
    decisionReason: null,
  }
  await tx.erasures.add(erasure)
  await record(use, erasure, 'erasure.asked')
  for (const person of office)
    await tx.outbox.add(
      {
        workspaceId,
        key: `${aboutErasure(erasure.id)}request:${person.id}`,
        kind: 'erasure.request',
        personId: person.id,
        payload: { erasureId: erasure.id },
        dueAt: now,
      },
      now,
    )
  return erasure
}

/** Withdraws the actor's own request while it waits. Throws `erasure.gone`, `erasure.decided`. */
export async function withdrawErasure(use: UseCase, id: string): Promise<void> {
  const erasure = await found(use, id)
  if (erasure.personId !== use.actor.person.id) throw new UserError('erasure.gone', {})
  if (erasure.state === 'taken_back') return
  await mustWait(use, erasure)
  await close(use, erasure, 'taken_back', null)
}

/** A request that the actor may still decide, before the form asks for a reason. Throws as `decideErasure` does. */
export async function erasureToDecide(use: UseCase, id: string): Promise<Erasure> {
  const erasure = await found(use, id)
  mayDecide(use, erasure)
  await mustWait(use, erasure)
  return erasure
}

/**
 * Decides a request as the Office; an erasure that is agreed to happens at once. `reason`: why it is refused, null to
 * agree; `placeholder`: creates the name that replaces the person's. The audit log keeps its rows, which hold ids and
 * no names.
 *
 * Throws `access.denied`, also for the actor's own request; `erasure.decided` with the person who decided first;
 * FormError for the reason.
 */
export async function decideErasure(
  use: UseCase,
  id: string,
  reason: string | null,
  placeholder: (code: string) => string,
): Promise<Erasure> {
  const { tx, actor, now } = use
  const erasure = await found(use, id)
  mayDecide(use, erasure)
  const state = reason === null ? 'agreed' : 'refused'
  // A second press by the same person, or a retry by the chat.
  if (erasure.state === state && erasure.decidedBy === actor.person.id) return erasure
  await mustWait(use, erasure)
  if (reason !== null) {
    if (reason.trim() === '') throw new FormError([{ field: 'reason', key: 'erasure.reason_empty', params: {} }])
    checkReason(reason)
  }
  const [account] = await tx.personalData.accounts(actor.workspaceId, erasure.personId)
  const after = await close(use, erasure, state, reason?.trim() ?? null)
  if (state === 'agreed') await carryOut(use, erasure, placeholder)
  // An erased person has no account any more: the last message carries it, and is deleted once it was sent.
  const isLast = state === 'agreed' && erasure.what === 'all'
  await tx.outbox.add(
    {
      workspaceId: actor.workspaceId,
      key: `${aboutErasure(id)}outcome`,
      kind: 'erasure.outcome',
      personId: erasure.personId,
      payload: { erasureId: id, ...(isLast && account ? { erasedAccountOf: account.externalId } : {}) },
      dueAt: now,
    },
    now,
  )
  return after
}

async function carryOut(use: UseCase, { what, personId }: Erasure, placeholder: (code: string) => string) {
  const { tx, now, newId } = use
  const { workspaceId } = use.actor
  const person = await tx.people.everById(workspaceId, personId)
  if (!person) return
  const erasing = { tx, workspaceId, now }
  if (what === 'drafts') await tx.personalData.dropDrafts(workspaceId, personId)
  if (what === 'name') {
    const id = newId()
    await eraseName(erasing, person, { id, fullName: placeholder(codeOf(id)), email: null })
  }
  if (what === 'all') {
    const before = roleCodes(await tx.people.rolesOf(workspaceId, personId))
    await audit(use, 'person.retired', `person:${personId}`, { before })
    await tx.erasures.forgetReasons(workspaceId, personId)
    await eraseAll(erasing, person, placeholder(codeOf(personId)))
  }
}

/** Distinguishes placeholders; the last digits of an id are random. */
const codeOf = (id: string): string => id.slice(-6).toUpperCase()

async function found({ tx, actor }: UseCase, id: string): Promise<Erasure> {
  const erasure = await tx.erasures.byId(actor.workspaceId, id)
  if (!erasure) throw new UserError('erasure.gone', {})
  return erasure
}

const mayDecide = ({ actor }: UseCase, erasure: Erasure): void => authorize(actor, 'erasure.decide', erasure.personId)

async function mustWait({ tx, actor }: UseCase, erasure: Erasure): Promise<void> {
  if (erasure.state === 'waiting') return
  const by: Person | undefined = erasure.decidedBy
    ? await tx.people.everById(actor.workspaceId, erasure.decidedBy)
    : undefined
  throw new UserError('erasure.decided', {
    state: erasure.state,
    by: by?.fullName ?? '',
    at: erasure.decidedAt ?? erasure.askedAt,
  })
}

async function close(use: UseCase, erasure: Erasure, state: ErasureState, reason: string | null): Promise<Erasure> {
  const { tx, actor, now } = use
  const after = { ...erasure, state, decidedBy: actor.person.id, decidedAt: now, decisionReason: reason }
  await tx.erasures.close(after)
  await record(use, erasure, `erasure.${state}` as AuditAction)
  await tx.outbox.touch(aboutErasure(erasure.id), now)
  return after
}

const record = (use: UseCase, { id, personId, what }: Erasure, action: AuditAction): Promise<void> =>
  audit(use, action, `person:${personId}`, { erasureId: id, what })

function checkReason(reason: string): void {
  rejectSecrecyStamps({ reason })
  if (reason.trim().length > maxReason)
    throw new FormError([{ field: 'reason', key: 'erasure.reason_too_long', params: { max: maxReason } }])
}
