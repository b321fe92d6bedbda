import { audit, auditCli } from '../audit/append.js'
import { UserError } from '../errors.js'
import { aboutHolidays } from '../outbox/topics.js'
import { authorize } from '../people/access.js'
import type { UseCase } from '../use-case.js'
import { HOLIDAY_YEARS, type Holiday, type HolidayKind, hasHolidays, type SavedYear } from './holiday.js'

/** Version of a year's table, to detect concurrent changes: '' for the proposal, else the instant at which it was saved. */
export const versionOf = (saved: SavedYear | undefined): string => saved?.at.toISOString() ?? ''

/** Throws `holiday.year` for a year outside `HOLIDAY_YEARS`. */
export function mustBeYear(year: number): number {
  if (!hasHolidays(year)) throw new UserError('holiday.year', { word: String(year), ...HOLIDAY_YEARS })
  return year
}

/**
 * Saves the holidays of a year in place of the whole proposal. `seen`: the version that the person saw (`versionOf`). Returns
 * false when the same table was saved already.
 *
 * Throws `access.denied`, `holiday.year`; `holiday.changed` or `holiday.reset` when somebody else changed it since.
 */
export async function saveHolidays(
  use: UseCase,
  year: number,
  days: readonly Holiday[],
  seen: string,
): Promise<boolean> {
  const { tx, actor, now } = use
  authorize(actor, 'holidays.edit')
  const saved = await tx.holidays.year(actor.workspaceId, mustBeYear(year))
  if (saved && same(saved.days, days)) return false
  await mustBeUnchanged(use, saved, seen)
  await tx.holidays.put(actor.workspaceId, { year, days: [...days], by: actor.person.id, at: now })
  await audit(use, 'holiday.changed', 'workspace', { year, to: 'saved', ...countsOf(days) })
  await tx.outbox.touch(aboutHolidays(actor.workspaceId, year), now)
  return true
}

/** Drops a saved year, so that the proposal applies again. Returns false when none was saved. Throws as `saveHolidays` does. */
export async function resetHolidays(use: UseCase, year: number, seen: string): Promise<boolean> {
  const { tx, actor, now } = use
  authorize(actor, 'holidays.edit')
  const saved = await tx.holidays.year(actor.workspaceId, mustBeYear(year))
  if (!saved) return false
  await mustBeUnchanged(use, saved, seen)
  await tx.holidays.drop(actor.workspaceId, year)
  await audit(use, 'holiday.changed', 'workspace', { year, to: 'proposal' })
  await tx.outbox.touch(aboutHolidays(actor.workspaceId, year), now)
  return true
}

/** Saves whole years from a file, for the command line: without a permission check. */
export async function importHolidays(
  use: Pick<UseCase, 'tx' | 'now'> & { workspaceId: string },
  years: readonly { year: number; days: readonly Holiday[] }[],
): Promise<void> {
  const { tx, now, workspaceId } = use
  for (const { year, days } of years) {
    const saved = await tx.holidays.year(workspaceId, year)
    if (saved && same(saved.days, days)) continue
    await tx.holidays.put(workspaceId, { year, days: [...days], by: null, at: now })
    await auditCli(use, 'holiday.changed', 'workspace', { year, to: 'saved', ...countsOf(days) })
    await tx.outbox.touch(aboutHolidays(workspaceId, year), now)
  }
}

async function mustBeUnchanged({ tx, actor }: UseCase, saved: SavedYear | undefined, seen: string): Promise<void> {
  if (versionOf(saved) === seen) return
  if (!saved) throw new UserError('holiday.reset', {})
  const by = saved.by ? ((await tx.people.names(actor.workspaceId, [saved.by])).get(saved.by) ?? '') : ''
  throw new UserError('holiday.changed', { by, at: saved.at })
}

/** Number of days of each kind. */
export const countsOf = (days: readonly Holiday[]): Record<HolidayKind, number> => ({
  off: days.filter((d) => d.kind === 'off').length,
  work: days.filter((d) => d.kind === 'work').length,
})

const same = (a: readonly Holiday[], b: readonly Holiday[]): boolean =>
  a.length === b.length && a.every((d, i) => d.date === b[i]?.date && d.kind === b[i]?.kind && d.name === b[i]?.name)
