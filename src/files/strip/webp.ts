import { refused } from '../../core/attachment/attachment.js'
import { type Bytes, type Piece, readExactly } from './bytes.js'
import { orientationOf, tiffOf } from './orientation.js'

/** The chunks that make up the picture (RFC 9649, 2.7). Others may hold personal data. */
const kept = new Set(['VP8 ', 'VP8L', 'VP8X', 'ALPH', 'ANIM', 'ANMF', 'ICCP'])
const [HAS_EXIF, HAS_XMP] = [0x08, 0x04]
const MAX_EXIF = 64 * 1024

/**
 * The pieces of a WebP without EXIF, XMP and unknown chunks, with the file's size and flags corrected; a new EXIF chunk at the
 * end holds the orientation. Throws FileFault (`unclean`).
 */
export async function cleanWebp(file: Bytes): Promise<Piece[]> {
  const head = await readExactly(file, 0, 12)
  const end = 8 + head.readUInt32LE(4)
  if (head.toString('latin1', 0, 4) !== 'RIFF' || head.toString('latin1', 8) !== 'WEBP') throw refused('unclean')
  // The last chunk may lack its padding.
  if (end > file.size + 1) throw refused('unclean')
  const pieces: Piece[] = []
  let flags: Buffer | undefined
  let orientation: number | undefined
  for (let at = 12; at + 8 <= end; ) {
    const header = await readExactly(file, at, 8)
    const type = header.toString('latin1', 0, 4)
    const length = header.readUInt32LE(4)
    const next = at + 8 + length
    if (next > file.size || (type === 'VP8X' && length !== 10)) throw refused('unclean')
    if (type === 'EXIF') orientation ??= await orientationOf(await tiff(file, at + 8, Math.min(length, MAX_EXIF)))
    if (type === 'VP8X') {
      flags = Buffer.concat([header, await readExactly(file, at + 8, 1)])
      pieces.push(flags, { from: at + 9, to: next })
    } else if (kept.has(type)) pieces.push({ from: at, to: next })
    if (kept.has(type) && length % 2) pieces.push(Buffer.alloc(1))
    at = next + (length % 2)
  }
  if (pieces.length === 0) throw refused('unclean')
  const exif = flags && orientation ? [Buffer.from('EXIF\x1a\0\0\0', 'latin1'), tiffOf(orientation)] : []
  flags?.writeUInt8(((flags[8] as number) & ~(HAS_EXIF | HAS_XMP)) | (exif.length > 0 ? HAS_EXIF : 0), 8)
  const body = [...pieces, ...exif]
  const riff = Buffer.from(head)
  riff.writeUInt32LE(4 + body.reduce((sum, p) => sum + sizeOf(p), 0), 4)
  return [riff, ...body]
}

const sizeOf = (p: Piece): number => (Buffer.isBuffer(p) ? p.length : 'fill' in p ? p.length : p.to - p.from)

/** The TIFF block of an EXIF chunk; some programs put JPEG's `Exif\0\0` before it. */
async function tiff(file: Bytes, at: number, length: number): Promise<Buffer> {
  const found = await readExactly(file, at, length)
  return found.toString('latin1', 0, 6) === 'Exif\0\0' ? found.subarray(6) : found
}
