import { refused } from '../../../core/attachment/attachment.js'
import { type Bytes, buffered, inMemory, type Piece, rangeOf, readExactly } from '../bytes.js'
import { type Frame, frameOf } from '../jpeg/frame.js'
import { cleanJpeg, segment } from '../jpeg/jpeg.js'
import { type Directory, type Format, longs, type NewEntry, numbersOf, shorts } from './directory.js'

const [BITS, COMPRESSION, PHOTOMETRIC, SAMPLES, ROWS, PLANAR] = [258, 259, 262, 277, 278, 284]
const [STRIP_OFFSETS, STRIP_SIZES, TILE_WIDTH, TILE_HEIGHT, TILE_OFFSETS, TILE_SIZES] = [273, 279, 322, 323, 324, 325]
const [INTERCHANGE, INTERCHANGE_SIZE, RESTARTS, SUBSAMPLING] = [513, 514, 515, 530]
const [QUANTIZATIONS, DC_TABLES, AC_TABLES] = [519, 520, 521]
const [JPEG, YCBCR] = [7, 6]
/** The tags about coding and layout, which are replaced. */
const replaced = new Set([BITS, COMPRESSION, PHOTOMETRIC, SAMPLES, ROWS, PLANAR, SUBSAMPLING, TILE_WIDTH, TILE_HEIGHT])

interface OldPage {
  file: Bytes
  page: Directory
  format: Format
  width: number
  height: number
  offsets: number[]
  sizes: number[]
}

/**
 * A page in the JPEG coding of TIFF 6.0 (section 22), as one JPEG in the coding that replaced it (Technical Note 2): the stream
 * that its tags lead to, and the strips after it, as far as its picture goes, cleaned. Its coded data stay. `from` and `to`
 * tell the pages apart. Throws FileFault (`unclean`).
 */
export async function oldJpegPage(old: OldPage): Promise<{
  from: number
  to: number
  pieces: Promise<Piece[]>
  entries: (kept: NewEntry[], at: number, size: number) => NewEntry[]
}> {
  const stream = await streamOf(old)
  const frame = await frameIn(stream)
  if (!frame) throw refused('unclean')
  const [first] = old.offsets
  return {
    from: first as number,
    to: (first as number) + 1,
    pieces: cleanJpeg(stream).then((pieces) => pieces.map((p) => ('from' in p ? { ...p, of: stream } : p))),
    entries: (kept, at, size) => [
      ...kept.filter((e) => !replaced.has(e.tag) && e.tag !== STRIP_OFFSETS && e.tag !== STRIP_SIZES),
      ...described(frame, old, kept),
      ...layout(frame, old, at, size),
    ],
  }
}

/**
 * The stream that a decoder reads: the interchange format, or a head made of the tables, and after it the strips. Where
 * restarts are counted, their marks stand between these.
 */
async function streamOf(old: OldPage): Promise<Bytes> {
  const { file, page, format, offsets, sizes } = old
  const [start] = await numbersOf(file, page.get(INTERCHANGE), format)
  const [length] = await numbersOf(file, page.get(INTERCHANGE_SIZE), format)
  const parts: Bytes[] = []
  const add = (at: number, size: number) => {
    const end = Math.min(file.size, at + size)
    if (end > at) parts.push(rangeOf(file, at, end))
  }
  if (start) add(start, length || file.size)
  else if (page.has(QUANTIZATIONS)) parts.push(inMemory(await headOf(old)))
  const [head] = parts
  const interval = head && (await intervalOf(old, head))
  if (head && interval)
    parts.splice(0, 1, inMemory(Buffer.concat([SOI, restart(interval)])), rangeOf(head, 2, head.size))
  offsets.forEach((at, i) => {
    if (i > 0 && interval) parts.push(inMemory(Buffer.from([0xff, 0xd0 + ((i - 1) % 8)])))
    add(at, sizes[i] ?? (offsets.length === 1 ? file.size : 0))
  })
  return buffered(oneAfterAnother(parts))
}

/** Each of several strips starts like after a restart marker; the stream's own restart interval follows this one. */
async function intervalOf({ file, page, format, width, offsets }: OldPage, head: Bytes): Promise<number> {
  const [interval = 0] = await numbersOf(file, page.get(RESTARTS), format)
  const [rows] = await numbersOf(file, page.get(ROWS), format)
  const frame = await frameIn(head)
  if (offsets.length < 2 || !frame || !rows) return interval
  return Math.ceil(width / (8 * frame.h)) * Math.floor(rows / (8 * frame.v))
}

const SOI = Buffer.from([0xff, 0xd8])
const restart = (interval: number): Buffer => segment(0xdd, Buffer.from([(interval >> 8) & 255, interval & 255]))

/** The head of a stream whose tables are in tags of their own: a list of offsets each, one for each component. */
async function headOf({ file, page, format, width, height }: OldPage): Promise<Buffer> {
  const numbers = (tag: number) => numbersOf(file, page.get(tag), format)
  const segments: Buffer[] = [SOI]
  const tables = await numbers(QUANTIZATIONS)
  for (const [i, at] of tables.entries())
    segments.push(segment(0xdb, Buffer.concat([Buffer.from([i]), await readExactly(file, at, 64)])))
  for (const [kind, tag] of [DC_TABLES, AC_TABLES].entries())
    for (const [i, at] of (await numbers(tag)).entries()) {
      const counts = await readExactly(file, at, 16)
      const values = await readExactly(
        file,
        at + 16,
        counts.reduce((sum, n) => sum + n, 0),
      )
      segments.push(segment(0xc4, Buffer.concat([Buffer.from([kind * 16 + i]), counts, values])))
    }
  const size = Buffer.from([8, 0, 0, 0, 0, tables.length])
  size.writeUInt16BE(((await numbers(TILE_HEIGHT))[0] ?? height) & 0xffff, 1)
  size.writeUInt16BE(((await numbers(TILE_WIDTH))[0] ?? width) & 0xffff, 3)
  const [h, v] = tables.length === 1 ? [1, 1] : [...(await numbers(SUBSAMPLING)), 2, 2]
  const sampling = (i: number) => (i === 0 ? ((h as number) << 4) | (v as number) : 0x11)
  segments.push(segment(0xc0, Buffer.concat([size, ...tables.map((_, i) => Buffer.from([i, sampling(i), i]))])))
  const scan = tables.map((_, i) => Buffer.from([i, i * 0x11]))
  segments.push(segment(0xda, Buffer.concat([Buffer.from([tables.length]), ...scan, Buffer.from([0, 63, 0])])))
  return Buffer.concat(segments)
}

function oneAfterAnother(parts: readonly Bytes[]): Bytes {
  const ends: number[] = []
  for (const part of parts) ends.push((ends.at(-1) ?? 0) + part.size)
  return {
    size: ends.at(-1) ?? 0,
    async read(at, length) {
      const found: Buffer[] = []
      let [from, left] = [at, length]
      for (let i = ends.findIndex((end) => end > at); i >= 0 && i < parts.length && left > 0; i++) {
        const part = parts[i] as Bytes
        const bytes = await part.read(from - ((ends[i] as number) - part.size), left)
        found.push(bytes)
        from += bytes.length
        left -= bytes.length
      }
      return Buffer.concat(found)
    },
  }
}

/** The frame header of a stream; undefined when there is none before its data. */
async function frameIn(stream: Bytes): Promise<Frame | undefined> {
  for (let at = 2; ; ) {
    const head = await stream.read(at, 4)
    if (head.length < 4 || head[0] !== 0xff) return undefined
    const [marker, length] = [head[1] as number, head.readUInt16BE(2)]
    if (marker === 0xff) at++
    else if (marker >= 0xc0 && marker <= 0xc2) return frameOf(marker, await readExactly(stream, at + 4, length - 2))
    else if (marker === 0xda || length < 2) return undefined
    else at += 2 + length
  }
}

/** Samples and colours, from the frame: the tags of these pages are often wrong, and readers do not believe them. */
function described({ components, h, v }: Frame, { format }: OldPage, kept: NewEntry[]): NewEntry[] {
  const count = components.length
  const entry = (tag: number, ...numbers: number[]) => ({ tag, ...shorts(numbers, format) })
  const photometric = count === 3 ? [entry(PHOTOMETRIC, YCBCR), entry(SUBSAMPLING, h, v)] : []
  return [
    entry(COMPRESSION, JPEG),
    entry(SAMPLES, count),
    entry(BITS, ...components.map(() => 8)),
    entry(PLANAR, 1),
    ...(photometric.length > 0 ? photometric : kept.filter((e) => e.tag === PHOTOMETRIC)),
  ]
}

/** One strip where the frame has the page's size; otherwise one tile, whose margin is not shown. */
function layout(frame: Frame, { width, height, format }: OldPage, at: number, size: number): NewEntry[] {
  const entry = (tag: number, n: number) => ({ tag, ...longs([n], format) })
  const tall = frame.height || height
  if (frame.width === width && tall === height)
    return [entry(ROWS, height), entry(STRIP_OFFSETS, at), entry(STRIP_SIZES, size)]
  const up = (n: number) => Math.ceil(n / 16) * 16
  return [
    entry(TILE_WIDTH, up(Math.max(frame.width, width))),
    entry(TILE_HEIGHT, up(Math.max(tall, height))),
    entry(TILE_OFFSETS, at),
    entry(TILE_SIZES, size),
  ]
}
