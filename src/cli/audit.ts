import { readSharedConfig } from '../config.js'
import { type AuditProof, proveAudit } from '../core/audit/chain.js'
import type { Store } from '../core/ports.js'
import { showInstant } from '../text/index.js'
import { auditText as t } from '../text/vi/cli/audit.js'
import { cli } from '../text/vi/cli/cli.js'
import { withStore } from './database.js'

/** `audit verify`: recomputes every workspace's log from its first row; exit code 1 when one is broken. */
export async function audit([action = '']: string[]): Promise<number> {
  if (action !== 'verify') {
    console.error(cli.unknownCommand(`audit ${action}`.trim()))
    console.log(cli.usage)
    return 2
  }
  const { timeZone } = readSharedConfig(process.env)
  const proofs = await withStore((store) => proveAll(store))
  for (const { workspaceId, proof } of proofs) {
    if (proofs.length > 1) console.log(t.workspace(workspaceId))
    console.log(proof.broken ? brokenSentence(proof, timeZone) : t.good(proof.rows, proof.hash))
  }
  return proofs.some((p) => p.proof.broken) ? 1 : 0
}

/** Every workspace's log, one after the other. */
export async function proveAll(store: Store): Promise<{ workspaceId: string; proof: AuditProof }[]> {
  const out = []
  for (const { id } of await store.read((tx) => tx.workspaces.all()))
    out.push({ workspaceId: id, proof: await store.read((tx) => proveAudit(tx, id)) })
  return out
}

/** Which row is the first that is wrong, and what is wrong with it. */
export function brokenSentence({ broken, rows }: AuditProof, timeZone: string): string {
  if (!broken) return ''
  const { why, seq, at, action } = broken
  // What stands in an altered row may be anything.
  const instant = at === null ? null : new Date(at)
  const when = instant && !Number.isNaN(instant.getTime()) ? showInstant(instant, timeZone) : at
  return [t.broken[why](seq, when, action), t.soundBefore(rows)].join(' ')
}
