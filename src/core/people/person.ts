import type { Unit } from './unit.js'

/** Roles as the roster names them. */
export const roles = [
  'member',
  'head',
  'deputy',
  'command_board',
  'org_office',
  'council',
  'school_board',
  'admin',
] as const

export type Role = (typeof roles)[number]

export interface Person {
  id: string
  fullName: string
  email: string | null
}

/** The person who acts, with every role that the roster gives them. Read again for each request. */
export interface Actor {
  workspaceId: string
  person: Person
  /** The id of the account in the chat. */
  accountId: string
  roles: readonly { role: Role; unit: Unit }[]
  /** Named in `THIDUA_ADMINS`, regardless of the roster. */
  isConfiguredAdmin: boolean
}

/** Roles as the audit log names them, sorted: `head KDDT`. */
export const roleCodes = (held: readonly { role: Role; unit: { code: string } }[]): string[] =>
  held.map((r) => `${r.role} ${r.unit.code}`).sort()

export interface PersonRole {
  person: Person
  role: Role
  unit: Unit
}

export interface People {
  byId(workspaceId: string, id: string): Promise<Person | undefined>
  /** Also a person who left the roster, or was erased and has a placeholder as name. */
  everById(workspaceId: string, id: string): Promise<Person | undefined>
  byEmail(workspaceId: string, email: string): Promise<Person | undefined>
  /** Also a person who left the roster, so that one who comes back is the same person. */
  everByEmail(workspaceId: string, email: string): Promise<Person | undefined>
  /** Everyone on the roster, with every role. */
  roster(workspaceId: string): Promise<PersonRole[]>
  rolesOf(workspaceId: string, personId: string): Promise<{ role: Role; unit: Unit }[]>
  withRole(workspaceId: string, role: Role): Promise<Person[]>
  /** Every head and deputy of every unit. */
  leaders(workspaceId: string): Promise<{ unitId: string; role: 'head' | 'deputy'; person: Person }[]>
  withRoleIn(workspaceId: string, unitId: string, role: Role): Promise<Person[]>
  put(workspaceId: string, person: Person, onRoster: boolean): Promise<void>
  setRoles(workspaceId: string, personId: string, roles: readonly { role: Role; unitId: string }[]): Promise<void>
  /**
   * Takes a person off the roster: they lose their roles and access; their submissions and decisions keep their name.
   */
  retire(workspaceId: string, id: string): Promise<void>
  /**
   * People whom a message since an instant could not reach, except those whose account was bound after that message.
   */
  unreachable(workspaceId: string, since: Date): Promise<Person[]>
  /** Names by id, also of people who left the roster. */
  names(workspaceId: string, ids: readonly string[]): Promise<Map<string, string>>
  /** Number of people on the roster. */
  count(workspaceId: string): Promise<number>
}
