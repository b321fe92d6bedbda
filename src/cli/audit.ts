import { readSharedConfig } from '../config.js'
import { type AuditCheck, verifyAudit } from '../core/audit/chain.js'
import type { Store } from '../core/ports.js'
import { showInstant } from '../text/index.js'
import { auditText as t } from '../text/vi/cli/audit.js'
import { withStore } from './database.js'
import { unknownCommand } from './unknown-command.js'

/** `audit verify`: verifies every workspace's audit log from its first row. Returns the exit code: 1 when a log is broken. */
export async function audit([action = '', ...more]: string[]): Promise<number> {
  if (action !== 'verify' || more.length > 0) return unknownCommand('audit', action, ...more)
  const { timeZone } = readSharedConfig(process.env)
  const proofs = await withStore((store) => proveAll(store))
  for (const { workspaceId, proof } of proofs) {
    if (proofs.length > 1) console.log(t.workspace(workspaceId))
    console.log(proof.broken ? brokenSentence(proof, timeZone) : t.good(proof.rows, proof.hash))
  }
  return proofs.some((p) => p.proof.broken) ? 1 : 0
}

/** Verifies the audit log of every workspace. */
export async function proveAll(store: Store): Promise<{ workspaceId: string; proof: AuditCheck }[]> {
  const proofs = []
  for (const { id } of await store.read((tx) => tx.workspaces.all()))
    proofs.push({ workspaceId: id, proof: await store.read((tx) => verifyAudit(tx, id)) })
  return proofs
}

/** The sentence about the first broken row of a log; empty when the log is intact. */
export function brokenSentence({ broken, rows }: AuditCheck, timeZone: string): string {
  if (!broken) return ''
  const { why, seq, at, action } = broken
  // The time of an altered row may be any text.
  const instant = at === null ? null : new Date(at)
  const when = instant && !Number.isNaN(instant.getTime()) ? showInstant(instant, timeZone) : at
  return [t.broken[why](seq, when, action), t.soundBefore(rows)].join(' ')
}
