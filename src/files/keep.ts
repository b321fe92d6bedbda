import { promises as fs } from 'node:fs'
import type { Readable } from 'node:stream'
import { type FileKind, MAX_FILE_BYTES } from '../core/attachment/attachment.js'
import { kindOf } from './detect/kinds.js'
import { assemble, bytesOf } from './strip/bytes.js'
import { clean } from './strip/clean.js'
import type { Draft, Vault } from './vault.js'

/** A file that is stored for good. */
export interface Kept {
  /** Of the bytes as they are kept, after cleaning: their name in the store. */
  sha256: string
  /** In bytes, after cleaning. */
  size: number
  kind: FileKind
  mime: string
}

/**
 * Takes a file in: what comes from the source goes to a temporary file, is told by its bytes, cleaned if it is a photo or a film, and stands
 * in the store when this returns, safe from a power cut. A file at a time takes some hundred KB of memory, whatever its size. Throws FileFault
 * for what will not be kept, and whatever the source or the disk throws; nothing is left behind then.
 */
export async function keep(
  vault: Vault,
  source: Readable,
  { maxBytes = MAX_FILE_BYTES }: { maxBytes?: number } = {},
): Promise<Kept> {
  const drafts: Draft[] = []
  try {
    const raw = await vault.draft(source, maxBytes)
    drafts.push(raw)
    const { kind, mime, draft } = await cleaned(vault, raw)
    drafts.push(draft)
    await vault.keep(draft)
    return { sha256: draft.sha256, size: draft.size, kind, mime }
  } finally {
    source.destroy()
    for (const draft of drafts) await vault.discard(draft)
  }
}

async function cleaned(vault: Vault, raw: Draft): Promise<{ kind: FileKind; mime: string; draft: Draft }> {
  const handle = await fs.open(raw.path)
  try {
    const file = await bytesOf(handle)
    const { kind, mime } = await kindOf(raw.path, file)
    const pieces = await clean(kind, file)
    return { kind, mime, draft: pieces ? await vault.draft(assemble(file, pieces)) : raw }
  } finally {
    await handle.close()
  }
}
