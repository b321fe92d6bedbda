import { notifyOrgOffice } from '../outbox/notify-office.js'
import type { NewId, Tx } from '../ports.js'
import type { AccountRef, Profile } from './account.js'
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

/**
 * Binds an account to the person on the roster with the same e-mail. A configured admin who is not on the roster becomes a
 * person without roles. Returns undefined for anyone else who is not on it; the Organisation–Administration Office is notified
 * of them once.
 */
export async function identifyByEmail(
  use: { tx: Tx; now: Date; newId: NewId },
  ref: AccountRef,
  profile: Profile,
  admins: ReadonlySet<string>,
): Promise<Actor | undefined> {
  const { tx, now } = use
  const email = profile.email?.trim().toLowerCase() ?? null
  let person = email ? await tx.people.byEmail(ref.workspaceId, email) : undefined
  if (!person && admins.has(ref.externalId)) {
    person = { id: use.newId(), fullName: profile.name, email }
    await tx.people.put(ref.workspaceId, person, false)
  }
  if (!person) {
    const payload = { externalId: ref.externalId, name: profile.name, email }
    await notifyOrgOffice({ ...use, actor: ref }, 'stranger', ref.externalId, payload)
    return undefined
  }
  await bindAccount({ tx, now }, ref, person.id, person.id)
  const roles: { role: Role; unit: Actor['roles'][number]['unit'] }[] = await tx.people.rolesOf(
    ref.workspaceId,
    person.id,
  )
  return actorOf(ref, person, roles, admins)
}

/**
 * Binds an account to a person and logs it; one that is bound already only has its time updated. `byId`: who acted, null for
 * the bot. Returns false without binding for a person who left the roster or was erased while the chat was queried.
 */
export async function bindAccount(
  { tx, now }: { tx: Tx; now: Date },
  { workspaceId, platform, externalId }: AccountRef,
  personId: string,
  byId: string | null,
): Promise<boolean> {
  if (!(await tx.people.byId(workspaceId, personId))) return false
  const known = await tx.accounts.byExternalId(workspaceId, platform, externalId)
  await tx.accounts.bind(workspaceId, { platform, externalId, personId }, now)
  if (known?.personId === personId) return true
  await tx.audit.append(workspaceId, {
    at: now,
    byId,
    action: 'account.bound',
    subject: `person:${personId}`,
    data: { platform },
  })
  return true
}
