import type { Tx } from '../ports.js'
import type { AuditLink } from './audit.js'

/**
 * The first fault of a log. `altered`: the row's hash does not match its content and the previous row. `gap`: rows are
 * missing before this one. `extra`: a row that the log never appended. `tail`: the last rows are missing. `head`: the
 * stored end of the log is missing or differs.
 */
export interface AuditBreak {
  why: 'altered' | 'gap' | 'extra' | 'tail' | 'head'
  /** The row's number; the first missing one for `gap` and `tail`. */
  seq: number
  /** As stored in the row, possibly altered; null where there is no row. */
  at: string | null
  action: string | null
}

export interface AuditCheck {
  /** How many rows are intact. */
  rows: number
  /**
   * The hash of the last intact row. Compared with a copy that was noted elsewhere, it detects a log that was rewritten
   * as a whole.
   */
  hash: string
  broken: AuditBreak | undefined
}

/** Rows per page: bounds the memory for a log of any length. */
const PAGE = 1000

/** Verifies a workspace's log from the first row, including rows appended while it runs. `page`: rows per query. */
export async function verifyAudit(tx: Tx, workspaceId: string, page = PAGE): Promise<AuditCheck> {
  let last: { seq: number; hash: string } | null = null
  const proof = (broken?: AuditBreak): AuditCheck => ({ rows: last?.seq ?? 0, hash: last?.hash ?? '', broken })
  for (;;) {
    const links: AuditLink[] = await tx.audit.links(workspaceId, last, page)
    for (const link of links) {
      const broken = breakAt(link, (last?.seq ?? 0) + 1)
      if (broken) return proof(broken)
      last = { seq: link.seq, hash: link.hash }
    }
    if (links.length > 0) continue
    // A row and the head are written in one transaction, so a head read after the rows is never older than they are.
    const head = await tx.audit.head(workspaceId)
    const end = { seq: last?.seq ?? 0, hash: last?.hash ?? '' }
    if ((head?.seq ?? 0) > end.seq) {
      const more = await tx.audit.links(workspaceId, last, 1)
      if (more.length > 0) continue
      return proof({ why: 'tail', seq: end.seq + 1, at: null, action: null })
    }
    if ((head?.seq ?? 0) === end.seq && (head?.hash ?? '') === end.hash) return proof()
    return proof({ why: 'head', seq: end.seq, at: null, action: null })
  }
}

function breakAt(link: AuditLink, expected: number): AuditBreak | undefined {
  const { seq, at, action } = link
  if (seq === expected) return link.isSound ? undefined : { why: 'altered', seq, at, action }
  if (Number.isInteger(seq) && seq > expected) return { why: 'gap', seq: expected, at, action }
  return { why: 'extra', seq, at, action }
}
