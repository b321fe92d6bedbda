import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Readable } from 'node:stream'
import { onTestFinished } from 'vitest'
import { storeFile } from '../../src/files/store-file.js'
import { openVault } from '../../src/files/vault.js'

/** A vault in a temporary folder, which is deleted after the test. */
export async function stage() {
  const dir = mkdtempSync(path.join(tmpdir(), 'evidence-'))
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
  const vault = await openVault(dir)
  /** Stores bytes that arrive in small chunks, so that markers and chunk headers are split across them. */
  const take = (bytes: Buffer, maxBytes?: number) => storeFile(vault, Readable.from(slices(bytes, 777)), { maxBytes })
  return {
    dir,
    vault,
    take,
    /** Every file in the folder, temporary ones included. */
    files: () =>
      readdirSync(dir, { recursive: true, withFileTypes: true })
        .filter((f) => f.isFile())
        .map((f) => f.name),
    /** The stored bytes of a file. */
    cleaned: async (bytes: Buffer): Promise<Buffer> => readFileSync(vault.pathOf((await take(bytes)).sha256)),
  }
}

function* slices(bytes: Buffer, size: number): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}
