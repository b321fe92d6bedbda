import type { AuditRow } from '../audit/append.js'
import { maySeeAll } from '../people/access.js'
import type { AccountRef } from '../people/identity.js'
import type { Actor } from '../people/person.js'
import type { Tx } from '../ports.js'

/** The home of one account in the chat, as it was published last. */
export interface Home {
  externalId: string
  openedAt: Date
  /** Of what was published, the time of drawing left out; null when nothing was. */
  digest: string | null
  /** The chat's own mark of what it shows. */
  viewHash: string | null
}

/**
 * What homes are drawn from, in numbers that rise in the same transaction as any change: nothing more is written for the
 * homes' sake when somebody hands something in.
 */
export interface HomeVersion {
  /** The last row of the audit log: every change of submissions, dates, settings and the like adds one. */
  audit: number
  /** Of people, roles, units and accounts. */
  roster: number
  /** Messages whose readers could not be reached. */
  unreachable: number
}

export interface HomeRows {
  version(workspaceId: string): Promise<HomeVersion>
  /** Accounts whose home was opened since then, the last one first. */
  openedSince(workspaceId: string, platform: string, since: Date): Promise<string[]>
  byAccount(ref: AccountRef): Promise<Home | undefined>
  /** Remembers that somebody looks at their home. */
  opened(ref: AccountRef, now: Date): Promise<void>
  /** Remembers what a home that was opened shows now. */
  published(ref: AccountRef, as: { digest: string; viewHash: string | null }, now: Date): Promise<void>
  forget(ref: AccountRef): Promise<void>
}

/** Whose homes a change may show on. */
export interface Concern {
  everyone: boolean
  units: ReadonlySet<string>
  people: ReadonlySet<string>
}

/** Of more rows than this it is cheaper to draw every home than to read what happened. */
const ROWS = 500

/**
 * Whom the rows of the audit log after `seq` concern: who did it, the author of the submission, the people of its unit.
 * Whatever names no unit (dates, settings, a kind of row that is not known here) concerns everyone.
 */
export async function concernSince(tx: Tx, workspaceId: string, seq: number): Promise<Concern> {
  const rows = await tx.audit.after(workspaceId, seq, ROWS)
  const units = new Set<string>()
  const people = new Set<string>()
  let everyone = rows.length === ROWS
  for (const row of rows) {
    if (row.byId) people.add(row.byId)
    const found = unitsOfRow(row)
    for (const unit of found) units.add(unit)
    const [kind, id = ''] = row.subject.split(':')
    if (kind === 'submission' && found.length > 0) {
      const submission = everyone ? undefined : await tx.submissions.byId(workspaceId, id)
      if (submission) people.add(submission.authorId)
    } else if (found.length === 0) everyone = true
  }
  return { everyone, units, people }
}

function unitsOfRow({ subject, data }: AuditRow): string[] {
  const named = [data.unitId, data.fromUnitId, subject.startsWith('unit:') ? subject.slice('unit:'.length) : undefined]
  return named.filter((id): id is string => typeof id === 'string')
}

/** Whether a change may show on a person's home: those who see everything see every change. */
export const concerns = (concern: Concern, actor: Actor): boolean =>
  concern.everyone ||
  concern.people.has(actor.person.id) ||
  ((concern.units.size > 0 || concern.people.size > 0) && maySeeAll(actor)) ||
  actor.roles.some((r) => concern.units.has(r.unit.id))
