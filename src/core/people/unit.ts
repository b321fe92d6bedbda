/** Kinds of unit as the roster names them; `board` units do not report (plan 484, III.1 lists who does). */
export const unitKinds = ['office', 'faculty', 'centre', 'union', 'youth', 'board'] as const
export type UnitKind = (typeof unitKinds)[number]

export interface Unit {
  id: string
  code: string
  name: string
  kind: UnitKind
  /** Position in the roster file, from 0: the order of units in lists. */
  position: number
}

/** Whether a unit of this kind hands in results of its own (plan 484, III.1). */
export const reports = (kind: UnitKind): boolean => kind !== 'board'

export interface Units {
  list(workspaceId: string): Promise<Unit[]>
  byId(workspaceId: string, id: string): Promise<Unit | undefined>
  put(workspaceId: string, unit: Unit): Promise<void>
}
