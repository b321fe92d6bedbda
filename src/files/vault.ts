import { createHash } from 'node:crypto'
import { createReadStream, promises as fs } from 'node:fs'
import path from 'node:path'
import type { Readable } from 'node:stream'
import { refused } from '../core/attachment/attachment.js'
import { type TempOwner, tempFolder } from './temp-folder.js'

/** A complete file under a temporary name, not yet part of the vault. */
export interface TempFile {
  path: string
  /** Hex. */
  sha256: string
  /** In bytes. */
  size: number
}

/**
 * Content-addressed storage for the bytes of evidence: one file for each content, named by its SHA-256. Every method throws
 * the disk's errors as they are.
 */
export interface Vault {
  /**
   * Writes the source to a temporary file; leaves nothing behind when it fails. Throws FileFault (`too_large`) over
   * `maxBytes`, and the source's errors.
   */
  writeTemp(source: AsyncIterable<Uint8Array>, maxBytes?: number): Promise<TempFile>
  /**
   * Syncs a temporary file to disk and renames it to its hash. Replaces a file of the same name, so that bytes damaged on
   * disk are repaired when the same file is stored again.
   */
  commit(temp: TempFile): Promise<void>
  /** Deletes a temporary file; does nothing when it was committed or discarded before. */
  discard(temp: TempFile): Promise<void>
  /** A stream of a stored file's bytes. */
  open(sha256: string): Readable
  /** Throws Error unless `sha256` is 64 lower-case hex digits. */
  pathOf(sha256: string): string
  /** Hashes the whole file and compares. */
  check(sha256: string): Promise<'sound' | 'missing' | 'altered'>
  /** The hashes of all stored files, and every other file in the folder (relative paths) except temporary ones. */
  list(): Promise<{ stored: string[]; strays: string[] }>
  remove(sha256: string): Promise<void>
  /**
   * Removes a file that nothing refers to, unless it was written within the last hour: its row may not be committed yet.
   * Calls `isWanted` a second time after moving the file aside, and moves it back when it is wanted after all. Returns false
   * when the file stays.
   */
  retire(sha256: string, isWanted: () => Promise<boolean>): Promise<boolean>
  /** How many temporary files processes left that have ended, and how many others there are. */
  leftovers(): Promise<{ dead: number; others: number }>
  /** Deletes the temporary files of processes that have ended; returns their number. */
  sweep(): Promise<number>
}

interface VaultOptions {
  /** Whether temporary files of processes that have ended are deleted at once; true by default. */
  sweep?: boolean
  owner?: TempOwner
}

/** The row that refers to stored bytes is committed long before this. */
const SETTLED_MS = 60 * 60 * 1000
const TMP = 'tmp'
const NAME = /^[0-9a-f]{64}$/

/** Thrown when the evidence folder cannot be used; `message` is the system's error code, such as EACCES. */
export class EvidenceDirError extends Error {
  constructor(
    readonly dir: string,
    cause: unknown,
  ) {
    super((cause as NodeJS.ErrnoException).code ?? String(cause), { cause })
  }
}

/** Opens the vault in a folder, creating it if needed. Throws EvidenceDirError. */
export async function openVault(dir: string, { sweep = true, owner }: VaultOptions = {}): Promise<Vault> {
  const temps = tempFolder(path.join(dir, TMP), owner)
  const pathOf = (sha256: string) => {
    if (!NAME.test(sha256)) throw new Error('not the name of a stored file')
    return path.join(dir, sha256.slice(0, 2), sha256)
  }
  try {
    await fs.mkdir(path.join(dir, TMP), { recursive: true, mode: 0o750 })
    if (sweep) await temps.sweep(pathOf)
    await checkWritable(temps.newPath())
  } catch (error) {
    throw new EvidenceDirError(dir, error)
  }
  return {
    pathOf,
    async writeTemp(source, maxBytes = Number.POSITIVE_INFINITY) {
      const temp = { path: temps.newPath(), sha256: '', size: 0 }
      const file = await fs.open(temp.path, 'wx', 0o640)
      try {
        const hash = createHash('sha256')
        for await (const chunk of source) {
          temp.size += chunk.length
          if (temp.size > maxBytes) throw refused('too_large')
          hash.update(chunk)
          await writeWhole(file, chunk)
        }
        temp.sha256 = hash.digest('hex')
      } catch (error) {
        await file.close()
        await fs.rm(temp.path, { force: true })
        throw error
      }
      await file.close()
      return temp
    },
    async commit(temp) {
      const final = pathOf(temp.sha256)
      const folder = path.dirname(final)
      await fs.mkdir(folder, { recursive: true, mode: 0o750 })
      // Needed even when the folder exists: a concurrent commit may have created it and not synced it yet.
      await syncFolder(dir)
      await sync(temp.path)
      await fs.rename(temp.path, final)
      await syncFolder(folder)
    },
    discard: (temp) => fs.rm(temp.path, { force: true }),
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
      const [stored, strays]: [string[], string[]] = [[], []]
      for (const entry of found) {
        if (entry.isDirectory()) continue
        const relative = path.relative(dir, path.join(entry.parentPath ?? entry.path, entry.name))
        const isStored = NAME.test(entry.name) && relative === path.join(entry.name.slice(0, 2), entry.name)
        if (isStored) stored.push(entry.name)
        else if (path.dirname(relative) !== TMP) strays.push(relative)
      }
      return { stored: stored.sort(), strays: strays.sort() }
    },
    remove: (sha256) => fs.rm(pathOf(sha256), { force: true }),
    async retire(sha256, isWanted) {
      const found = await fs.stat(pathOf(sha256)).catch(() => undefined)
      if (!found) return true
      if (Date.now() - found.mtimeMs < SETTLED_MS || (await isWanted())) return false
      // Moved aside before the last check: bytes stored from here on go to a new file, which this call does not touch.
      const aside = temps.newPath(sha256)
      await fs.rename(pathOf(sha256), aside)
      const { mtimeMs } = await fs.stat(aside)
      if (Date.now() - mtimeMs < SETTLED_MS || (await isWanted())) {
        await fs.rename(aside, pathOf(sha256))
        return false
      }
      await fs.rm(aside)
      return true
    },
    async leftovers() {
      const { dead, others } = await temps.inspect()
      return { dead: dead.length, others }
    },
    sweep: () => temps.sweep(pathOf),
  }
}

/** Throws when an existing folder is not writable, for example because it belongs to another user. */
async function checkWritable(name: string): Promise<void> {
  await fs.writeFile(name, '')
  await fs.rm(name)
}

/** `write` may write fewer bytes than it was given. */
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

/** A rename survives a power cut only after its folder is synced. Windows cannot open folders and needs no sync. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform !== 'win32') await sync(folder, 'r')
}
