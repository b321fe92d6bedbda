import { audit, auditCli } from '../audit/append.js'
import type { Campaign, Ladder } from '../campaign/campaign.js'
import { running } from '../campaign/running.js'
import { localDate } from '../date.js'
import { UserError } from '../errors.js'
import { allow, maySetHolidays } from '../people/access.js'
import type { Tx } from '../ports.js'
import { type Rung, rungsOf } from '../reminder/ladder.js'
import type { Review } from '../report/set-review-dates.js'
import type { UseCase } from '../use-case.js'
import { HOLIDAY_YEARS, type Holiday, type HolidayKind, hasHolidays, type SavedYear } from './holiday.js'
import { calendarOf } from './holiday-calendar.js'
import { aboutHolidays } from './holiday-notice.js'
import type { Calendar } from './working-day.js'

/** What somebody saw who changes a year's table: '' for the proposal, else the instant at which it was taken over. */
export const seenOf = (saved: SavedYear | undefined): string => saved?.at.toISOString() ?? ''

/** Throws `holiday.year` for a year of which no table can be made. */
export function mustBeYear(year: number): number {
  if (!hasHolidays(year)) throw new UserError('holiday.year', { word: String(year), ...HOLIDAY_YEARS })
  return year
}

/**
 * Takes a year's table over: from now on it holds in place of the proposal, whole. False when it held already.
 * Throws `access.denied`, `holiday.year`, `holiday.changed` when somebody else changed it meanwhile.
 */
export async function saveHolidays(
  use: UseCase,
  year: number,
  days: readonly Holiday[],
  seen: string,
): Promise<boolean> {
  const { tx, actor, now } = use
  allow(maySetHolidays(actor), 'holidays')
  const saved = await tx.holidays.year(actor.workspaceId, mustBeYear(year))
  if (saved && same(saved.days, days)) return false
  await mustBeSeen(use, saved, seen)
  await tx.holidays.put(actor.workspaceId, { year, days: [...days], by: actor.person.id, at: now })
  await audit(use, 'holiday.changed', 'workspace', { year, to: 'saved', ...countsOf(days) })
  await tx.outbox.touch(aboutHolidays(actor.workspaceId, year), now)
  return true
}

/** Gives a year back to the bot's proposal; false when it is that already. Throws as `saveHolidays` does. */
export async function proposeAgain(use: UseCase, year: number, seen: string): Promise<boolean> {
  const { tx, actor, now } = use
  allow(maySetHolidays(actor), 'holidays')
  const saved = await tx.holidays.year(actor.workspaceId, mustBeYear(year))
  if (!saved) return false
  await mustBeSeen(use, saved, seen)
  await tx.holidays.drop(actor.workspaceId, year)
  await audit(use, 'holiday.changed', 'workspace', { year, to: 'proposal' })
  await tx.outbox.touch(aboutHolidays(actor.workspaceId, year), now)
  return true
}

/** Takes years over from a file, each whole; the command line asks nobody. */
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

async function mustBeSeen({ tx, actor }: UseCase, saved: SavedYear | undefined, seen: string): Promise<void> {
  if (seenOf(saved) === seen) return
  if (!saved) throw new UserError('holiday.reset', {})
  const by = saved.by ? ((await tx.people.names(actor.workspaceId, [saved.by])).get(saved.by) ?? '') : ''
  throw new UserError('holiday.changed', { by, at: saved.at })
}

/** How many days of a table are off, and how many are worked. */
export const countsOf = (days: readonly Holiday[]): Record<HolidayKind, number> => ({
  off: days.filter((d) => d.kind === 'off').length,
  work: days.filter((d) => d.kind === 'work').length,
})

const same = (a: readonly Holiday[], b: readonly Holiday[]): boolean =>
  a.length === b.length && a.every((d, i) => d.date === b[i]?.date && d.kind === b[i]?.kind && d.name === b[i]?.name)

/** A rung that a change of the table puts on another day. */
export interface MovedRung extends Rung {
  was: string
}

/** What a change of the table does to the reminders of reviews from `today` on, in the order of their new days. */
export function movedRungs(
  reviews: readonly Review[],
  ladder: Ladder,
  [before, after]: readonly [Calendar, Calendar],
  today: string,
): MovedRung[] {
  return reviews
    .flatMap((review) => {
      const were = rungsOf(review, ladder, before)
      return rungsOf(review, ladder, after).map((rung, i) => ({ ...rung, was: were[i]?.on ?? rung.on }))
    })
    .filter((r) => r.on !== r.was && (r.on >= today || r.was >= today))
    .sort((a, b) => (a.on < b.on ? -1 : 1))
}

/** What a change does to what is to come of one campaign: its reminders, and its reviews that are free days now. */
export interface HolidayEffect {
  campaign: Campaign
  moved: MovedRung[]
  freeReviews: Review[]
}

/** Makes a change and says what it does to each campaign that runs; undefined where it changed nothing. */
export async function withEffect(
  use: UseCase,
  change: (tx: Tx) => Promise<boolean>,
): Promise<HolidayEffect[] | undefined> {
  const { tx, actor, now, timeZone } = use
  const before = await calendarOf(tx, actor.workspaceId)
  if (!(await change(tx))) return undefined
  const after = await calendarOf(tx, actor.workspaceId)
  const today = localDate(now, timeZone)
  const effects: HolidayEffect[] = []
  for (const campaign of await running(tx, actor.workspaceId, today)) {
    const reviews = await tx.reviews.list(campaign.id)
    const moved = movedRungs(reviews, campaign.ladder, [before, after], today)
    const freeReviews = reviews.filter((r) => r.date >= today && before(r.date) && !after(r.date))
    effects.push({ campaign, moved, freeReviews })
  }
  return effects
}
