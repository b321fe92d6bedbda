import { UserError } from '../errors.js'
import { type Capacity, type Concern, type Need, type Permission, permissions } from './permissions.js'
import type { Actor, Role } from './person.js'
import { reports, type Unit } from './unit.js'

/** The roles alone, of the actor or of somebody else whom an answer is about. */
type Roles = Pick<Actor, 'roles'>

const has = (actor: Roles, role: Role): boolean => actor.roles.some((r) => r.role === role)

/** The reporting units that a person belongs to, each once, in the roster's order. */
export function unitsOf(actor: Roles): Unit[] {
  const units = new Map<string, Unit>()
  for (const { unit } of actor.roles) if (reports(unit.kind)) units.set(unit.id, unit)
  return [...units.values()].sort((a, b) => a.position - b.position)
}

/** The reporting units that a person leads, as head or deputy. */
export const unitsLedBy = (actor: Roles): Unit[] => unitsOf(actor).filter((u) => leads(actor, u.id))

/** The units, reporting or not, whose head a person is. */
export const unitsHeadedBy = ({ roles }: Roles): Unit[] => roles.filter((r) => r.role === 'head').map((r) => r.unit)

/** Whether a person has a role in one of the units, reporting or not. */
export const isInOneOf = ({ roles }: Roles, unitIds: ReadonlySet<string>): boolean =>
  roles.some((r) => unitIds.has(r.unit.id))

/** Whether the person belongs to a reporting unit, so that they do not act on its behalf. */
export const belongsTo = (actor: Actor, unitId: string): boolean => unitsOf(actor).some((u) => u.id === unitId)

const leads = (actor: Roles, unitId: string): boolean =>
  actor.roles.some((r) => r.unit.id === unitId && (r.role === 'head' || r.role === 'deputy'))

/** The part of a submission that decides who may see and change it. */
export interface Authored {
  authorId: string
  unitId: string
  onBehalf: boolean
}

/** The arguments of a permission check, by its concern: a unit's id, a person's id, a submission, or nothing. */
interface Subjects extends Record<Concern, unknown[]> {
  unit: [unitId: string]
  person: [personId: string]
  submission: [submission: Authored]
  anyUnit: []
  workspace: []
}

type SubjectOf<N extends Need> = Subjects[(typeof permissions)[N]['concern']]

/** The unit and the person that a permission check is about, if any. */
interface Subject {
  unitId?: string
  personId?: string
  onBehalf?: boolean
}

function subjectOf(concern: Concern, [subject]: readonly unknown[]): Subject {
  if (concern === 'unit') return { unitId: subject as string }
  if (concern === 'person') return { personId: subject as string }
  if (concern !== 'submission') return {}
  const { authorId, unitId, onBehalf } = subject as Authored
  return { unitId, personId: authorId, onBehalf }
}

function acts(actor: Actor, capacity: Capacity, concern: Concern, subject: Subject): boolean {
  const { unitId, personId } = subject
  switch (capacity) {
    case 'self':
      return personId === actor.person.id
    case 'staff':
      return concern === 'anyUnit' ? unitsOf(actor).length > 0 : unitId !== undefined && belongsTo(actor, unitId)
    case 'leader':
      return concern === 'anyUnit' ? unitsLedBy(actor).length > 0 : unitId !== undefined && leads(actor, unitId)
    case 'behalf':
      return subject.onBehalf === true && has(actor, 'org_office')
    case 'others':
      return personId !== actor.person.id && has(actor, 'org_office')
    case 'admin':
      return actor.isConfiguredAdmin || has(actor, 'admin')
    default:
      return has(actor, capacity)
  }
}

/** Whether a person may do something, by the table of permissions. */
export function may<N extends Need>(actor: Actor, need: N, ...subject: SubjectOf<N>): boolean {
  const { concern, may: capacities }: Permission = permissions[need]
  const about = subjectOf(concern, subject)
  return capacities.some((capacity) => acts(actor, capacity, concern, about))
}

/** Throws `access.denied`, with the missing permission, unless the table of permissions allows it. */
export function authorize<N extends Need>(actor: Actor, need: N, ...subject: SubjectOf<N>): void {
  if (!may(actor, need, ...subject)) throw new UserError('access.denied', { need: permissions[need].denied })
}

/** What a person may find by searching: everything, or only evidence of their units and their own. */
export const seenBy = (actor: Actor): { authorId: string; unitIds: string[] } | 'all' =>
  may(actor, 'unit.seeAll') ? 'all' : { authorId: actor.person.id, unitIds: unitsOf(actor).map((u) => u.id) }

/** Whether a person hands in evidence at all: for a unit of their own, or on behalf of any. */
export const handsIn = (actor: Actor): boolean => unitsOf(actor).length > 0 || may(actor, 'submission.submitForAny')

/** Whether a person has the role, for sentences and stored rows only. Permissions are decided by `may` and `authorize`. */
export const isCommandBoard = (actor: Actor): boolean => has(actor, 'command_board')
