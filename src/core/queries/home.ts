import type { AuditRow } from '../audit/audit.js'
import { may } from '../people/access.js'
import type { Actor } from '../people/person.js'
import type { Tx } from '../ports.js'

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
  ((concern.units.size > 0 || concern.people.size > 0) && may(actor, 'unit.seeAll')) ||
  actor.roles.some((r) => concern.units.has(r.unit.id))
