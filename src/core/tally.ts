import { type Campaign, criteriaOf } from './campaign.js'
import type { Tx } from './ports.js'
import { cellState, standingOf, type Tally } from './progress.js'
import { reviewKinds } from './review.js'
import type { SubmissionState } from './submission-state.js'
import { reports, type Unit } from './unit.js'

interface Cell {
  workspaceId: string
  unitId: string
  criterion: string
}

const counted = (state: SubmissionState | null): keyof Tally | null =>
  state === null || state === 'withdrawn' ? null : state

/** Moves one submission of a cell from one count to another, and renews the unit's lines when the cell's state changes. */
export async function moveInTally(
  tx: Tx,
  campaign: Campaign,
  cell: Cell,
  from: SubmissionState | null,
  to: SubmissionState | null,
  now: Date,
): Promise<void> {
  const [less, more] = [counted(from), counted(to)]
  if (less === more) return
  const before = await tx.progress.tally(campaign.id, cell.unitId, cell.criterion)
  const after = { ...before }
  if (less) {
    after[less] -= 1
    await tx.progress.addToTally(cell.workspaceId, campaign.id, cell.unitId, cell.criterion, less, -1)
  }
  if (more) {
    after[more] += 1
    await tx.progress.addToTally(cell.workspaceId, campaign.id, cell.unitId, cell.criterion, more, 1)
  }
  // With one more of what already stands, no line of the summary changes: the common case, and two rows the fewer.
  const same = [false, true].every((isNil) => cellState(before, isNil) === cellState(after, isNil))
  if (!same) await renewStandings(tx, campaign, cell.workspaceId, cell.unitId, now)
}

/** Reminders of one person, kept true for this long after they were sent. */
const REMINDER_STAYS_TRUE_MS = 7 * 86_400_000
export const reminderSubject = (personId: string): string => `reminders:${personId}`

/** Counts a unit's lines of the summary anew, for every review; reminders that list what it lacks follow. */
export async function renewStandings(
  tx: Tx,
  campaign: Campaign,
  workspaceId: string,
  unitId: string,
  now: Date,
): Promise<void> {
  const unit = await tx.units.byId(workspaceId, unitId)
  if (!unit || !reports(unit.kind)) return
  await renewUnit(tx, campaign, workspaceId, unit)
  const since = new Date(now.getTime() - REMINDER_STAYS_TRUE_MS)
  for (const role of ['head', 'deputy'] as const)
    for (const person of await tx.people.withRoleIn(workspaceId, unitId, role))
      await tx.outbox.touch(workspaceId, reminderSubject(person.id), now, since)
}

async function renewUnit(tx: Tx, campaign: Campaign, workspaceId: string, unit: Unit): Promise<void> {
  const tallies = await tx.progress.talliesOf(campaign.id, unit.id)
  const nil = await tx.nilReports.ofUnit(campaign.id, unit.id)
  for (const kind of reviewKinds) {
    const said = new Set(nil.filter((n) => n.reviewKind === kind).map((n) => n.criterion))
    const standing = standingOf(unit.id, criteriaOf(campaign), tallies, said)
    await tx.progress.putStanding(workspaceId, campaign.id, kind, unit, standing)
  }
}

/** Counts the lines of every unit anew; after an import of the plan or of the roster. */
export async function renewAllStandings(tx: Tx, campaign: Campaign): Promise<void> {
  const units = (await tx.units.list(campaign.workspaceId)).filter((u) => reports(u.kind))
  await tx.progress.dropStandings(
    campaign.id,
    units.map((u) => u.id),
  )
  for (const unit of units) await renewUnit(tx, campaign, campaign.workspaceId, unit)
}
