import { type FileKind, refused } from '../../core/attachment/attachment.js'
import type { Bytes } from '../strip/bytes.js'

/** The directory is read up to this many entries; a workbook with a thousand objects has some ten thousand. */
const MAX_ENTRIES = 65_536
const ENTRY = 128
const MAX_SECTORS = 16_384

/** MAXREGSECT ([MS-CFB] 2.1): a sector number from here on ends a chain. */
const CHAIN_END = 0xfffffffa
/** NOSTREAM (2.6.1): no such entry. */
const NONE = 0xffffffff

/** An entry of the directory ([MS-CFB] 2.6.1): a tree of siblings, and the first child of a storage. */
interface Entry {
  name: string
  left: number
  right: number
  child: number
}

/**
 * The kind of an OLE2 file (.doc, .xls, .ppt): a small file system whose root holds the application's streams. Streams of
 * objects within it lie deeper: a workbook may hold a Word object. Undefined for other OLE2 files, such as installers and
 * mails. Throws FileFault `macro` ([MS-OVBA] 1.3.3; at any depth) and `locked` (password).
 */
export async function officeKind(file: Bytes): Promise<FileKind | undefined> {
  const entries = await entriesOf(file)
  // Names of streams are compared without regard to case (2.6.4).
  const all = new Set(entries.map((e) => e.name))
  const root = rootNames(entries)
  if (root.has('encryptedpackage')) throw refused('locked')
  if (all.has('macros') || all.has('_vba_project_cur') || all.has('_vba_project')) throw refused('macro')
  // A directory whose tree is damaged still tells by its names.
  return kindBy(root) ?? (root.size === 0 ? kindBy(all) : undefined)
}

function kindBy(names: ReadonlySet<string>): FileKind | undefined {
  if (names.has('workbook') || names.has('book')) return 'excel'
  if (names.has('powerpoint document')) return 'powerpoint'
  return names.has('worddocument') ? 'word' : undefined
}

/** The names directly below the root. */
function rootNames(entries: readonly Entry[]): Set<string> {
  const names = new Set<string>()
  const waiting = [entries[0]?.child ?? NONE]
  const seen = new Set([0])
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    const entry = entries[id]
    if (!entry || seen.has(id)) continue
    seen.add(id)
    names.add(entry.name)
    waiting.push(entry.left, entry.right)
  }
  return names
}

async function entriesOf(file: Bytes): Promise<Entry[]> {
  const entries: Entry[] = []
  const header = await file.read(0, 512)
  if (header.length < 512) return entries
  const size = 1 << header.readUInt16LE(30)
  if (size !== 512 && size !== 4096) return entries
  const at = (sector: number) => (sector + 1) * size
  const fat = await fatSectors(file, header, size)
  const seen = new Set<number>()
  for (
    let sector = header.readUInt32LE(48);
    sector < CHAIN_END && !seen.has(sector) && entries.length < MAX_ENTRIES;
  ) {
    seen.add(sector)
    const directory = await file.read(at(sector), size)
    for (let from = 0; from + ENTRY <= directory.length; from += ENTRY) entries.push(entryOf(directory.subarray(from)))
    const part = fat[Math.floor(sector / (size / 4))]
    const next = part === undefined ? Buffer.alloc(0) : await file.read(at(part) + (sector % (size / 4)) * 4, 4)
    sector = next.length === 4 ? next.readUInt32LE() : CHAIN_END
  }
  return entries
}

function entryOf(bytes: Buffer): Entry {
  const length = bytes.readUInt16LE(64)
  const name = length >= 2 && length <= 64 ? bytes.toString('utf16le', 0, length - 2).toLowerCase() : ''
  return { name, left: bytes.readUInt32LE(68), right: bytes.readUInt32LE(72), child: bytes.readUInt32LE(76) }
}

/** The sectors of the FAT, which holds the next sector of each chain: 109 in the header, more in a chain of their own (2.5). */
async function fatSectors(file: Bytes, header: Buffer, size: number): Promise<number[]> {
  const sectors = Array.from({ length: 109 }, (_, i) => header.readUInt32LE(76 + i * 4))
  for (let more = header.readUInt32LE(68); more < CHAIN_END && sectors.length < MAX_SECTORS; ) {
    const list = await file.read((more + 1) * size, size)
    if (list.length < size) break
    for (let i = 0; i + 4 < size; i += 4) sectors.push(list.readUInt32LE(i))
    more = list.readUInt32LE(size - 4)
  }
  return sectors.map((s) => (s < CHAIN_END ? s : NONE)).filter((s) => s !== NONE)
}
