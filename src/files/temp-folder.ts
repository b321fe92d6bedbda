import { randomUUID } from 'node:crypto'
import { promises as fs } from 'node:fs'
import path from 'node:path'
import { type ProcessState, thisProcess } from '../this-process.js'

/** Identifies the process that writes a temporary file, and tells whether another one still runs. */
export interface TempOwner {
  id: string
  stateOf(id: string): ProcessState
}

/**
 * The folder of unfinished files. A file's name says which process writes it, so that what a killed process left, which is
 * a photo with its position, is told from a download in progress.
 */
export interface TempFolder {
  /** The path of a new file of this process; with a hash, of stored bytes that are set aside. */
  newPath(sha256?: string): string
  /** The files that a process left which has ended (paths), and how many others there are. */
  inspect(): Promise<{ dead: string[]; others: number }>
  /** Deletes the dead files, and moves bytes that were set aside back to `pathOf`. Returns how many there were. */
  sweep(pathOf: (sha256: string) => string): Promise<number>
}

/**
 * A file of a process that cannot be seen from here (another machine or container, or before a restart of the machine) is
 * dead after this long without a write: a download is given up after 15 s without a byte, and cleaning takes seconds.
 */
const UNSEEN_MS = 10 * 60_000

/** The owner, encoded; a random part; the hash of bytes that were set aside. */
const NAME = /^(.+)\.[0-9a-f-]{36}(?:\.([0-9a-f]{64}))?$/

export function tempFolder(dir: string, owner: TempOwner = thisProcess): TempFolder {
  const prefix = encodeURIComponent(owner.id)

  async function isDead(name: string): Promise<boolean> {
    const state = owner.stateOf(ownerOf(name))
    if (state !== 'unknown') return state === 'gone'
    const found = await fs.stat(path.join(dir, name)).catch(() => undefined)
    return found !== undefined && Date.now() - found.mtimeMs > UNSEEN_MS
  }

  async function inspect(): Promise<{ dead: string[]; others: number }> {
    const dead: string[] = []
    let others = 0
    for (const entry of await fs.readdir(dir, { withFileTypes: true })) {
      if (!entry.isFile()) continue
      if (await isDead(entry.name)) dead.push(path.join(dir, entry.name))
      else others++
    }
    return { dead, others }
  }

  return {
    newPath: (sha256) => path.join(dir, [prefix, randomUUID(), ...(sha256 ? [sha256] : [])].join('.')),
    inspect,
    async sweep(pathOf) {
      const { dead } = await inspect()
      for (const file of dead) {
        const sha256 = NAME.exec(path.basename(file))?.[2]
        // The process ended before it knew whether the bytes are wanted. If they are not, they will be deleted again.
        if (sha256) await putBack(file, pathOf(sha256))
        else await fs.rm(file, { force: true })
      }
      return dead.length
    },
  }
}

/** The id of the process that a file's name gives; empty for any other name. */
function ownerOf(name: string): string {
  try {
    return decodeURIComponent(NAME.exec(name)?.[1] ?? '')
  } catch {
    return ''
  }
}

/** Moves a file, unless another process has done so already or the same bytes have been stored again. */
async function putBack(file: string, final: string): Promise<void> {
  const isStored = await fs.stat(final).then(
    () => true,
    () => false,
  )
  if (isStored) return fs.rm(file, { force: true })
  await fs.rename(file, final).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error
  })
}
