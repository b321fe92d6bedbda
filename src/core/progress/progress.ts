import type { Criterion } from '../campaign/campaign.js'

/** Counts of one cell's submissions by state, and of papers received for it. */
export interface Tally {
  submitted: number
  confirmed: number
  accepted: number
  returned: number
  paper: number
}

export const emptyTally: Tally = { submitted: 0, confirmed: 0, accepted: 0, returned: 0, paper: 0 }

/** Whether a submission in a state counts for a review; undefined: it did not exist. */
export const isCounted = (state: string | undefined): boolean =>
  state === 'submitted' || state === 'confirmed' || state === 'accepted'

/** The state of one cell for one review. */
export const cellStates = ['confirmed', 'waiting', 'nil', 'returned', 'missing'] as const
export type CellState = (typeof cellStates)[number]

/** The best of what a cell has: confirmed evidence or paper, then waiting, then a nil report, then returned. */
export function cellState(tally: Tally | undefined, isNil: boolean): CellState {
  if (tally && tally.confirmed + tally.accepted + tally.paper > 0) return 'confirmed'
  if (tally && tally.submitted > 0) return 'waiting'
  if (isNil) return 'nil'
  if (tally && tally.returned > 0) return 'returned'
  return 'missing'
}

/** The same, with what the Command Board accepted, or received on paper, told apart from what a head confirmed. */
export type SummaryState = CellState | 'accepted'

export function summaryState(tally: Tally | undefined, isNil: boolean): SummaryState {
  return tally && tally.accepted + tally.paper > 0 ? 'accepted' : cellState(tally, isNil)
}

/** A criterion is missing when its cell has nothing, or only returned evidence. */
export const isMissing = (state: CellState): boolean => state === 'missing' || state === 'returned'

/** One unit's line of the summary for one review. Stored; updated in the transaction of its cause. */
export interface Standing {
  unitId: string
  /** Criteria that are not missing. */
  have: number
  /** Criteria whose evidence waits for the head. */
  waiting: number
  /** Codes of the missing criteria, in the plan's order. */
  missing: readonly string[]
}

/** Computes a unit's standing from its tallies and nil reports. */
export function standingOf(
  unitId: string,
  criteria: readonly Pick<Criterion, 'code'>[],
  tallies: ReadonlyMap<string, Tally>,
  nil: ReadonlySet<string>,
): Standing {
  const states = criteria.map((c) => ({ code: c.code, state: cellState(tallies.get(c.code), nil.has(c.code)) }))
  const missing = states.filter((s) => isMissing(s.state)).map((s) => s.code)
  return {
    unitId,
    have: criteria.length - missing.length,
    waiting: states.filter((s) => s.state === 'waiting').length,
    missing,
  }
}

/** The totals of one review over all units. */
export interface SummaryTotals {
  units: number
  complete: number
  /** Criteria missing, over all units. */
  missing: number
  /** Criteria whose evidence waits for a head, over all units. */
  waiting: number
  /** Criteria that are not missing, over all units, by code of their group. */
  groups: Readonly<Record<string, number>>
}

export const noTotals: SummaryTotals = { units: 0, complete: 0, missing: 0, waiting: 0, groups: {} }

/** Adds up the standings of all units. */
export function totalsOf(
  criteria: readonly Pick<Criterion, 'code' | 'group'>[],
  standings: readonly Standing[],
): SummaryTotals {
  const groups: Record<string, number> = {}
  for (const { group } of criteria) groups[group] = (groups[group] ?? 0) + standings.length
  const groupOf = new Map(criteria.map((c) => [c.code, c.group]))
  const totals = { units: standings.length, complete: 0, missing: 0, waiting: 0 }
  for (const { missing, waiting } of standings) {
    if (missing.length === 0) totals.complete += 1
    totals.missing += missing.length
    totals.waiting += waiting
    for (const code of missing) {
      const group = groupOf.get(code)
      if (group) groups[group] = (groups[group] ?? 0) - 1
    }
  }
  return { ...totals, groups }
}
