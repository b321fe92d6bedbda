import type { Person, Role } from './person.js'
import type { Unit } from './unit.js'

export interface Account {
  platform: string
  externalId: string
  personId: string | null
}

export interface KnownPerson {
  person: Person
  roles: { role: Role; unit: Unit }[]
}

export interface Accounts {
  /** The person of a known account, with every role; undefined for an unknown account and a person off the roster. */
  ofAccount(workspaceId: string, platform: string, externalId: string): Promise<KnownPerson | undefined>
  byExternalId(workspaceId: string, platform: string, externalId: string): Promise<Account | undefined>
  ofPerson(workspaceId: string, platform: string, personId: string): Promise<Account | undefined>
  /** Binds an account to a person, or with null to nobody. */
  bind(workspaceId: string, account: Account, now: Date): Promise<void>
}

/**
 * What an account is in this workspace: a full member, or a guest, closed, a bot, or of another workspace that only shares a
 * channel.
 */
export type Standing = 'member' | 'guest' | 'closed' | 'bot' | 'elsewhere'

/** The profile of an account as the chat returns it. */
export interface Profile {
  externalId: string
  name: string
  email: string | null
  standing: Standing
}

export interface AccountRef {
  workspaceId: string
  platform: string
  externalId: string
}
