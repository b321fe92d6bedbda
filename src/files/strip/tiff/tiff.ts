import { refused } from '../../../core/attachment/attachment.js'
import { type Bytes, buffered, inMemory, type Piece, rangeOf, readExactly, sizeOf } from '../bytes.js'
import { cleanIcc } from '../icc.js'
import { cleanJpeg, cleanJpegTables } from '../jpeg/jpeg.js'
import { checkPixels } from '../pixels.js'
import { cleanWebp } from '../webp.js'
import {
  type Directory,
  type Format,
  longs,
  type NewEntry,
  numbersOf,
  pagesOf,
  writeDirectory,
  writeHead,
} from './directory.js'
import { oldJpegPage } from './old-jpeg.js'

/** Tags that tell how the picture is read and shown (TIFF 6.0; Technical Note 2 on JPEG). */
const kept = new Set([
  ...[254, 255, 256, 257, 258, 259, 262, 263, 264, 265, 266, 274, 277, 278, 280, 281, 282, 283, 284, 286, 287],
  ...[290, 291, 292, 293, 296, 297, 301, 317, 318, 319, 320, 321, 322, 323, 326, 327, 328, 332, 334, 336, 338],
  ...[339, 340, 341, 529, 530, 531, 532],
])
const [SUBFILE, WIDTH, HEIGHT, BITS, COMPRESSION, PHOTOMETRIC, SAMPLES, ROWS, PLANAR] = [
  254, 256, 257, 258, 259, 262, 277, 278, 284,
]
const [STRIP_OFFSETS, STRIP_SIZES, TILE_OFFSETS, TILE_SIZES, JPEG_TABLES, ICC] = [273, 279, 324, 325, 347, 34675]
const [OLD_JPEG, JPEG, WEBP] = [6, 7, 50001]
const YCBCR = 6
const UNDEFINED = 7
/** Codings without segments of their own: none, CCITT, LZW, deflate, PackBits, SGI's, LZMA, Zstandard. */
const coded = [1, 2, 3, 4, 5, 8, 32771, 32773, 32809, 32946, 34676, 34677, 34925, 50000]
/** No value of the kept tags is larger: colours have 3 × 65 536 short numbers. */
const MAX_VALUE = 512 * 1024
const MAX_PROFILE = 8 * 1024 * 1024

/**
 * The pieces of a TIFF that is rebuilt from a list of tags: pages with their strips or tiles. EXIF data, position, texts,
 * thumbnails and all other data that its tags point to are left out; a JPEG inside is cleaned, and written as today's JPEG where it
 * is in the coding of TIFF 6.0. Throws FileFault (`unclean`, `too_many_pixels`).
 */
export async function cleanTiff(unbuffered: Bytes): Promise<Piece[]> {
  const file = buffered(unbuffered)
  const { format, pages, taken } = await pagesOf(file)
  const whole = await withoutThumbnails(file, format, pages)
  if (whole.length === 0) throw refused('unclean')
  const out = new Output(file)
  const written: NewEntry[][] = []
  for (const page of whole) {
    const entries = await pageOf(file, page, format, out, taken)
    if (entries) written.push(entries)
  }
  if (written.length === 0) throw refused('unclean')
  const pieces: Piece[] = [writeHead(out.end, format), ...out.pieces]
  for (const [i, entries] of written.entries()) {
    const directory = writeDirectory(entries, out.end, i === written.length - 1, format)
    out.end += directory.length
    pieces.push(directory)
  }
  return pieces
}

/** The data of all pages: where a range of the source comes to lie. */
class Output {
  pieces: Piece[] = []
  end = 8
  private places = new Map<string, { at: number; size: number }>()
  constructor(private readonly file: Bytes) {}

  /** Adds a range once; strips may share one. Throws FileFault (`unclean`) when more is kept than the file has. */
  async add(from: number, to: number, cleaned?: () => Promise<Piece[]>): Promise<{ at: number; size: number }> {
    const key = `${from}-${to}`
    const before = this.places.get(key)
    if (before) return before
    const pieces = cleaned ? await cleaned() : [{ from, to }]
    const size = pieces.reduce((sum, p) => sum + sizeOf(p), 0)
    const place = { at: this.end, size }
    this.places.set(key, place)
    this.pieces.push(...pieces, ...(size % 2 ? [Buffer.alloc(1)] : []))
    this.end += size + (size % 2)
    if (this.end > 2 * this.file.size + 65536) throw refused('unclean')
    return place
  }
}

/** The pages without reduced pictures, unless there are no others. */
async function withoutThumbnails(file: Bytes, format: Format, pages: Directory[]): Promise<Directory[]> {
  const found: Directory[] = []
  for (const page of pages)
    if ((((await numbersOf(file, page.get(SUBFILE), format))[0] ?? 0) & 1) === 0) found.push(page)
  return found.length > 0 ? found : pages
}

/** A page's entries; undefined for a page that is no picture, or of a coding that no program knows: its tags are damaged. */
async function pageOf(
  file: Bytes,
  page: Directory,
  format: Format,
  out: Output,
  taken: readonly number[],
): Promise<NewEntry[] | undefined> {
  const numbers = (tag: number) => numbersOf(file, page.get(tag), format)
  const number = async (tag: number, otherwise: number) => (await numbers(tag))[0] ?? otherwise
  const [width, height, compression] = [await number(WIDTH, 0), await number(HEIGHT, 0), await number(COMPRESSION, 1)]
  checkPixels(width, height)
  const isTiled = page.has(TILE_OFFSETS)
  const [offsets, sizes] = [
    await numbers(isTiled ? TILE_OFFSETS : STRIP_OFFSETS),
    await numbers(isTiled ? TILE_SIZES : STRIP_SIZES),
  ]
  if (width === 0 || height === 0 || offsets.length === 0) return undefined
  if (compression === OLD_JPEG) {
    const old = await oldJpegPage({ file, page, format, width, height, offsets, sizes })
    const { at, size } = await out.add(old.from, old.to, () => old.pieces)
    return old.entries(await keptEntries(file, page, format), at, size)
  }
  const perStrip = compression === 1 && !isTiled ? await stripSize(number, numbers, width, height) : undefined
  const tables = page.get(JPEG_TABLES)
  const tableBytes =
    tables && compression === JPEG && tables.size <= 65536 ? await readExactly(file, tables.at, tables.size) : undefined
  const inner = compression === JPEG || compression === WEBP
  if (!inner && !coded.includes(compression)) return undefined
  const places: { at: number; size: number }[] = []
  for (const [i, offset] of offsets.entries()) {
    const listed = sizes[i] ?? perStrip ?? nextOf(taken, offset) - offset
    const size = Math.min(listed, perStrip ?? Number.POSITIVE_INFINITY, file.size - offset)
    // Strips that are missing, or lie beyond the file, stay empty: readers show them blank.
    if (size <= 0) places.push({ at: 0, size: 0 })
    else
      places.push(
        await out.add(
          offset,
          offset + size,
          inner ? () => cleanStrip(compression, rangeOf(file, offset, offset + size), tableBytes) : undefined,
        ),
      )
  }
  const entries = await keptEntries(file, page, format)
  if (tableBytes)
    entries.push({
      tag: JPEG_TABLES,
      type: UNDEFINED,
      value: await joined(await cleanJpegTables(inMemory(tableBytes)), inMemory(tableBytes)),
    })
  entries.push({
    tag: isTiled ? TILE_OFFSETS : STRIP_OFFSETS,
    ...longs(
      places.map((p) => p.at),
      format,
    ),
  })
  entries.push({
    tag: isTiled ? TILE_SIZES : STRIP_SIZES,
    ...longs(
      places.map((p) => p.size),
      format,
    ),
  })
  return entries
}

async function keptEntries(file: Bytes, page: Directory, format: Format) {
  const entries: NewEntry[] = []
  for (const [tag, entry] of page) {
    if (tag === ICC && entry.size <= MAX_PROFILE) {
      const profile = cleanIcc(await readExactly(file, entry.at, entry.size))
      if (profile) entries.push({ tag, type: UNDEFINED, value: profile })
    }
    if (!kept.has(tag) || entry.size > MAX_VALUE || entry.type === 2) continue
    // A classic TIFF has no 64-bit numbers.
    if (entry.type >= 16) {
      const numbers = await numbersOf(file, entry, format)
      if (numbers.every((n) => n <= 0xffffffff)) entries.push({ tag, ...longs(numbers, format) })
    } else entries.push({ tag, type: entry.type, value: await readExactly(file, entry.at, entry.size) })
  }
  return entries
}

/** Where the next part of the file begins: a strip whose size is not told ends there. */
const nextOf = (taken: readonly number[], at: number): number =>
  taken.reduce((next, n) => (n > at && n < next ? n : next), Number.POSITIVE_INFINITY)

/** Cleans a strip or tile that is a JPEG, whose tables may stand elsewhere, or a WebP. */
async function cleanStrip(compression: number, strip: Bytes, tables: Buffer | undefined): Promise<Piece[]> {
  const pieces = compression === JPEG ? await cleanJpeg(strip, tables && inMemory(tables)) : await cleanWebp(strip)
  return pieces.map((p) => ('from' in p ? { ...p, of: strip } : p))
}

async function joined(pieces: Piece[], file: Bytes): Promise<Buffer> {
  const parts: Buffer[] = []
  for (const p of pieces)
    parts.push(
      Buffer.isBuffer(p)
        ? p
        : 'from' in p
          ? await readExactly(file, p.from, p.to - p.from)
          : Buffer.alloc(p.length, p.fill),
    )
  return Buffer.concat(parts)
}

/** Bytes of an uncompressed strip; undefined where subsampling makes it another size. */
async function stripSize(
  number: (tag: number, otherwise: number) => Promise<number>,
  numbers: (tag: number) => Promise<number[]>,
  width: number,
  height: number,
): Promise<number | undefined> {
  if ((await number(PHOTOMETRIC, 0)) === YCBCR) return undefined
  const [samples, bits] = [await number(SAMPLES, 1), await numbers(BITS)]
  const perPixel = (await number(PLANAR, 1)) === 2 ? Math.max(1, ...bits) : samples * Math.max(1, ...bits)
  const rows = Math.min(await number(ROWS, height), height)
  return Math.ceil((width * perPixel) / 8) * rows
}
