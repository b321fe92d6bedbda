import { refused } from '../../../core/attachment/attachment.js'
import { type Bytes, buffered, type Piece, readExactly } from '../bytes.js'
import { cleanIccChunks } from '../icc.js'
import { orientationOf, tiffOf } from '../orientation.js'
import { checkPixels } from '../pixels.js'
import { huffmanTable } from './bits.js'
import { type Decoder, frameOf, scanOf } from './frame.js'
import { endOfScan, newBudget, nextMarker } from './scan.js'

/** ITU-T T.81, table B.1. */
const [SOI, EOI, SOS, DQT, DHT, DAC, DRI, DNL] = [0xd8, 0xd9, 0xda, 0xdb, 0xc4, 0xcc, 0xdd, 0xdc]
const [APP0, APP1, APP2, APP14] = [0xe0, 0xe1, 0xe2, 0xee]
const EXIF = 'Exif\0\0'
/** Segments without length: TEM, restart markers; and codes that are no marker. */
const isStray = (marker: number) => marker < 0xc0 || (marker >= 0xd0 && marker <= 0xd7)
const isFrame = (marker: number) => marker >= 0xc0 && marker <= 0xcf && ![DHT, 0xc8, DAC].includes(marker)

/** A JPEG taken apart: what its picture needs and nothing else. */
interface Parts {
  orientation: number | undefined
  /** Rewritten segments: JFIF without its thumbnail, Adobe's colour transform. */
  heads: Buffer[]
  /** The bodies of the colour profile's segments. */
  icc: Buffer[]
  /** Tables, frame, scans: ranges of the file, in order. */
  picture: { from: number; to: number }[]
}

/**
 * The pieces of a JPEG without metadata. Kept are the tables, the frame, the scans to the last bit of their data, JFIF
 * (without thumbnail), the colour profile and Adobe's colour transform; a new EXIF segment holds the orientation. Stray
 * bytes between segments are left out, and everything after the picture, with or without an end mark: phones append a second
 * picture or a film there, each with its own position. `tables`: a JPEG whose tables hold for this one (TIFF's JPEGTables).
 * Throws FileFault (`unclean`, `too_many_pixels`).
 */
export async function cleanJpeg(file: Bytes, tables?: Bytes): Promise<Piece[]> {
  const { orientation, heads, icc, picture } = await partsOf(file, tables)
  const exif = orientation ? [segment(APP1, Buffer.concat([Buffer.from(EXIF), tiffOf(orientation)]))] : []
  const profile = cleanIccChunks(icc).map((body) => segment(APP2, body))
  const [jfif, adobe] = [heads.filter((h) => h[1] === APP0), heads.filter((h) => h[1] === APP14)]
  return [Buffer.from([0xff, SOI]), ...jfif, ...exif, ...adobe, ...profile, ...picture, Buffer.from([0xff, EOI])]
}

/**
 * The ranges of a JPEG that its picture needs, for cleaning it where it lies (an item of a HEIF file, a frame of a film): all
 * else may be overwritten by 0xFF, which may stand before any marker.
 */
export async function jpegRanges(file: Bytes): Promise<{ from: number; to: number }[]> {
  const { picture } = await partsOf(file)
  const last = picture.at(-1)?.to ?? 0
  const end = await nextMarker(file, last)
  const mark = end?.marker === EOI ? [{ from: end.start, to: end.next }] : []
  return [{ from: 0, to: 2 }, ...picture, ...mark]
}

/** Tables alone, such as TIFF's JPEGTables: cleaned like a JPEG. */
export async function cleanJpegTables(file: Bytes): Promise<Piece[]> {
  const { picture } = await partsOf(file, undefined, true)
  return [Buffer.from([0xff, SOI]), ...picture, Buffer.from([0xff, EOI])]
}

async function partsOf(unbuffered: Bytes, tables?: Bytes, tablesOnly = false): Promise<Parts> {
  const file = buffered(unbuffered)
  const parts: Parts = { orientation: undefined, heads: [], icc: [], picture: [] }
  const decoder: Decoder = { frame: undefined, restartInterval: 0, tables: new Map() }
  if (tables) await readTables(tables, decoder)
  if ((await readExactly(file, 0, 2)).readUInt16BE() !== 0xff00 + SOI) throw refused('unclean')
  const budget = newBudget()
  let hasScan = false
  for (let at = 2; ; ) {
    const found = await nextMarker(file, at)
    const isDone = hasScan && isComplete(decoder, found?.start === at)
    if (!found || found.marker === EOI || isDone) break
    if (isStray(found.marker)) {
      at = found.next
      continue
    }
    const body = await bodyOf(file, found.next)
    const isRead = body && read(found.marker, body, decoder, parts, hasScan)
    if (!isRead) {
      if (hasScan) break
      throw refused('unclean')
    }
    at = found.next + 2 + body.length
    if (isRead === 'kept') parts.picture.push({ from: found.start, to: at })
    if (found.marker === APP1 && body.toString('latin1', 0, 6) === EXIF)
      parts.orientation ??= await orientationOf(body.subarray(6))
    if (found.marker !== SOS || !decoder.frame) continue
    const scan = scanOf(body, decoder.frame)
    const end = scan && (await endOfScan(file, at, scan, decoder, budget))
    if (end === undefined) continue
    parts.picture.push({ from: at, to: end })
    for (const { component } of scan?.components ?? []) component.seen = true
    hasScan = true
    at = end
  }
  if (!hasScan && !tablesOnly) throw refused('unclean')
  return parts
}

/**
 * Whether the picture is complete after a scan: a sequential one when each component was seen. A progressive one may be
 * refined by scans to come, and ends where no marker follows directly.
 */
function isComplete({ frame }: Decoder, isNext: boolean): boolean {
  return !isNext && frame?.coding === 'huffman' && frame.components.every((c) => c.seen)
}

/** A segment's body; undefined when it reaches beyond the file. */
async function bodyOf(file: Bytes, at: number): Promise<Buffer | undefined> {
  const head = await file.read(at, 2)
  if (head.length < 2 || head.readUInt16BE() < 2) return undefined
  const body = await file.read(at + 2, head.readUInt16BE() - 2)
  return body.length === head.readUInt16BE() - 2 ? body : undefined
}

/** Reads a segment: `kept` as it is, or left out; undefined when it makes no sense. */
function read(
  marker: number,
  body: Buffer,
  decoder: Decoder,
  parts: Parts,
  hasScan: boolean,
): 'kept' | 'dropped' | undefined {
  if (marker === SOI) return undefined
  if (isFrame(marker)) {
    if (decoder.frame) return undefined
    decoder.frame = frameOf(marker, body)
    if (decoder.frame) checkPixels(decoder.frame.width, decoder.frame.height)
    return decoder.frame && 'kept'
  }
  if (marker === SOS) return decoder.frame && scanOf(body, decoder.frame) && 'kept'
  if (marker === DHT) return readHuffman(body, decoder) ? 'kept' : undefined
  if (marker === DQT) return isQuantization(body) ? 'kept' : undefined
  if (marker === DRI || marker === DNL) {
    if (body.length !== 2) return undefined
    if (marker === DRI) decoder.restartInterval = body.readUInt16BE()
    return 'kept'
  }
  if (marker === DAC) return body.length <= 64 ? 'kept' : undefined
  if (!hasScan) readApplication(marker, body, parts)
  return 'dropped'
}

function readApplication(marker: number, body: Buffer, { heads, icc }: Parts): void {
  const head = body.toString('latin1', 0, 12)
  const isFirst = !heads.some((h) => h[1] === marker)
  if (marker === APP0 && head.startsWith('JFIF\0') && body.length >= 14 && isFirst)
    heads.push(segment(APP0, Buffer.concat([body.subarray(0, 12), Buffer.alloc(2)])))
  if (marker === APP14 && head.startsWith('Adobe') && body.length >= 12 && isFirst)
    heads.push(segment(APP14, Buffer.from(body.subarray(0, 12))))
  if (marker === APP2 && head === 'ICC_PROFILE\0') icc.push(body)
}

function readHuffman(body: Buffer, { tables }: Decoder): boolean {
  for (let at = 0; at < body.length; ) {
    const counts = body.subarray(at + 1, at + 17)
    const values = body.subarray(at + 17, at + 17 + counts.reduce((sum, n) => sum + n, 0))
    const id = body[at] as number
    at += 17 + counts.reduce((sum, n) => sum + n, 0)
    if (counts.length < 16 || at > body.length || id > 0x1f || (id & 15) > 3) return false
    const table = huffmanTable(counts, values)
    if (table) tables.set(id, table)
    else tables.delete(id)
  }
  return true
}

function isQuantization(body: Buffer): boolean {
  let at = 0
  while (at < body.length) at += 1 + ((body[at] as number) >> 4 === 0 ? 64 : 128)
  return at === body.length
}

async function readTables(file: Bytes, decoder: Decoder): Promise<void> {
  const parts: Parts = { orientation: undefined, heads: [], icc: [], picture: [] }
  for (let at = 2; ; ) {
    const found = await nextMarker(file, at)
    const body = found && found.marker !== EOI && !isStray(found.marker) && (await bodyOf(file, found.next))
    if (!body) return
    read(found.marker, body, decoder, parts, false)
    at = found.next + 2 + body.length
  }
}

/** A segment of a JPEG: marker, length and body (at most 65 533 bytes). */
export function segment(marker: number, body: Buffer): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0])
  head.writeUInt16BE(body.length + 2, 2)
  return Buffer.concat([head, body])
}
