import type { promises } from 'node:fs'
import { refused } from '../../core/attachment/attachment.js'

/** A file read by ranges, never as a whole. */
export interface Bytes {
  /** In bytes. */
  size: number
  /** Up to `length` bytes from offset `at` on; fewer at the end of the file. */
  read(at: number, length: number): Promise<Buffer>
}

/**
 * A part of the cleaned file: a byte range copied from the source (or from `of`), new bytes, or one byte repeated. Only listed ranges
 * are copied, so data that a cleaner does not know is left out.
 */
export type Piece = { from: number; to: number; of?: Bytes } | Buffer | { fill: number; length: number }

const CHUNK = 64 * 1024

/** Reads from an open file; the caller closes it. */
export async function bytesOf(file: promises.FileHandle): Promise<Bytes> {
  const { size } = await file.stat()
  return {
    size,
    async read(at, length) {
      const buffer = Buffer.alloc(Math.max(0, Math.min(length, size - at)))
      const { bytesRead } = await file.read(buffer, 0, buffer.length, at)
      return buffer.subarray(0, bytesRead)
    },
  }
}

/** The same bytes through a window of 64 KB, so that many small reads in order cost few reads of the disk. */
export function buffered(file: Bytes): Bytes {
  let from = 0
  let window: Buffer = Buffer.alloc(0)
  return {
    size: file.size,
    async read(at, length) {
      if (length >= CHUNK) return file.read(at, length)
      if (at < from || at + length > from + window.length) {
        window = await file.read(at, CHUNK)
        from = at
      }
      return window.subarray(at - from, at - from + length)
    },
  }
}

/** A range of a file as a file of its own. */
export const rangeOf = (file: Bytes, from: number, to: number): Bytes => ({
  size: to - from,
  read: (at, length) => file.read(from + at, Math.max(0, Math.min(length, to - from - at))),
})

/** Bytes in memory. */
export const inMemory = (bytes: Buffer): Bytes => ({
  size: bytes.length,
  read: async (at, length) => bytes.subarray(at, at + length),
})

/** How many bytes a piece has. */
export const sizeOf = (p: Piece): number => (Buffer.isBuffer(p) ? p.length : 'fill' in p ? p.length : p.to - p.from)

/** Reads exactly `length` bytes. Throws FileFault (`unclean`) when the file ends before. */
export async function readExactly(file: Bytes, at: number, length: number): Promise<Buffer> {
  const found = await file.read(at, length)
  if (found.length < length) throw refused('unclean')
  return found
}

/** The bytes of the pieces, in chunks of at most 64 KB except new bytes. A chunk is valid until the next one is read. */
export async function* assemble(file: Bytes, pieces: Iterable<Piece>): AsyncGenerator<Buffer> {
  for (const piece of pieces) {
    if (Buffer.isBuffer(piece)) yield piece
    else if ('fill' in piece) yield* filled(piece.fill, piece.length)
    else
      for (let at = piece.from; at < piece.to; at += CHUNK)
        yield await readExactly(piece.of ?? file, at, Math.min(CHUNK, piece.to - at))
  }
}

function* filled(byte: number, length: number): Generator<Buffer> {
  const block = Buffer.alloc(Math.min(length, CHUNK), byte)
  for (let left = length; left > 0; left -= block.length) yield block.subarray(0, Math.min(left, block.length))
}

/** A range to overwrite: `bytes` at its beginning, then the byte `fill` up to `to` (exclusive). */
export interface Patch {
  from: number
  to: number
  bytes: Buffer
  fill: number
}

/**
 * The pieces of a file of `size` bytes with patches applied in place; nothing moves. Patches may be in any order; where two
 * overlap, the one that begins first wins. Throws FileFault (`unclean`) when a patch reaches outside the file.
 */
export function overwrite(size: number, patches: readonly Patch[]): Piece[] {
  const pieces: Piece[] = []
  let at = 0
  for (const { from, to, bytes, fill } of [...patches].sort((a, b) => a.from - b.from)) {
    if (from < 0 || to > size || from + bytes.length > to) throw refused('unclean')
    const start = from < at ? at : from + bytes.length
    if (from > at) pieces.push({ from: at, to: from })
    if (from >= at && bytes.length > 0) pieces.push(bytes)
    if (to > start) pieces.push({ fill, length: to - start })
    at = Math.max(at, to)
  }
  if (at < size) pieces.push({ from: at, to: size })
  return pieces
}
