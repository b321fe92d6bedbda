import { pipeline, Readable } from 'node:stream'
import { createInflateRaw } from 'node:zlib'
import { assemble, type Bytes, type Piece, readExactly, sizeOf } from '../strip/bytes.js'

/** Signatures and sizes of a zip's records (APPNOTE.TXT 4.3). */
const [LOCAL, CENTRAL, END] = [0x04034b50, 0x02014b50, 0x06054b50]
const [LOCAL_SIZE, CENTRAL_SIZE, END_SIZE] = [30, 46, 22]
const MAX_COMMENT = 65535
/** In bytes; that of an Office file has some hundred entries. */
const MAX_DIRECTORY = 16 * 1024 * 1024
const [STORED, DEFLATED] = [0, 8]
const UNKNOWN_32 = 0xffffffff
const [ENCRYPTED, HAS_DESCRIPTOR] = [1, 8]

/** The central directory of a zip. */
export interface Zip {
  entries: Entry[]
  /** Where the central directory begins, and what it holds. */
  at: number
  directory: Buffer
  /** Where the record after it begins. */
  end: number
  /** What offsets are to be increased by: bytes before the zip. */
  shift: number
}

/** A file in a zip. Sizes are those that the directory claims. */
export interface Entry {
  name: string
  method: number
  isEncrypted: boolean
  packed: number
  size: number
  /** Where its local header is. */
  at: number
  /** Where its record is in the directory. */
  record: number
}

/** Reads a zip's directory; undefined when there is none, or one of more than 4 GB (zip64). */
export async function readZip(file: Bytes): Promise<Zip | undefined> {
  const from = Math.max(0, file.size - END_SIZE - MAX_COMMENT)
  const tail = await file.read(from, file.size - from)
  for (let i = tail.length - END_SIZE; i >= 0; i--) {
    if (tail.readUInt32LE(i) !== END) continue
    const [size, offset] = [tail.readUInt32LE(i + 12), tail.readUInt32LE(i + 16)]
    const at = from + i - size
    const directory = size <= MAX_DIRECTORY && at >= offset ? await file.read(at, size) : undefined
    const entries = directory && entriesOf(directory, at - offset)
    if (entries && directory) return { entries, at, directory, end: from + i, shift: at - offset }
  }
  return undefined
}

function entriesOf(directory: Buffer, shift: number): Entry[] | undefined {
  const entries: Entry[] = []
  for (let at = 0; at + CENTRAL_SIZE <= directory.length; ) {
    if (directory.readUInt32LE(at) !== CENTRAL) return undefined
    const [flags, method] = [directory.readUInt16LE(at + 8), directory.readUInt16LE(at + 10)]
    const [packed, size, offset] = [
      directory.readUInt32LE(at + 20),
      directory.readUInt32LE(at + 24),
      directory.readUInt32LE(at + 42),
    ]
    if ([packed, size, offset].includes(UNKNOWN_32)) return undefined
    const length = directory.readUInt16LE(at + 28)
    const name = directory.toString('utf8', at + CENTRAL_SIZE, at + CENTRAL_SIZE + length).replaceAll('\\', '/')
    entries.push({ name, method, isEncrypted: (flags & ENCRYPTED) !== 0, packed, size, at: offset + shift, record: at })
    at += CENTRAL_SIZE + length + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32)
  }
  return entries
}

/** Where an entry's packed bytes are; undefined when its local header is missing. */
export async function dataOf(file: Bytes, entry: Entry): Promise<{ from: number; to: number } | undefined> {
  const head = await file.read(entry.at, LOCAL_SIZE)
  if (head.length < LOCAL_SIZE || head.readUInt32LE() !== LOCAL) return undefined
  const from = entry.at + LOCAL_SIZE + head.readUInt16LE(26) + head.readUInt16LE(28)
  return { from, to: Math.min(from + entry.packed, file.size) }
}

/**
 * An entry's unpacked bytes, however many there are; they end where its data are damaged. Nothing for a method that Office
 * does not know.
 */
export async function* unpack(file: Bytes, entry: Entry): AsyncGenerator<Buffer> {
  const data = await dataOf(file, entry)
  if (!data) return
  if (entry.method === STORED) yield* assemble(file, [data])
  if (entry.method !== DEFLATED) return
  const inflate = createInflateRaw()
  pipeline(Readable.from(assemble(file, [data]), { objectMode: false }), inflate, () => {})
  try {
    yield* inflate
  } catch (error) {
    if (!String((error as NodeJS.ErrnoException).code).startsWith('Z_')) throw error
  } finally {
    inflate.destroy()
  }
}

/** New content of an entry: stored, not packed. */
export interface NewContent {
  pieces: Piece[]
  crc: number
}

/**
 * The pieces of a zip with the content of some entries replaced. All other entries are copied as they are packed, in their
 * order; of the replaced ones names, dates and attributes stay.
 */
export async function rewrite(file: Bytes, zip: Zip, changes: ReadonlyMap<Entry, NewContent>): Promise<Piece[]> {
  const inOrder = [...zip.entries].sort((a, b) => a.at - b.at)
  const directory = Buffer.from(zip.directory)
  const first = inOrder[0]?.at ?? zip.at
  const pieces: Piece[] = [{ from: 0, to: first }]
  let grown = 0
  for (const [i, entry] of inOrder.entries()) {
    const next = inOrder[i + 1]?.at ?? zip.at
    directory.writeUInt32LE(entry.at - zip.shift + grown, entry.record + 42)
    const change = changes.get(entry)
    if (!change) {
      pieces.push({ from: entry.at, to: next })
      continue
    }
    const size = change.pieces.reduce((sum, p) => sum + sizeOf(p), 0)
    const data = await dataOf(file, entry)
    const head = Buffer.from(await readExactly(file, entry.at, (data?.from ?? entry.at) - entry.at))
    writeContent(head, 6, { size, crc: change.crc })
    writeContent(directory, entry.record + 8, { size, crc: change.crc })
    pieces.push(head, ...change.pieces)
    grown += head.length + size - (next - entry.at)
  }
  const end = Buffer.from(await readExactly(file, zip.end, file.size - zip.end))
  end.writeUInt32LE(zip.at - zip.shift + grown, 16)
  return [...pieces, directory, end]
}

/** Flags, method, checksum and sizes stand in the same order in both headers; date and time between them stay. */
function writeContent(header: Buffer, at: number, { size, crc }: { size: number; crc: number }): void {
  header.writeUInt16LE(header.readUInt16LE(at) & ~HAS_DESCRIPTOR, at)
  header.writeUInt16LE(STORED, at + 2)
  header.writeUInt32LE(crc, at + 8)
  header.writeUInt32LE(size, at + 12)
  header.writeUInt32LE(size, at + 16)
}
