import { z } from 'zod'
import { isSendingTime } from '../calendar/sending-hours.js'
import { type Calendar, mondayToFriday } from '../calendar/working-day.js'
import type { Ladder } from '../campaign/campaign.js'
import { type ReviewKind, reviewKinds } from '../campaign/review.js'
import { addDays, localDate, weekday } from '../date.js'
import type { Standing } from '../progress/progress.js'

/** The state of a campaign when a week's digest was planned, stored also when nothing had changed. */
export interface WeekSnapshot {
  /** yyyy-mm-dd, the day on which it was taken. */
  on: string
  /** Codes of the plan's criteria. */
  criteria: readonly string[]
  /** By review and unit: codes of the missing criteria, separated by spaces. */
  missing: Readonly<Record<ReviewKind, Readonly<Record<string, string>>>>
  evidence: EvidenceCounts
  /** Units whose report for a review was sent or approved. */
  reports: Readonly<Record<ReviewKind, number>>
}

/** Submissions since the campaign began: all; confirmed or accepted; accepted. */
export interface EvidenceCounts {
  handedIn: number
  confirmed: number
  accepted: number
}

/** Rows of the weekly digest. A week is named by the date of its Monday. */
export interface Digests {
  /** The newest planned week up to a week: a later one was planned by a wrong clock. One indexed query. */
  lastWeek(campaignId: string, until: string): Promise<string | undefined>
  /** The newest snapshot before a week. */
  last(campaignId: string, week: string): Promise<{ week: string; snapshot: WeekSnapshot } | undefined>
  /** False when the week was planned already. */
  put(workspaceId: string, campaignId: string, week: string, snapshot: WeekSnapshot, now: Date): Promise<boolean>
  /** Number of submissions ever handed in. One indexed query. */
  handedIn(campaignId: string): Promise<number>
}

const count = z.number().int()
const named = z.object({ name: z.string(), n: count })

/** The content of a digest, fixed when it is planned. */
export const weeklyDigestSchema = z.object({
  campaignId: z.string(),
  /** The plan's number and title, where several campaigns run; else null. */
  campaign: z.object({ number: z.string(), title: z.string() }).nullable(),
  kind: z.enum(reviewKinds),
  /** The current review and the working days left until it; null while no date is set. */
  review: z.object({ date: z.string(), days: count }).nullable(),
  /** Open reviews that the Board is to close, since their reminders are over. */
  toClose: z.array(z.object({ kind: z.enum(reviewKinds), date: z.string() })).default([]),
  /** The day of the snapshot that it compares with; null for the beginning of the campaign. */
  since: z.string().nullable(),
  /** Whether `since` is in the week before. */
  isLastWeek: z.boolean(),
  units: count,
  complete: z.object({ n: count, by: count }),
  /** Missing criteria over all units; how many were filled since, and how many became missing again. */
  blanks: z.object({ missing: count, closed: count, reopened: count }),
  /** Changes from `since` until now; confirmed and accepted ones are net of those that were reverted. */
  evidence: z.object({ handedIn: count, confirmed: count, accepted: count }),
  reports: z.object({ n: count, by: count }),
  /** Units that filled missing criteria, most first, shortened; `more` were left out. */
  closers: z.object({ units: z.array(named), more: count }),
  /** Units without any evidence, in the roster's order, shortened; `more` were left out. */
  idle: z.object({ units: z.array(z.string()), more: count }),
})

export type WeeklyDigest = z.infer<typeof weeklyDigestSchema>

/** Units named in one digest; the others are counted. */
const CLOSERS = 8
const IDLE = 12

/** The Monday of a date's week. */
export const mondayOf = (date: string): string => addDays(date, -((weekday(date) + 6) % 7))

/**
 * The week (the date of its Monday) whose digest is due at `now`; undefined if none is. It is due from the ladder's hour on the
 * first working day of the week, and later in that week if missed. A planned week and earlier ones are never due again. The
 * first digest waits for the first working day of a week.
 */
export function digestDue(
  lastWeek: string | undefined,
  now: Date,
  ladder: Ladder,
  timeZone: string,
  isWorkingDay: Calendar = mondayToFriday,
): string | undefined {
  if (!isSendingTime(now, ladder, timeZone, isWorkingDay)) return undefined
  const today = localDate(now, timeZone)
  const week = mondayOf(today)
  if (lastWeek !== undefined) return lastWeek < week ? week : undefined
  for (let day = week; day < today; day = addDays(day, 1)) if (isWorkingDay(day)) return undefined
  return week
}

/** The input of a week's digest: the state now, and the units' names. */
export interface Week {
  campaignId: string
  campaign: WeeklyDigest['campaign']
  kind: ReviewKind
  review: { date: string; days: number } | null
  toClose: WeeklyDigest['toClose']
  week: string
  now: WeekSnapshot
  /** Every unit's progress for the review, in the roster's order. */
  standings: readonly Standing[]
  names: ReadonlyMap<string, string>
}

/** The digest of a week; undefined when nothing has changed. Without an earlier snapshot it counts from zero. */
export function digestOf(w: Week, before: { week: string; snapshot: WeekSnapshot } | undefined) {
  const { kind, now, standings } = w
  const then = before?.snapshot
  const lines = standings.map(({ unitId, missing }) => {
    const had = filledIn(then, kind, unitId)
    const isBlank = new Set(missing)
    return {
      name: w.names.get(unitId) ?? '',
      isIdle: isBlank.size === now.criteria.length,
      isComplete: isBlank.size === 0,
      closed: now.criteria.filter((code) => !isBlank.has(code) && !had.has(code)).length,
      reopened: missing.filter((code) => had.has(code)).length,
    }
  })
  const sum = (of: (line: (typeof lines)[number]) => number) => lines.reduce((n, line) => n + of(line), 0)
  const completeThen = Object.values(then?.missing[kind] ?? {}).filter((codes) => codes === '').length
  const complete = sum((l) => Number(l.isComplete))
  const closers = lines.filter((l) => l.closed > 0).sort((a, b) => b.closed - a.closed)
  const idle = lines.filter((l) => l.isIdle).map((l) => l.name)
  const reports = now.reports[kind]
  const digest: WeeklyDigest = {
    campaignId: w.campaignId,
    campaign: w.campaign,
    kind,
    review: w.review,
    toClose: w.toClose,
    since: then?.on ?? null,
    isLastWeek: before?.week === addDays(w.week, -7),
    units: lines.length,
    complete: { n: complete, by: complete - completeThen },
    blanks: {
      missing: standings.reduce((n, s) => n + s.missing.length, 0),
      closed: sum((l) => l.closed),
      reopened: sum((l) => l.reopened),
    },
    evidence: {
      handedIn: now.evidence.handedIn - (then?.evidence.handedIn ?? 0),
      confirmed: now.evidence.confirmed - (then?.evidence.confirmed ?? 0),
      accepted: now.evidence.accepted - (then?.evidence.accepted ?? 0),
    },
    reports: { n: reports, by: reports - (then?.reports[kind] ?? 0) },
    closers: {
      units: closers.slice(0, CLOSERS).map((l) => ({ name: l.name, n: l.closed })),
      more: Math.max(0, closers.length - CLOSERS),
    },
    idle: { units: idle.slice(0, IDLE), more: Math.max(0, idle.length - IDLE) },
  }
  return hasChanged(digest) ? digest : undefined
}

/** Codes of the criteria under which a unit had evidence in a snapshot; none for a unit that did not exist yet. */
function filledIn(then: WeekSnapshot | undefined, kind: ReviewKind, unitId: string): ReadonlySet<string> {
  const missing = then?.missing[kind][unitId]
  if (!then || missing === undefined) return new Set()
  const blank = new Set(missing.split(' '))
  return new Set(then.criteria.filter((code) => !blank.has(code)))
}

/** Whether anything was done, or a review is to be closed. New or removed units, or another current review, alone are not worth a digest. */
const hasChanged = ({ blanks, evidence, reports, toClose }: WeeklyDigest): boolean =>
  toClose.length > 0 ||
  blanks.closed + blanks.reopened > 0 ||
  reports.by !== 0 ||
  Object.values(evidence).some((n) => n !== 0)
