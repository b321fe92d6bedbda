import { audit } from '../audit/append.js'
import { UserError } from '../errors.js'
import { type ConfiguredAdmins, peopleInCharge } from '../outbox/in-charge.js'
import { aboutOfficeNotice } from '../outbox/topics.js'
import type { Tx } from '../ports.js'
import type { UseCase } from '../use-case.js'
import { authorize } from './access.js'
import type { AccountRef, Profile, Standing } from './account.js'

/**
 * What came of binding an account. `taken`: another account is bound to the person; `held`: the account is bound to another
 * person on the roster; `gone`: the person left the roster or was erased meanwhile.
 */
export type BindOutcome = 'bound' | 'taken' | 'held' | 'gone'

/**
 * Binds an account to a person and logs it; one that is bound to them already only has its time updated. A person keeps their
 * account, and an account its person, until somebody releases it. `byId`: who acted, null for the bot.
 */
export async function bindAccount(
  { tx, now }: { tx: Tx; now: Date },
  { workspaceId, platform, externalId }: AccountRef,
  personId: string,
  byId: string | null,
): Promise<BindOutcome> {
  if (!(await tx.people.byId(workspaceId, personId))) return 'gone'
  const known = await tx.accounts.byExternalId(workspaceId, platform, externalId)
  if (known?.personId !== personId) {
    if (known?.personId && (await tx.people.byId(workspaceId, known.personId))) return 'held'
    if (await tx.accounts.ofPerson(workspaceId, platform, personId)) return 'taken'
  }
  await tx.accounts.bind(workspaceId, { platform, externalId, personId }, now)
  if (known?.personId === personId) return 'bound'
  await tx.audit.append(workspaceId, {
    at: now,
    byId,
    action: 'account.bound',
    subject: `person:${personId}`,
    data: { platform },
  })
  return 'bound'
}

/** Unbinds an account from a person and logs it; does nothing for one that is not bound to them. */
export async function releaseAccount(
  { tx, now }: { tx: Tx; now: Date },
  { workspaceId, platform, externalId }: AccountRef,
  personId: string,
  byId: string | null,
  data: Readonly<Record<string, unknown>> = {},
): Promise<boolean> {
  const known = await tx.accounts.byExternalId(workspaceId, platform, externalId)
  if (known?.personId !== personId) return false
  await tx.accounts.bind(workspaceId, { platform, externalId, personId: null }, now)
  const entry = { at: now, byId, action: 'account.released', subject: `person:${personId}` } as const
  await tx.audit.append(workspaceId, { ...entry, data: { platform, ...data } })
  return true
}

/** An account that was refused although it has the e-mail of a person on the roster. */
export interface Attempt extends AccountRef {
  personId: string
  /** The name that the account shows. */
  name: string
  why: Exclude<Standing, 'member'> | Exclude<BindOutcome, 'bound'>
}

/** All messages about the attempts of one account, or of all, to be one person. */
const aboutAttempts = (personId: string, externalId?: string): string =>
  aboutOfficeNotice('account.refused', externalId === undefined ? personId : `${personId}:${externalId}`)

/** Tells the Organisation–Administration Office and the admins of an attempt, once for an account and a person. */
export async function reportAttempt(
  { tx, now }: { tx: Tx; now: Date },
  { workspaceId, platform, externalId, personId, name, why }: Attempt,
  admins: ReadonlySet<string>,
): Promise<void> {
  if (why === 'gone') return
  const inCharge: ConfiguredAdmins = { platform, accounts: admins }
  for (const to of await peopleInCharge(tx, workspaceId, inCharge)) {
    const key = `${aboutAttempts(personId, externalId)}${to}`
    const payload = { personId, platform, externalId, name, why }
    await tx.outbox.add({ workspaceId, key, kind: 'account.refused', personId: to, payload, dueAt: now }, now)
  }
}

/**
 * Binds the account that the chat found by a person's e-mail, before they ever came. Returns the account to write to;
 * undefined where it is refused, which is reported as an attempt.
 */
export async function bindFound(
  use: { tx: Tx; now: Date },
  ref: AccountRef,
  { name, standing }: Profile,
  personId: string,
  admins: ReadonlySet<string>,
): Promise<string | undefined> {
  const why = standing === 'member' ? await bindAccount(use, ref, personId, null) : standing
  if (why === 'bound') return ref.externalId
  // Bound meanwhile, by the person's first use.
  if (why === 'taken') return (await use.tx.accounts.ofPerson(ref.workspaceId, ref.platform, personId))?.externalId
  await reportAttempt(use, { ...ref, personId, name, why }, admins)
  return undefined
}

/**
 * Moves a person to an account that was refused because they have another one, which is released. A repetition changes
 * nothing. Throws `access.denied`; `request.stale` where there was no such attempt, or the account has a person by now.
 */
export async function moveAccount(use: UseCase, personId: string, externalId: string): Promise<void> {
  const { tx, actor, now } = use
  const { workspaceId } = actor
  authorize(actor, 'account.move', personId)
  const about = aboutAttempts(personId, externalId)
  const [first] = await tx.outbox.byKeys(workspaceId, about)
  const payload = first && (await tx.outbox.byKey(first.key))?.payload
  if (payload?.why !== 'taken') throw new UserError('request.stale', {})
  const ref = { workspaceId, platform: String(payload.platform), externalId }
  const known = await tx.accounts.byExternalId(workspaceId, ref.platform, externalId)
  if (known?.personId === personId) return
  for (const held of await tx.personalData.accounts(workspaceId, personId))
    if (held.platform === ref.platform) await releaseAccount(use, { ...ref, ...held }, personId, actor.person.id)
  if ((await bindAccount(use, ref, personId, actor.person.id)) !== 'bound') throw new UserError('request.stale', {})
  await audit(use, 'account.moved', `person:${personId}`, { platform: ref.platform })
  await tx.outbox.touch(about, now)
}
