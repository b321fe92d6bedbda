import { z } from 'zod'
import { isSendingTime } from '../calendar/sending-hours.js'
import { type Calendar, mondayToFriday } from '../calendar/working-day.js'
import type { Ladder } from '../campaign/campaign.js'
import { type ReviewKind, reviewKinds } from '../campaign/review.js'
import { addDays, localDate, weekday } from '../date.js'
import type { Standing } from '../progress/progress.js'

/** How a campaign stood when a week's digest was planned, also when there was nothing to tell. */
export interface WeekSnapshot {
  /** yyyy-mm-dd, the day on which it was taken. */
  on: string
  /** Codes of the criteria that there were. */
  criteria: readonly string[]
  /** By review and unit: codes of the missing criteria, parted by spaces. */
  missing: Readonly<Record<ReviewKind, Readonly<Record<string, string>>>>
  evidence: EvidenceCounts
  /** Units whose report for a review was sent or approved. */
  reports: Readonly<Record<ReviewKind, number>>
}

/** Submissions since the campaign began: handed in at all; confirmed or accepted; accepted. */
export interface EvidenceCounts {
  handedIn: number
  confirmed: number
  accepted: number
}

/** Rows of the weekly digest. A week is named by the date of its Monday. */
export interface Digests {
  /** The newest week that was planned; one indexed look. */
  lastWeek(campaignId: string): Promise<string | undefined>
  last(campaignId: string): Promise<{ week: string; snapshot: WeekSnapshot } | undefined>
  /** False when the week was planned already. */
  put(workspaceId: string, campaignId: string, week: string, snapshot: WeekSnapshot, now: Date): Promise<boolean>
  /** How many submissions were ever handed in; one indexed look. */
  handedIn(campaignId: string): Promise<number>
}

const count = z.number().int()
const named = z.object({ name: z.string(), n: count })

/** What a digest says, fixed when it is planned: what happens later changes no digest. */
export const weeklyDigestSchema = z.object({
  campaignId: z.string(),
  /** The plan's number and title, where several campaigns run; else null. */
  campaign: z.object({ number: z.string(), title: z.string() }).nullable(),
  kind: z.enum(reviewKinds),
  /** The review that is worked towards and the working days left to it; null while no date is set. */
  review: z.object({ date: z.string(), days: count }).nullable(),
  /** The day that it compares with; null for the beginning of the campaign. */
  since: z.string().nullable(),
  /** Whether `since` lies in the week before. */
  isLastWeek: z.boolean(),
  units: count,
  complete: z.object({ n: count, by: count }),
  /** Criteria missing over all units; how many blanks were closed since, and how many opened again. */
  blanks: z.object({ missing: count, closed: count, reopened: count }),
  /** Of `since` until now; confirmed ones are counted without those that were taken back. */
  evidence: z.object({ handedIn: count, confirmed: count, accepted: count }),
  reports: z.object({ n: count, by: count }),
  /** Units that closed blanks, the most first, cut; `more` were left out. */
  closers: z.object({ units: z.array(named), more: count }),
  /** Units that have nothing yet, in the roster's order, cut; `more` were left out. */
  idle: z.object({ units: z.array(z.string()), more: count }),
})
export type WeeklyDigest = z.infer<typeof weeklyDigestSchema>

/** Units named in one digest; the rest is a number and a button. */
const CLOSERS = 8
const IDLE = 12

/** The Monday of a date's week. */
export const mondayOf = (date: string): string => addDays(date, -((weekday(date) + 6) % 7))

/**
 * The week whose digest is to be planned at `now`, or none. It is due on the first working day of the week from the
 * ladder's hour on, and later in that week when that was missed; a week at or before one that was planned never is. The
 * first of all waits for the first working day of a week.
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

/** What is told of one week: how things stand now against how they stood, with the units' names. */
export interface Week {
  campaignId: string
  campaign: WeeklyDigest['campaign']
  kind: ReviewKind
  review: { date: string; days: number } | null
  week: string
  now: WeekSnapshot
  /** Every unit's line for the review, in the roster's order. */
  standings: readonly Standing[]
  names: ReadonlyMap<string, string>
}

/** The digest of a week, or undefined when nothing has changed. Without an earlier snapshot it counts from nothing. */
export function digestOf(w: Week, before: { week: string; snapshot: WeekSnapshot } | undefined) {
  const { kind, now, standings } = w
  const then = before?.snapshot
  const lines = standings.map(({ unitId, missing }) => {
    const stood = stoodIn(then, kind, unitId)
    const isBlank = new Set(missing)
    return {
      name: w.names.get(unitId) ?? '',
      isIdle: isBlank.size === now.criteria.length,
      isComplete: isBlank.size === 0,
      closed: now.criteria.filter((code) => !isBlank.has(code) && !stood.has(code)).length,
      reopened: missing.filter((code) => stood.has(code)).length,
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

/** Codes of the criteria under which a unit had something then: one that there was not yet stood nowhere. */
function stoodIn(then: WeekSnapshot | undefined, kind: ReviewKind, unitId: string): ReadonlySet<string> {
  const missing = then?.missing[kind][unitId]
  if (!then || missing === undefined) return new Set()
  const blank = new Set(missing.split(' '))
  return new Set(then.criteria.filter((code) => !blank.has(code)))
}

/** Units that came or left, and a review that took another's place, are no news of what was done. */
const hasChanged = ({ blanks, evidence, reports }: WeeklyDigest): boolean =>
  blanks.closed + blanks.reopened > 0 || reports.by !== 0 || Object.values(evidence).some((n) => n !== 0)
