import { refused } from '../../core/attachment/attachment.js'
import { type Bytes, buffered, type Piece, readExactly, sizeOf } from './bytes.js'
import { cleanIcc } from './icc.js'
import { orientationOf, tiffOf } from './orientation.js'
import { checkPixels } from './pixels.js'

/** The chunks that make up the picture (RFC 9649, 2.7), and those of a frame of an animation. */
const kept = new Set(['VP8 ', 'VP8L', 'ALPH', 'ANIM', 'ANMF'])
const keptInFrame = new Set(['VP8 ', 'VP8L', 'ALPH'])
/** Flags of VP8X: ICC profile, alpha, EXIF, animation (XMP is 0x04). */
const [HAS_ICC, HAS_ALPHA, HAS_EXIF, HAS_FRAMES] = [0x20, 0x10, 0x08, 0x02]
const MAX_EXIF = 64 * 1024
const MAX_PROFILE = 8 * 1024 * 1024

interface Chunk {
  type: string
  /** Where its content begins and ends; the end of the file cuts the last one. */
  from: number
  to: number
}

/**
 * The pieces of a WebP without EXIF, XMP and unknown chunks, also within the frames of an animation, with all sizes and flags
 * corrected; a new EXIF chunk at the end holds the orientation. Throws FileFault (`unclean`, `too_many_pixels`).
 */
export async function cleanWebp(unbuffered: Bytes): Promise<Piece[]> {
  const file = buffered(unbuffered)
  const head = await readExactly(file, 0, 12)
  if (head.toString('latin1', 0, 4) !== 'RIFF' || head.toString('latin1', 8) !== 'WEBP') throw refused('unclean')
  const pieces: Piece[] = []
  let extended: Buffer | undefined
  let profile: Buffer | undefined
  let orientation: number | undefined
  for await (const { type, from, to } of chunksIn(file, 12, Math.min(file.size, 8 + head.readUInt32LE(4)))) {
    if (type === 'VP8X') {
      if (extended || to - from < 10) throw refused('unclean')
      extended = Buffer.from(await readExactly(file, from, 10))
      checkPixels(extended.readUIntLE(4, 3) + 1, extended.readUIntLE(7, 3) + 1)
    }
    if (type === 'EXIF') orientation ??= await orientationOf(await tiff(file, from, Math.min(to - from, MAX_EXIF)))
    if (type === 'ICCP' && to - from <= MAX_PROFILE) profile ??= cleanIcc(await readExactly(file, from, to - from))
    if (type === 'ANMF') pieces.push(...chunk(type, await frame(file, from, to)))
    else if (kept.has(type)) pieces.push(...chunk(type, [{ from, to }]))
  }
  if (pieces.length === 0) throw refused('unclean')
  const exif = extended && orientation ? chunk('EXIF', [tiffOf(orientation)]) : []
  const icc = extended && profile ? chunk('ICCP', [profile]) : []
  const flags = (exif.length > 0 ? HAS_EXIF : 0) | (icc.length > 0 ? HAS_ICC : 0)
  extended?.writeUInt32LE(((extended[0] as number) & (HAS_ALPHA | HAS_FRAMES)) | flags)
  const body = [...(extended ? chunk('VP8X', [extended]) : []), ...icc, ...pieces, ...exif]
  return [riff(body), ...body]
}

const riff = (body: Piece[]): Buffer => {
  const head = Buffer.from('RIFF\0\0\0\0WEBP', 'latin1')
  head.writeUInt32LE(4 + body.reduce((sum, p) => sum + sizeOf(p), 0), 4)
  return head
}

/** A frame: its place and duration, and the chunks of its picture. */
async function frame(file: Bytes, from: number, to: number): Promise<Piece[]> {
  const pieces: Piece[] = [await readExactly(file, from, 16)]
  for await (const part of chunksIn(file, from + 16, to))
    if (keptInFrame.has(part.type)) pieces.push(...chunk(part.type, [{ from: part.from, to: part.to }]))
  return pieces
}

async function* chunksIn(file: Bytes, from: number, end: number): AsyncGenerator<Chunk> {
  for (let at = from; at + 8 < end; ) {
    const header = await readExactly(file, at, 8)
    const next = at + 8 + header.readUInt32LE(4)
    const type = header.toString('latin1', 0, 4)
    // Only a picture may be cut off.
    if (next > end && !keptInFrame.has(type)) throw refused('unclean')
    yield { type, from: at + 8, to: Math.min(next, end) }
    at = next + (next & 1 ? 1 : 0)
  }
}

function chunk(type: string, content: Piece[]): Piece[] {
  const size = content.reduce((sum, p) => sum + sizeOf(p), 0)
  const head = Buffer.from(`${type}\0\0\0\0`, 'latin1')
  head.writeUInt32LE(size, 4)
  return [head, ...content, ...(size % 2 ? [Buffer.alloc(1)] : [])]
}

/** The TIFF block of an EXIF chunk; some programs put JPEG's `Exif\0\0` before it. */
async function tiff(file: Bytes, at: number, length: number): Promise<Buffer> {
  const found = await readExactly(file, at, length)
  return found.toString('latin1', 0, 6) === 'Exif\0\0' ? found.subarray(6) : found
}
