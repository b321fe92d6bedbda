import { notifyOrgOffice } from '../outbox/notify-office.js'
import type { NewId, Tx } from '../ports.js'
import type { AccountRef, Profile } from './account.js'
import { type Attempt, bindAccount, releaseAccount, reportAttempt } from './bind-account.js'
import type { Actor, Person, Role } from './person.js'

/** The actor of a known account; undefined for one whose profile must be fetched from the chat first. */
export async function knownActor(tx: Tx, ref: AccountRef, admins: ReadonlySet<string>): Promise<Actor | undefined> {
  const known = await tx.accounts.ofAccount(ref.workspaceId, ref.platform, ref.externalId)
  return known && actorOf(ref, known.person, known.roles, admins)
}

function actorOf(ref: AccountRef, person: Person, roles: Actor['roles'], admins: ReadonlySet<string>): Actor {
  return {
    workspaceId: ref.workspaceId,
    person,
    accountId: ref.externalId,
    roles,
    isConfiguredAdmin: admins.has(ref.externalId),
  }
}

const emailOf = ({ email }: Profile): string | null => email?.trim().toLowerCase() ?? null

/** The account that is bound to the person with the e-mail of another account, so that the chat can be asked whether it is closed. */
export async function rivalAccount(tx: Tx, ref: AccountRef, profile: Profile): Promise<string | undefined> {
  const email = emailOf(profile)
  const person = email && profile.standing === 'member' ? await tx.people.byEmail(ref.workspaceId, email) : undefined
  const bound = person && (await tx.accounts.ofPerson(ref.workspaceId, ref.platform, person.id))
  return bound && bound.externalId !== ref.externalId ? bound.externalId : undefined
}

/** Who an account is, or why it is nobody: not on the roster, no full member, or its person has another account. */
export type Identified = { actor: Actor } | { refused: 'unknown' } | { refused: 'account'; why: Attempt['why'] }

/**
 * Binds an account of a full member to the person on the roster with the same e-mail, unless another account is bound to that
 * person; `closed`: that other account, if the chat says that it is closed. A configured admin who is not on the roster becomes
 * a person without roles. The Organisation–Administration Office is notified once of anyone else, and, with the admins, once of
 * an account that has the e-mail of a person on the roster and is refused.
 */
export async function identifyByEmail(
  use: { tx: Tx; now: Date; newId: NewId },
  ref: AccountRef,
  profile: Profile,
  admins: ReadonlySet<string>,
  closed?: string,
): Promise<Identified> {
  const { tx, now } = use
  const email = emailOf(profile)
  let person = email ? await tx.people.byEmail(ref.workspaceId, email) : undefined
  if (!person && admins.has(ref.externalId) && profile.standing === 'member') {
    person = { id: use.newId(), fullName: profile.name, email }
    await tx.people.put(ref.workspaceId, person, false)
  }
  if (!person) {
    const payload = { externalId: ref.externalId, name: profile.name, email }
    await notifyOrgOffice({ ...use, actor: ref }, 'stranger', ref.externalId, payload)
    return { refused: 'unknown' }
  }
  const attempt = { ...ref, personId: person.id, name: profile.name }
  if (profile.standing !== 'member') {
    await reportAttempt({ tx, now }, { ...attempt, why: profile.standing }, admins)
    return { refused: 'account', why: profile.standing }
  }
  if (closed) await releaseAccount({ tx, now }, { ...ref, externalId: closed }, person.id, null)
  const outcome = await bindAccount({ tx, now }, ref, person.id, person.id)
  if (outcome !== 'bound') {
    await reportAttempt({ tx, now }, { ...attempt, why: outcome }, admins)
    return { refused: 'account', why: outcome }
  }
  const roles: { role: Role; unit: Actor['roles'][number]['unit'] }[] = await tx.people.rolesOf(
    ref.workspaceId,
    person.id,
  )
  return { actor: actorOf(ref, person, roles, admins) }
}
