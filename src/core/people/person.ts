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

/** The person who acts, with every role that the roster gives them. Made anew for each request. */
export interface Actor {
  workspaceId: string
  person: Person
  /** The chat's own id of the account, e.g. Slack's `U…`. */
  accountId: string
  roles: readonly { role: Role; unit: Unit }[]
  /** Named in `THIDUA_ADMINS`, whatever the roster says. */
  isConfiguredAdmin: boolean
}

/** `head KDDT`, in one order: how the log names the roles of a person. */
export const roleCodes = (held: readonly { role: Role; unit: { code: string } }[]): string[] =>
  held.map((r) => `${r.role} ${r.unit.code}`).sort()
