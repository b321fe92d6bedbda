import type { AuditRow } from '../../audit/audit.js'
import { isInOneOf, may } from '../../people/access.js'
import type { Actor } from '../../people/person.js'
import type { Tx } from '../../ports.js'

/** Which people's App Homes a set of changes may alter. */
export interface AffectedHomes {
  everyone: boolean
  units: ReadonlySet<string>
  people: ReadonlySet<string>
}

/** Beyond this many rows, redrawing every home is cheaper than reading what changed. */
const ROWS = 500

/**
 * Which homes the rows of the audit log after `seq` may alter: those of the person who acted, of the submission's author
 * and of its unit. A row that names no unit (dates, settings, an unknown kind) affects everyone.
 */
export async function affectedHomesSince(tx: Tx, workspaceId: string, seq: number): Promise<AffectedHomes> {
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

/** Whether the changes may alter a person's home; people who may see all units are affected by every change. */
export const isAffected = (affected: AffectedHomes, actor: Actor): boolean =>
  affected.everyone ||
  affected.people.has(actor.person.id) ||
  ((affected.units.size > 0 || affected.people.size > 0) && may(actor, 'unit.seeAll')) ||
  isInOneOf(actor, affected.units)
