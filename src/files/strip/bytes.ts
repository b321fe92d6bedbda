import type { promises } from 'node:fs'
import { refused } from '../../core/attachment/attachment.js'

/** A file that is read here and there, never as a whole. */
export interface Bytes {
  size: number
  /** The bytes from `at` on, `length` of them or as many as there are. */
  read(at: number, length: number): Promise<Buffer>
}

/**
 * A part of the file that is made: a range of the file that is there, new bytes, or one byte many times. Ranges are copied,
 * so that what is not named does not come along.
 */
export type Piece = { from: number; to: number } | Buffer | { fill: number; length: number }

const WINDOW = 64 * 1024

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

/** As `read`, but what ends too early is a file that cannot be cleaned. Throws FileFault. */
export async function need(file: Bytes, at: number, length: number): Promise<Buffer> {
  const found = await file.read(at, length)
  if (found.length < length) throw refused('unclean')
  return found
}

/** What the pieces come to, in chunks of 64 KB; each chunk is valid until the next is asked for. */
export async function* assemble(file: Bytes, pieces: Iterable<Piece>): AsyncGenerator<Buffer> {
  for (const piece of pieces) {
    if (Buffer.isBuffer(piece)) yield piece
    else if ('fill' in piece) yield* filled(piece.fill, piece.length)
    else
      for (let at = piece.from; at < piece.to; at += WINDOW) yield await need(file, at, Math.min(WINDOW, piece.to - at))
  }
}

function* filled(byte: number, length: number): Generator<Buffer> {
  const block = Buffer.alloc(Math.min(length, WINDOW), byte)
  for (let left = length; left > 0; left -= block.length) yield block.subarray(0, Math.min(left, block.length))
}

/** A range that is written over: `bytes` at its beginning, the rest with one byte. */
export interface Patch {
  from: number
  to: number
  bytes: Buffer
  fill: number
}

/**
 * A file's pieces with some of its parts written over in place: no byte moves. Parts may come in any order; where two
 * lie on each other, the one that begins first counts. Throws FileFault where a part is not within the file.
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
