import { refused } from '../../../core/attachment/attachment.js'
import { type Bytes, readExactly } from '../bytes.js'

/** A page's entries (TIFF 6.0, section 2) by tag. */
export type Directory = Map<number, Entry>

/** An entry. Its value is not read before it is needed: it may be as large as the file. */
export interface Entry {
  type: number
  count: number
  /** Where its value is. */
  at: number
  /** In bytes. */
  size: number
}

/** How numbers are written, and how wide offsets are: 8 bytes in a BigTIFF. */
export interface Format {
  isLittle: boolean
  isBig: boolean
}

/** Bytes of a value, by type: BYTE ASCII SHORT LONG RATIONAL SBYTE UNDEFINED SSHORT SLONG SRATIONAL FLOAT DOUBLE IFD, and 64-bit ones. */
const sizes: Record<number, number> = {
  ...{ 1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4, 16: 8, 17: 8, 18: 8 },
}
const MAX_PAGES = 20_000
/** Numbers of one entry: pages have at most a strip for each row. */
const MAX_NUMBERS = 2 ** 20

/** Tags that lead to directories of their own: SubIFDs, EXIF, GPS, interoperability. */
const pointers = new Set([330, 34665, 34853, 40965])

/**
 * All pages of a TIFF or BigTIFF, in order, and where directories and values begin: a strip of unknown size ends before.
 * Throws FileFault (`unclean`).
 */
export async function pagesOf(file: Bytes): Promise<{ format: Format; pages: Directory[]; taken: number[] }> {
  const head = await readExactly(file, 0, 8)
  const isLittle = head.toString('latin1', 0, 2) === 'II'
  const isBig = (isLittle ? head.readUInt16LE(2) : head.readUInt16BE(2)) === 43
  const format = { isLittle, isBig }
  const pages: Directory[] = []
  const seen = new Set<number>()
  for (let at = await offsetAt(file, isBig ? 8 : 4, format); at !== 0; ) {
    // A chain that leads nowhere, or back, ends with the pages before it.
    if (seen.has(at) || at >= file.size || pages.length >= MAX_PAGES) break
    seen.add(at)
    const found = await directoryAt(file, at, format)
    if (!found) break
    if (found.page.size > 0) pages.push(found.page)
    at = found.next
  }
  const taken = [...seen]
  for (const page of pages)
    for (const [tag, entry] of page) {
      taken.push(entry.at)
      if (pointers.has(tag) && entry.count <= 64) taken.push(...(await numbersOf(file, entry, format)))
    }
  return { format, pages, taken }
}

/** A directory, and where the next one is; undefined when it reaches beyond the file. */
async function directoryAt(
  file: Bytes,
  at: number,
  format: Format,
): Promise<{ page: Directory; next: number } | undefined> {
  const { isBig } = format
  const [head, step] = isBig ? [8, 20] : [2, 12]
  const start = await file.read(at, head)
  const count = start.length < head ? 0 : numberIn(start, 0, head, format)
  const page: Directory = new Map()
  if (count === 0 || count > 65535 || at + head + count * step > file.size) return undefined
  const table = await readExactly(file, at + head, count * step)
  for (let i = 0; i < count; i++) {
    const from = i * step
    const type = numberIn(table, from + 2, 2, format)
    const number = numberIn(table, from + 4, isBig ? 8 : 4, format)
    const size = (sizes[type] ?? 0) * number
    const value = from + (isBig ? 12 : 8)
    const isInside = size <= (isBig ? 8 : 4)
    const place = isInside ? at + head + value : numberIn(table, value, isBig ? 8 : 4, format)
    const tag = numberIn(table, from, 2, format)
    if (size > 0 && place + size <= file.size && !page.has(tag)) page.set(tag, { type, count: number, at: place, size })
  }
  const next = await file.read(at + head + count * step, isBig ? 8 : 4)
  return { page, next: next.length === (isBig ? 8 : 4) ? numberIn(next, 0, next.length, format) : 0 }
}

const offsetAt = async (file: Bytes, at: number, format: Format): Promise<number> => {
  const length = format.isBig ? 8 : 4
  return numberIn(await readExactly(file, at, length), 0, length, format)
}

function numberIn(bytes: Buffer, at: number, length: number, { isLittle }: Format): number {
  if (length === 8) return Number(isLittle ? bytes.readBigUInt64LE(at) : bytes.readBigUInt64BE(at))
  return isLittle ? bytes.readUIntLE(at, length) : bytes.readUIntBE(at, length)
}

/** The whole numbers of an entry; none when it is missing. Throws FileFault (`unclean`) for too many. */
export async function numbersOf(file: Bytes, entry: Entry | undefined, format: Format): Promise<number[]> {
  if (!entry) return []
  const length = sizes[entry.type] as number
  if (entry.count > MAX_NUMBERS || ![1, 3, 4, 6, 8, 9, 13, 16, 17, 18].includes(entry.type)) throw refused('unclean')
  const bytes = await readExactly(file, entry.at, entry.size)
  return Array.from({ length: entry.count }, (_, i) => numberIn(bytes, i * length, length, format))
}

/** Writes numbers of 2 or 4 bytes; samples of the picture keep the order of the source, and so must everything else. */
function writerOf({ isLittle }: Format) {
  return {
    short: (bytes: Buffer, n: number, at = 0) => (isLittle ? bytes.writeUInt16LE(n, at) : bytes.writeUInt16BE(n, at)),
    long: (bytes: Buffer, n: number, at = 0) => (isLittle ? bytes.writeUInt32LE(n, at) : bytes.writeUInt32BE(n, at)),
  }
}

/** The head of a TIFF whose first directory is at `first`. */
export function writeHead(first: number, format: Format): Buffer {
  const head = Buffer.from(format.isLittle ? 'II*\0\0\0\0\0' : 'MM\0*\0\0\0\0', 'latin1')
  writerOf(format).long(head, first, 4)
  return head
}

/** An entry to be written. */
export interface NewEntry {
  tag: number
  type: number
  /** In the order of the source. */
  value: Buffer
}

/** A directory at offset `at`: entries sorted by tag, then the values that do not fit into them. */
export function writeDirectory(entries: NewEntry[], at: number, isLast: boolean, format: Format): Buffer {
  const { short, long } = writerOf(format)
  const sorted = [...entries].sort((a, b) => a.tag - b.tag)
  const table = Buffer.alloc(2 + 12 * sorted.length + 4)
  const values: Buffer[] = []
  short(table, sorted.length)
  let free = at + table.length
  sorted.forEach(({ tag, type, value }, i) => {
    const entry = table.subarray(2 + 12 * i)
    short(entry, tag)
    short(entry, type, 2)
    long(entry, value.length / (sizes[type] as number), 4)
    if (value.length <= 4) value.copy(entry, 8)
    else {
      long(entry, free, 8)
      values.push(value, Buffer.alloc(value.length % 2))
      free += value.length + (value.length % 2)
    }
  })
  if (!isLast) long(table, free, table.length - 4)
  return Buffer.concat([table, ...values])
}

/** The value of an entry of LONG numbers. Throws FileFault (`unclean`) for one that is larger. */
export function longs(numbers: readonly number[], format: Format): { type: number; value: Buffer } {
  if (numbers.some((n) => n > 0xffffffff)) throw refused('unclean')
  const value = Buffer.alloc(numbers.length * 4)
  numbers.forEach((n, i) => {
    writerOf(format).long(value, n, i * 4)
  })
  return { type: 4, value }
}

/** The value of an entry of SHORT numbers. */
export function shorts(numbers: readonly number[], format: Format): { type: number; value: Buffer } {
  const value = Buffer.alloc(numbers.length * 2)
  numbers.forEach((n, i) => {
    writerOf(format).short(value, n, i * 2)
  })
  return { type: 3, value }
}
