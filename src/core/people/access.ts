import { type Faults, UserError } from '../errors.js'
import type { Actor, Role } from './person.js'
import { reports, type Unit } from './unit.js'

/** The only gate: who may see or change what (DESIGN, "What may be done by whom"). */

const has = (actor: Actor, ...wanted: Role[]): boolean => actor.roles.some((r) => wanted.includes(r.role))

const hasIn = (actor: Actor, unitId: string, ...wanted: Role[]): boolean =>
  actor.roles.some((r) => r.unit.id === unitId && wanted.includes(r.role))

/** The reporting units that a person belongs to, each once, in the roster's order. */
export function unitsOf(actor: Actor): Unit[] {
  const units = new Map<string, Unit>()
  for (const { unit } of actor.roles) if (reports(unit.kind)) units.set(unit.id, unit)
  return [...units.values()].sort((a, b) => a.position - b.position)
}

/** The reporting units that a person leads, as head or deputy. */
export const unitsLedBy = (actor: Actor): Unit[] => unitsOf(actor).filter((u) => maySpeakFor(actor, u.id))

export const belongsTo = (actor: Actor, unitId: string): boolean => unitsOf(actor).some((u) => u.id === unitId)

export const isAdmin = (actor: Actor): boolean => actor.isConfiguredAdmin || has(actor, 'admin')
export const isOrgOffice = (actor: Actor): boolean => has(actor, 'org_office')
export const isCommandBoard = (actor: Actor): boolean => has(actor, 'command_board')

/** See every unit: Command Board, Organisation–Administration Office, School Board. */
export const maySeeAll = (actor: Actor): boolean => has(actor, 'command_board', 'org_office', 'school_board')
export const maySeeUnit = (actor: Actor, unitId: string): boolean => maySeeAll(actor) || belongsTo(actor, unitId)

/** Hand in for a unit: its own people, and the Organisation–Administration Office on behalf of any. */
export const maySubmitFor = (actor: Actor, unitId: string): boolean => isOrgOffice(actor) || belongsTo(actor, unitId)

/** Add files to a submission and take them away: its author, and the Office to what it handed in on behalf of a unit. */
export const mayAttachTo = (actor: Actor, submission: { authorId: string; onBehalf: boolean }): boolean =>
  submission.authorId === actor.person.id || (submission.onBehalf && isOrgOffice(actor))

/** Speak for a unit (confirm, return, nothing to report, give its part to a colleague): its head or deputy. */
export const maySpeakFor = (actor: Actor, unitId: string): boolean => hasIn(actor, unitId, 'head', 'deputy')

/** Approve or reject the reports that units send: the Command Board. Those who may see all may read them. */
export const mayDecideReports = isCommandBoard

/** Accept evidence: the Command Board. */
export const mayAccept = isCommandBoard
/** Return evidence with a reason: whoever leads its unit, and the Command Board. */
export const mayReturn = (actor: Actor, unitId: string): boolean => maySpeakFor(actor, unitId) || mayAccept(actor)

/** Change how the workspace works: Organisation–Administration Office, admin. */
export const maySetSettings = (actor: Actor): boolean => isOrgOffice(actor) || isAdmin(actor)

/** Say which days are holidays: Organisation–Administration Office, admin. */
export const maySetHolidays = maySetSettings

/** What a person may find by searching: everything, or what is of their units or their own hand. */
export const seenBy = (actor: Actor): { authorId: string; unitIds: string[] } | 'all' =>
  maySeeAll(actor) ? 'all' : { authorId: actor.person.id, unitIds: unitsOf(actor).map((u) => u.id) }

/** Set the dates of the reviews: Command Board, Organisation–Administration Office, admin. */
export const maySetDates = (actor: Actor): boolean => has(actor, 'command_board', 'org_office') || isAdmin(actor)

/** Tell of an absence: one's own; the Organisation–Administration Office and an admin of anybody's. */
export const mayTellAbsenceOfOthers = (actor: Actor): boolean => isOrgOffice(actor) || isAdmin(actor)
export const mayTellAbsenceOf = (actor: Actor, personId: string): boolean =>
  actor.person.id === personId || mayTellAbsenceOfOthers(actor)

/** Remind units by hand: Command Board, Organisation–Administration Office. */
export const mayNudge = (actor: Actor): boolean => has(actor, 'command_board', 'org_office')

/** Choose how one is reminded: those who lead a unit. */
export const maySetOwnReminders = (actor: Actor): boolean => unitsLedBy(actor).length > 0

/** Throws `access.denied` unless `allowed`. */
export function allow(allowed: boolean, need: Faults['access.denied']['need']): void {
  if (!allowed) throw new UserError('access.denied', { need })
}
