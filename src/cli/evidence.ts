import { stat } from 'node:fs/promises'
import { readSharedConfig } from '../config.js'
import type { StoredRow } from '../core/attachment/attachment.js'
import { campaignsById, numberIn } from '../core/campaign/running.js'
import type { Store } from '../core/ports.js'
import { openVault, type Vault } from '../files/vault.js'
import { cli as text } from '../text/vi/cli/cli.js'
import { evidenceCli as t } from '../text/vi/cli/evidence.js'
import { withStore } from './database.js'

const PAGE = 500
/** Bytes that are there need a moment until their row says so. */
const FRESH_MS = 60 * 60 * 1000

/** `evidence verify [--sweep]`: every stored row has its bytes, every file its row. Exit code 1 when something is wrong. */
export async function evidence([action = '', ...args]: string[]): Promise<number> {
  const sweep = args.includes('--sweep')
  if (action !== 'verify' || args.some((a) => a !== '--sweep')) {
    console.error(text.unknownCommand(['evidence', action, ...args].join(' ').trim()))
    console.log(text.usage)
    return 2
  }
  const vault = await openVault(readSharedConfig(process.env).evidenceDir)
  return withStore(async (store, workspaceId) => {
    // Files first: a row that is written while this runs has its bytes, a file that comes meanwhile is not looked at.
    const there = await vault.list()
    const { rows, faults } = await checkRows(store, workspaceId, vault)
    const orphans = await checkFiles(store, vault, there.stored, sweep)
    for (const file of there.strays) console.log(t.stray(file))
    const n = faults + orphans + there.strays.length
    const counts = await store.read((tx) => tx.attachments.counts())
    console.log(n === 0 ? t.good(rows) : t.bad(n, rows))
    if (orphans > 0) console.log(t.sweepHint)
    console.log(t.counts(counts.waiting, counts.failed))
    return n === 0 ? 0 : 1
  })
}

/** Every stored row of a store, in parts. */
export async function* storedRows(store: Store): AsyncGenerator<StoredRow> {
  for (let last = ''; ; ) {
    const rows = await store.read((tx) => tx.attachments.storedAfter(last, PAGE))
    yield* rows
    if (rows.length < PAGE) return
    last = rows.at(-1)?.id ?? ''
  }
}

async function checkRows(store: Store, workspaceId: string, vault: Vault): Promise<{ rows: number; faults: number }> {
  const known = new Map<string, { state: Awaited<ReturnType<Vault['check']>>; size: number }>()
  let [rows, faults] = [0, 0]
  for await (const row of storedRows(store)) {
    rows++
    let found = known.get(row.sha256)
    if (!found) {
      const size = await stat(vault.pathOf(row.sha256)).then(
        (s) => s.size,
        () => 0,
      )
      found = { state: await vault.check(row.sha256), size }
      known.set(row.sha256, found)
    }
    if (found.state === 'sound' && found.size === row.size) continue
    faults++
    const say = found.state === 'sound' ? t.wrongSize : t[found.state]
    console.log(say(await numberOf(store, workspaceId, row.submissionId), row.name))
  }
  return { rows, faults }
}

/** Files that no row refers to, removed where that is asked for; gives how many are left that should not be there. */
async function checkFiles(store: Store, vault: Vault, kept: readonly string[], sweep: boolean): Promise<number> {
  let [left, fresh, swept] = [0, 0, 0]
  for (const sha256 of kept) {
    const isWanted = () => store.read((tx) => tx.attachments.refersTo(sha256))
    // What was removed lately is cleared by the bot itself.
    if (sweep ? await isWanted() : await store.read((tx) => tx.attachments.knows(sha256))) continue
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

async function numberOf(store: Store, workspaceId: string, submissionId: string | null): Promise<string> {
  return store.read(async (tx) => {
    const submission = submissionId ? await tx.submissions.byId(workspaceId, submissionId) : undefined
    return submission ? numberIn(await campaignsById(tx, workspaceId), submission) : t.noSubmission
  })
}

/** How many stored rows have no bytes at all; quick, since nothing is read. */
export async function countMissing(store: Store, vault: Vault): Promise<{ rows: number; missing: number }> {
  let [rows, missing] = [0, 0]
  for await (const { sha256 } of storedRows(store)) {
    rows++
    const found = await stat(vault.pathOf(sha256)).catch(() => undefined)
    if (!found) missing++
  }
  return { rows, missing }
}
