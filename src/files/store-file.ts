import { promises as fs } from 'node:fs'
import type { Readable } from 'node:stream'
import { type FileKind, MAX_FILE_BYTES, type StoredFile } from '../core/attachment/attachment.js'
import { kindOf } from './detect/kinds.js'
import { assemble, bytesOf } from './strip/bytes.js'
import { clean } from './strip/clean.js'
import type { TempFile, Vault } from './vault.js'

/**
 * Stores a file: copies the source to a temporary file, detects its kind from its bytes, strips the metadata of photos and
 * videos, and commits the result to the vault, synced to disk. Streams: needs a few hundred KB of memory for a file of any
 * size. `maxBytes` limits the bytes read from the source. Throws FileFault for a file that is refused, and errors of the
 * source or the disk as they are; in both cases nothing is stored and no temporary file is left.
 */
export async function storeFile(
  vault: Vault,
  source: Readable,
  { maxBytes = MAX_FILE_BYTES }: { maxBytes?: number } = {},
): Promise<StoredFile> {
  const temps: TempFile[] = []
  try {
    const raw = await vault.writeTemp(source, maxBytes)
    temps.push(raw)
    const { kind, mime, temp } = await cleaned(vault, raw)
    temps.push(temp)
    await vault.commit(temp)
    return { sha256: temp.sha256, size: temp.size, kind, mime }
  } finally {
    source.destroy()
    for (const temp of temps) await vault.discard(temp)
  }
}

async function cleaned(vault: Vault, raw: TempFile): Promise<{ kind: FileKind; mime: string; temp: TempFile }> {
  const handle = await fs.open(raw.path)
  try {
    const file = await bytesOf(handle)
    const { kind, mime } = await kindOf(raw.path, file)
    const pieces = await clean(kind, file)
    return { kind, mime, temp: pieces ? await vault.writeTemp(assemble(file, pieces)) : raw }
  } finally {
    await handle.close()
  }
}
