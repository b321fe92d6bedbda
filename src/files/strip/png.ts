import { refused } from '../../core/attachment/attachment.js'
import { type Bytes, type Piece, readExactly } from './bytes.js'
import { orientationOf, tiffOf } from './orientation.js'

const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex')

/** The chunks that affect how the picture looks (W3C, Portable Network Graphics, third edition, 11.3). Others may hold personal data. */
const kept = new Set(
  'IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV cLLI bKGD hIST pHYs sPLT acTL fcTL fdAT'.split(' '),
)

/** A JPEG's EXIF segment cannot be larger. */
const MAX_EXIF = 64 * 1024

/**
 * The pieces of a PNG without text, time, EXIF and private chunks; a new eXIf chunk in the old one's place holds the
 * orientation. Everything after the IEND chunk is left out. Throws FileFault (`unclean`).
 */
export async function cleanPng(file: Bytes): Promise<Piece[]> {
  const pieces: Piece[] = [SIGNATURE]
  if (!(await readExactly(file, 0, 8)).equals(SIGNATURE)) throw refused('unclean')
  for (let at = 8; ; ) {
    const head = await readExactly(file, at, 8)
    const type = head.toString('latin1', 4)
    const [length, end] = [head.readUInt32BE(), at + head.readUInt32BE() + 12]
    if (end > file.size || (at === 8) !== (type === 'IHDR')) throw refused('unclean')
    if (type === 'eXIf') {
      const orientation = await orientationOf(await readExactly(file, at + 8, Math.min(length, MAX_EXIF)))
      if (orientation) pieces.push(chunk('eXIf', tiffOf(orientation)))
    }
    if (kept.has(type)) pieces.push({ from: at, to: end })
    if (type === 'IEND') return pieces
    at = end
  }
}

/** A chunk of a PNG: length, type, body and checksum. */
export function chunk(type: string, body: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), body])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(body.length)
  sum.writeUInt32BE(crc32(named))
  return Buffer.concat([length, named, sum])
}

/** PNG's checksum (annex D). `zlib.crc32` needs Node 20.15; package.json allows 20.12. */
function crc32(bytes: Buffer): number {
  let sum = ~0
  for (const byte of bytes) {
    sum ^= byte
    for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0)
  }
  return ~sum >>> 0
}
