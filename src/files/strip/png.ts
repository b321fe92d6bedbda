import { promisify } from 'node:util'
import { deflate, inflate } from 'node:zlib'
import { refused } from '../../core/attachment/attachment.js'
import { type Bytes, buffered, type Piece, readExactly } from './bytes.js'
import { cleanIcc } from './icc.js'
import { orientationOf, tiffOf } from './orientation.js'
import { checkPixels } from './pixels.js'

const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex')

/** The chunks that affect how the picture looks (W3C, Portable Network Graphics, third edition, 11.3), and their largest size. */
const kept: Record<string, number> = {
  ...{
    IHDR: 13,
    PLTE: 768,
    tRNS: 256,
    cHRM: 32,
    gAMA: 4,
    sBIT: 4,
    sRGB: 1,
    cICP: 4,
    mDCV: 24,
    cLLI: 8,
    bKGD: 6,
    pHYs: 9,
  },
  ...{ IDAT: Number.POSITIVE_INFINITY, fdAT: Number.POSITIVE_INFINITY, acTL: 8, fcTL: 26 },
}

/** A JPEG's EXIF segment cannot be larger. */
const MAX_EXIF = 64 * 1024
const MAX_PROFILE = 8 * 1024 * 1024

/**
 * The pieces of a PNG without text, time, EXIF and private chunks; a new eXIf chunk in the old one's place holds the
 * orientation, the colour profile is cleaned. Everything after the IEND chunk is left out. A picture that is cut off within
 * its data is kept as far as it goes. Throws FileFault (`unclean`, `too_many_pixels`).
 */
export async function cleanPng(unbuffered: Bytes): Promise<Piece[]> {
  const file = buffered(unbuffered)
  const pieces: Piece[] = [SIGNATURE]
  if (!(await readExactly(file, 0, 8)).equals(SIGNATURE)) throw refused('unclean')
  let hasPicture = false
  for (let at = 8; ; ) {
    const head = await file.read(at, 8)
    if (head.length < 8) break
    const type = head.toString('latin1', 4)
    const [length, end] = [head.readUInt32BE(), at + head.readUInt32BE() + 12]
    if (at === 8 && type !== 'IHDR') throw refused('unclean')
    if (end > file.size) {
      const to = Math.min(file.size, at + 8 + length)
      if (kept[type] === Number.POSITIVE_INFINITY && to > at + 8) {
        hasPicture = true
        pieces.push(...(await chunkOf(file, type, at + 8, to)))
      }
      break
    }
    if (at === 8) {
      const size = await readExactly(file, at + 8, 8)
      checkPixels(size.readUInt32BE(), size.readUInt32BE(4))
    }
    if (type === 'eXIf') {
      const orientation = await orientationOf(await readExactly(file, at + 8, Math.min(length, MAX_EXIF)))
      if (orientation) pieces.push(chunk('eXIf', tiffOf(orientation)))
    }
    if (type === 'iCCP' && length <= MAX_PROFILE)
      pieces.push(...(await cleanProfile(await readExactly(file, at + 8, length))))
    const limit = kept[type]
    // A chunk that is not listed is left out, also one whose damaged name claims to be needed (5.4): viewers pass over it.
    if (limit !== undefined && length <= limit && (type !== 'IHDR' || at === 8)) pieces.push({ from: at, to: end })
    else if (limit !== undefined && type === 'PLTE') pieces.push(...(await chunkOf(file, type, at + 8, at + 8 + limit)))
    hasPicture ||= type === 'IDAT'
    if (type === 'IEND') break
    at = end
  }
  if (!hasPicture) throw refused('unclean')
  return [...pieces, chunk('IEND', Buffer.alloc(0))]
}

/** A new iCCP chunk: the profile's name is a text of its own, and the profile is cleaned. None when it cannot be read. */
async function cleanProfile(body: Buffer): Promise<Buffer[]> {
  const name = body.indexOf(0)
  if (name < 1 || name > 79) return []
  try {
    const profile = cleanIcc(await promisify(inflateAtMost)(body.subarray(name + 2)))
    if (!profile) return []
    const packed = await promisify<Buffer, Buffer>(deflate)(profile)
    return [chunk('iCCP', Buffer.concat([Buffer.from('ICC\0\0'), packed]))]
  } catch {
    return []
  }
}

const inflateAtMost = (bytes: Buffer, done: (error: Error | null, found: Buffer) => void) =>
  inflate(bytes, { maxOutputLength: MAX_PROFILE }, done)

/** A chunk around a range of the file, with a new length and checksum. */
async function chunkOf(file: Bytes, type: string, from: number, to: number): Promise<Piece[]> {
  const [head, sum] = [Buffer.alloc(8), Buffer.alloc(4)]
  head.writeUInt32BE(to - from)
  head.write(type, 4, 'latin1')
  let state = crc32(head.subarray(4))
  for (let at = from; at < to; at += 65536) state = crc32(await readExactly(file, at, Math.min(65536, to - at)), state)
  sum.writeUInt32BE(state)
  return [head, { from, to }, sum]
}

/** A chunk of a PNG: length, type, body and checksum. */
export function chunk(type: string, body: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), body])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(body.length)
  sum.writeUInt32BE(crc32(named))
  return Buffer.concat([length, named, sum])
}

const table = new Int32Array(256).map((_, byte) => {
  let sum = byte
  for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0)
  return sum
})

/** The checksum of PNG (annex D) and zip; `before` continues one. `zlib.crc32` needs Node 20.15; package.json allows 20.12. */
export function crc32(bytes: Buffer, before = 0): number {
  let sum = ~before
  for (const byte of bytes) sum = (sum >>> 8) ^ (table[(sum ^ byte) & 255] as number)
  return ~sum >>> 0
}
