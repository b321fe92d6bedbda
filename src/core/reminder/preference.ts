import type { Ladder } from '../campaign/campaign.js'

/** How a person who leads a unit wishes to be reminded. An hour is HH:mm; null: the plan's own. */
export interface Wish {
  at: string | null
  /** The hour before the last change, which counts on dates before `atFrom`. */
  atBefore: string | null
  /** yyyy-mm-dd, the first day on which `at` counts. */
  atFrom: string
  /** False: of the rungs before a review only the last one. */
  early: boolean
}
export interface Wishes {
  /** By the person's id; only people who set something. One query. */
  all(workspaceId: string): Promise<Map<string, Wish>>
  ofPerson(workspaceId: string, personId: string): Promise<Wish | undefined>
  put(workspaceId: string, personId: string, wish: Wish, now: Date): Promise<void>
}
/** Hours that may be chosen: the ladder's own and each full one after it, before nothing is sent any more. */
export function hourChoices({ at, until }: Pick<Ladder, 'at' | 'until'>): string[] {
  const full = Array.from({ length: 24 }, (_, h) => `${String(h).padStart(2, '0')}:00`)
  return [at, ...full.filter((hour) => hour > at && hour < until)]
}
/**
 * The hour (HH:mm) at which a person is reminded on a date. One that the ladder no longer allows is the ladder's own, so
 * that a plan with other hours silences nobody.
 */
export function hourOn(wish: Wish | undefined, date: string, ladder: Pick<Ladder, 'at' | 'until'>): string {
  const hour = wish && hourAsked(wish, date)
  return hour && hour > ladder.at && hour < ladder.until ? hour : ladder.at
}
/**
 * Every hour (HH:mm) that anybody kept on a rung's day, with the first and the last one at which they are reminded today; the
 * ladder's own is always among them.
 */
export function hoursKept(
  wishes: ReadonlyMap<string, Wish>,
  rungDay: string,
  today: string,
  ladder: Pick<Ladder, 'at' | 'until'>,
): Map<string, { first: string; last: string }> {
  const kept = new Map([[ladder.at, { first: ladder.at, last: ladder.at }]])
  for (const wish of wishes.values()) {
    const [then, now] = [hourOn(wish, rungDay, ladder), hourOn(wish, today, ladder)]
    const known = kept.get(then) ?? { first: now, last: now }
    kept.set(then, { first: now < known.first ? now : known.first, last: now > known.last ? now : known.last })
  }
  return kept
}
/**
 * Whether a person wants the rung that many working days from the review (negative before it). The last one before the
 * review, the one on its day and the late ones are wanted always.
 */
export const wants = (wish: Wish | undefined, ladder: Pick<Ladder, 'workingDaysBefore'>, offset: number): boolean =>
  wish?.early !== false || -offset <= Math.min(...ladder.workingDaysBefore)
export const hourAsked = (wish: Wish, date: string): string | null => (date >= wish.atFrom ? wish.at : wish.atBefore)
