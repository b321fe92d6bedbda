import { promises as fs } from 'node:fs'
import type { Readable } from 'node:stream'
import { type FileKind, MAX_FILE_BYTES, type StoredFile } from '../core/attachment/attachment.js'
import { kindOf } from './detect/kinds.js'
import { cleanPackage, type Scratch } from './package/clean-package.js'
import { readZip } from './package/zip.js'
import { assemble, bytesOf } from './strip/bytes.js'
import { clean } from './strip/clean.js'
import type { TempFile, Vault } from './vault.js'

const offices: readonly FileKind[] = ['word', 'excel', 'powerpoint']

/**
 * Stores a file: copies the source to a temporary file, detects its kind from its bytes, strips the metadata of photos and
 * videos (also of those in Office files), and commits the result to the vault, synced to disk. Streams: needs a few hundred KB of memory for a file of any
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
    const write = async (bytes: AsyncIterable<Uint8Array>, limit?: number) => {
      const temp = await vault.writeTemp(bytes, limit)
      temps.push(temp)
      return temp
    }
    const { kind, mime, temp } = await cleaned(await write(source, maxBytes), write)
    await vault.commit(temp)
    return { sha256: temp.sha256, size: temp.size, kind, mime }
  } finally {
    source.destroy()
    for (const temp of temps) await vault.discard(temp)
  }
}

async function cleaned(raw: TempFile, write: Scratch): Promise<{ kind: FileKind; mime: string; temp: TempFile }> {
  const handle = await fs.open(raw.path)
  try {
    const file = await bytesOf(handle)
    const { kind, mime } = await kindOf(raw.path, file)
    const zip = offices.includes(kind) ? await readZip(file) : undefined
    const pieces = zip ? await cleanPackage(file, zip, write) : await clean(kind, file)
    return { kind, mime, temp: pieces ? await write(assemble(file, pieces)) : raw }
  } finally {
    await handle.close()
  }
}
