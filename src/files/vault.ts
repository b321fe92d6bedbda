import { createHash, randomUUID } from 'node:crypto'
import { createReadStream, promises as fs } from 'node:fs'
import path from 'node:path'
import type { Readable } from 'node:stream'
import { refused } from '../core/attachment/attachment.js'

/** A file on its way in, under a temporary name. */
export interface Draft {
  path: string
  sha256: string
  /** In bytes. */
  size: number
}

/** Where the bytes of evidence lie: a file each, named by the SHA-256 of its bytes. Throws what the disk throws. */
export interface Vault {
  /** Writes to a temporary name, all or nothing. Throws FileFault (`too_large`) and what the source throws. */
  draft(source: AsyncIterable<Uint8Array>, maxBytes?: number): Promise<Draft>
  /** Puts a draft on the disk for good, then under its name. The same bytes are there once; what a disk may have spoiled is replaced. */
  keep(draft: Draft): Promise<void>
  discard(draft: Draft): Promise<void>
  /** The bytes, for showing and exporting. */
  open(sha256: string): Readable
  pathOf(sha256: string): string
  /** Reads the whole file to know. */
  check(sha256: string): Promise<'sound' | 'missing' | 'altered'>
  /** What lies there: the names that files have for good, and whatever else is found beside them (paths within the folder). */
  list(): Promise<{ kept: string[]; strays: string[] }>
  remove(sha256: string): Promise<void>
  /**
   * Removes a file that nothing refers to, unless it was written within the last hour: whoever writes bytes down needs a
   * moment between the two. `isWanted` is asked once the file is out of the way; what is wanted after all is put back.
   * False when it stays.
   */
  retire(sha256: string, isWanted: () => Promise<boolean>): Promise<boolean>
}

/** A process that writes for so long is no more. */
const DEAD_AFTER_MS = 60 * 60 * 1000
/** Bytes are written down, in a row, long before this. */
const SETTLED_MS = 60 * 60 * 1000
const TMP = 'tmp'
const NAME = /^[0-9a-f]{64}$/

/** Thrown when files cannot be kept in the folder; `message` is the system's word for why. */
export class EvidenceDirError extends Error {
  constructor(
    readonly dir: string,
    cause: unknown,
  ) {
    super((cause as NodeJS.ErrnoException).code ?? String(cause), { cause })
  }
}

/** Opens the store in a folder, making it where there is none, and sweeps what a process that died left half-written. Throws EvidenceDirError. */
export async function openVault(dir: string): Promise<Vault> {
  const tmp = path.join(dir, TMP)
  try {
    await fs.mkdir(tmp, { recursive: true, mode: 0o750 })
    await sweep(tmp)
    await tryToWrite(tmp)
  } catch (error) {
    throw new EvidenceDirError(dir, error)
  }
  const pathOf = (sha256: string) => {
    if (!NAME.test(sha256)) throw new Error('not the name of a stored file')
    return path.join(dir, sha256.slice(0, 2), sha256)
  }
  return {
    pathOf,
    async draft(source, maxBytes = Number.POSITIVE_INFINITY) {
      const draft = { path: path.join(tmp, randomUUID()), sha256: '', size: 0 }
      const file = await fs.open(draft.path, 'wx', 0o640)
      try {
        const hash = createHash('sha256')
        for await (const chunk of source) {
          draft.size += chunk.length
          if (draft.size > maxBytes) throw refused('too_large')
          hash.update(chunk)
          await writeWhole(file, chunk)
        }
        draft.sha256 = hash.digest('hex')
      } catch (error) {
        await file.close()
        await fs.rm(draft.path, { force: true })
        throw error
      }
      await file.close()
      return draft
    },
    async keep(draft) {
      const final = pathOf(draft.sha256)
      const folder = path.dirname(final)
      await fs.mkdir(folder, { recursive: true, mode: 0o750 })
      // Whoever made the folder, perhaps this very moment, may not have come so far.
      await syncFolder(dir)
      await sync(draft.path)
      await fs.rename(draft.path, final)
      await syncFolder(folder)
    },
    discard: (draft) => fs.rm(draft.path, { force: true }),
    open: (sha256) => createReadStream(pathOf(sha256)),
    async check(sha256) {
      const hash = createHash('sha256')
      try {
        for await (const chunk of createReadStream(pathOf(sha256))) hash.update(chunk as Buffer)
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 'missing'
        throw error
      }
      return hash.digest('hex') === sha256 ? 'sound' : 'altered'
    },
    async list() {
      const found = await fs.readdir(dir, { recursive: true, withFileTypes: true })
      const [kept, strays]: [string[], string[]] = [[], []]
      for (const entry of found) {
        if (entry.isDirectory()) continue
        const relative = path.relative(dir, path.join(entry.parentPath ?? entry.path, entry.name))
        const isKept = NAME.test(entry.name) && relative === path.join(entry.name.slice(0, 2), entry.name)
        if (isKept) kept.push(entry.name)
        else if (!relative.startsWith(TMP + path.sep)) strays.push(relative)
      }
      return { kept: kept.sort(), strays: strays.sort() }
    },
    remove: (sha256) => fs.rm(pathOf(sha256), { force: true }),
    async retire(sha256, isWanted) {
      const found = await fs.stat(pathOf(sha256)).catch(() => undefined)
      if (!found) return true
      if (Date.now() - found.mtimeMs < SETTLED_MS || (await isWanted())) return false
      // Out of the way first: whoever stores the same bytes from here on puts a file of their own there.
      const away = path.join(tmp, randomUUID())
      await fs.rename(pathOf(sha256), away)
      const { mtimeMs } = await fs.stat(away)
      if (Date.now() - mtimeMs < SETTLED_MS || (await isWanted())) {
        await fs.rename(away, pathOf(sha256))
        return false
      }
      await fs.rm(away)
      return true
    },
  }
}

/** A folder that is there need not be one's own. */
async function tryToWrite(tmp: string): Promise<void> {
  const name = path.join(tmp, randomUUID())
  await fs.writeFile(name, '')
  await fs.rm(name)
}

async function sweep(tmp: string): Promise<void> {
  for (const name of await fs.readdir(tmp)) {
    const found = await fs.stat(path.join(tmp, name)).catch(() => undefined)
    if (found && Date.now() - found.mtimeMs > DEAD_AFTER_MS) await fs.rm(path.join(tmp, name), { force: true })
  }
}

/** One write may take less than it was given. */
async function writeWhole(file: fs.FileHandle, chunk: Uint8Array): Promise<void> {
  for (let at = 0; at < chunk.length; ) at += (await file.write(chunk, at, chunk.length - at)).bytesWritten
}

async function sync(name: string, flags = 'r+'): Promise<void> {
  const file = await fs.open(name, flags)
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}

/** A name is safe from a power cut once its folder is on the disk. Windows opens no folders, and sees to it itself. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform !== 'win32') await sync(folder, 'r')
}
