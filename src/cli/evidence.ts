import { stat } from 'node:fs/promises'
import { readSharedConfig } from '../config.js'
import type { StoredRow } from '../core/attachment/attachment.js'
import { campaignsById, numberIn } from '../core/campaign/running.js'
import type { Store } from '../core/ports.js'
import { openVault, type Vault } from '../files/vault.js'
import { evidenceCli as t } from '../text/vi/cli/evidence.js'
import { withStore } from './database.js'
import { unknownCommand } from './unknown-command.js'

/** Rows per page. */
const PAGE = 500

/** A file is written before its row is committed; a file younger than this may still wait for its row. */
const FRESH_MS = 60 * 60 * 1000

/**
 * `evidence verify [--sweep]`: checks that every stored row has its intact file and every file a row; `--sweep` deletes files
 * that no row refers to, and temporary files of processes that have ended. Returns the exit code: 1 when something is wrong.
 */
export async function evidence([action = '', ...args]: string[]): Promise<number> {
  const sweep = args.includes('--sweep')
  if (action !== 'verify' || args.some((a) => a !== '--sweep')) return unknownCommand('evidence', action, ...args)
  const vault = await openVault(readSharedConfig(process.env).evidenceDir, { sweep: false })
  return withStore(async (store, workspaceId) => {
    // Listed before the rows are read: a file that is added meanwhile is not taken for an orphan.
    const { stored, strays } = await vault.list()
    const { rows, faults } = await checkRows(store, workspaceId, vault)
    const orphans = await checkFiles(store, vault, stored, sweep)
    for (const file of strays) console.log(t.stray(file))
    const left = await checkTemps(vault, sweep)
    const n = faults + orphans + strays.length + left
    const counts = await store.read((tx) => tx.attachments.counts())
    console.log(n === 0 ? t.good(rows) : t.bad(n, rows))
    if (orphans + left > 0) console.log(t.sweepHint)
    console.log(t.counts(counts.waiting, counts.failed))
    return n === 0 ? 0 : 1
  })
}

/** Every stored row, read page by page. */
export async function* storedRows(store: Store): AsyncGenerator<StoredRow> {
  for (let last = ''; ; ) {
    const rows = await store.read((tx) => tx.attachments.storedAfter(last, PAGE))
    yield* rows
    if (rows.length < PAGE) return
    last = rows.at(-1)?.id ?? ''
  }
}

async function checkRows(store: Store, workspaceId: string, vault: Vault): Promise<{ rows: number; faults: number }> {
  const checked = new Map<string, { state: Awaited<ReturnType<Vault['check']>>; size: number }>()
  let [rows, faults] = [0, 0]
  for await (const row of storedRows(store)) {
    rows++
    let found = checked.get(row.sha256)
    if (!found) {
      const size = await stat(vault.pathOf(row.sha256)).then(
        (s) => s.size,
        () => 0,
      )
      found = { state: await vault.check(row.sha256), size }
      checked.set(row.sha256, found)
    }
    if (found.state === 'sound' && found.size === row.size) continue
    faults++
    const sentence = found.state === 'sound' ? t.wrongSize : t[found.state]
    console.log(sentence(await numberOf(store, workspaceId, row.submissionId), row.name))
  }
  return { rows, faults }
}

/** Reports files that no row refers to, and deletes them when `sweep` is set. Returns how many orphans are left. */
async function checkFiles(store: Store, vault: Vault, stored: readonly string[], sweep: boolean): Promise<number> {
  let [left, fresh, swept] = [0, 0, 0]
  for (const sha256 of stored) {
    const isWanted = () => store.read((tx) => tx.attachments.isInUse(sha256))
    // Without `--sweep`, the file of a removed row is no orphan: the bot deletes it later.
    if (sweep ? await isWanted() : await store.read((tx) => tx.attachments.isRecorded(sha256))) continue
    const found = await stat(vault.pathOf(sha256)).catch(() => undefined)
    if (!found) continue
    if (Date.now() - found.mtimeMs < FRESH_MS) fresh++
    else if (sweep && (await vault.retire(sha256, isWanted))) swept++
    else {
      left++
      console.log(t.orphan(sha256))
    }
  }
  if (fresh > 0) console.log(t.orphanFresh(fresh))
  if (swept > 0) console.log(t.swept(swept))
  return left
}

/** Reports temporary files that a killed process left, or deletes them when `sweep` is set. Returns how many are left. */
async function checkTemps(vault: Vault, sweep: boolean): Promise<number> {
  const swept = sweep ? await vault.sweep() : 0
  if (swept > 0) console.log(t.sweptLeftover(swept))
  const { dead, others } = await vault.leftovers()
  if (dead > 0) console.log(t.leftover(dead))
  if (others > 0) console.log(t.unfinished(others))
  return dead
}

async function numberOf(store: Store, workspaceId: string, submissionId: string | null): Promise<string> {
  return store.read(async (tx) => {
    const submission = submissionId ? await tx.submissions.byId(workspaceId, submissionId) : undefined
    return submission ? numberIn(await campaignsById(tx, workspaceId), submission) : t.noSubmission
  })
}

/** Counts the stored rows and those without a file. Does not read the files, unlike `evidence verify`. */
export async function countMissing(store: Store, vault: Vault): Promise<{ rows: number; missing: number }> {
  let [rows, missing] = [0, 0]
  for await (const { sha256 } of storedRows(store)) {
    rows++
    const found = await stat(vault.pathOf(sha256)).catch(() => undefined)
    if (!found) missing++
  }
  return { rows, missing }
}
