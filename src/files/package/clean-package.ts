import { promises as fs } from 'node:fs'
import { FileFault, type FileKind, refused } from '../../core/attachment/attachment.js'
import { isHeif } from '../detect/heif-brand.js'
import { assemble, type Bytes, bytesOf, type Piece, rangeOf, sizeOf } from '../strip/bytes.js'
import { clean } from '../strip/clean.js'
import { crc32 } from '../strip/png.js'
import type { TempFile } from '../vault.js'
import { checkPackage } from './check.js'
import { dataOf, type Entry, type NewContent, readZip, rewrite, unpack, type Zip } from './zip.js'

/** Writes a temporary file, which lives until the cleaned package is stored. */
export type Scratch = (source: AsyncIterable<Uint8Array>) => Promise<TempFile>

/** An Office file may hold others; deeper ones nobody made by hand. */
const MAX_DEPTH = 4
const PACKAGE = 'package'

/** What a photo or film begins with; the first bytes of an entry tell it, not its name. */
function kindOfMedia(head: Buffer, name: string): FileKind | typeof PACKAGE | undefined {
  const text = head.toString('latin1')
  if (text.startsWith('\xff\xd8\xff')) return 'jpeg'
  if (text.startsWith('\x89PNG')) return 'png'
  if (text.startsWith('GIF8')) return 'gif'
  if (['II*\0', 'MM\0*', 'II+\0', 'MM\0+'].includes(text.slice(0, 4))) return 'tiff'
  if (text.startsWith('RIFF') && text.slice(8, 12) === 'WEBP') return 'webp'
  if (text.startsWith('BM') && /\.(bmp|dib)$/i.test(name)) return 'bmp'
  if (text.startsWith('PK\x03\x04')) return PACKAGE
  if (text.slice(4, 8) === 'ftyp') return isHeif(text) ? 'heic' : 'mp4'
  return /^(moov|mdat|wide)$/.test(text.slice(4, 8)) ? 'mp4' : undefined
}

/**
 * Cleans the photos and films inside an Office file (.docx, .xlsx, .pptx), at any depth, and leaves everything else as it
 * is. Undefined when nothing inside has to change. Throws FileFault: `bomb`, `macro`, `too_many_pixels`, and
 * `private_inside` when a photo's position cannot be removed, or not without breaking a digital signature.
 */
export async function cleanPackage(file: Bytes, zip: Zip, scratch: Scratch, depth = 0): Promise<Piece[] | undefined> {
  checkPackage(file, zip, depth > 0)
  const limit = { left: 100 * file.size }
  const changes = new Map<Entry, NewContent>()
  const isSigned = zip.entries.some((e) => e.name.startsWith('_xmlsignatures/'))
  for (const entry of zip.entries) {
    const changed = await cleanEntry(file, entry, limit, scratch, depth)
    if (changed && isSigned && (await contains(changed.source, places))) throw refused('private_inside')
    if (changed && !isSigned) changes.set(entry, changed)
  }
  return changes.size > 0 ? rewrite(file, zip, changes) : undefined
}

/** Unpacks an entry, which counts against the limit, and cleans it when it is a photo, a film or an Office file. */
async function cleanEntry(file: Bytes, entry: Entry, limit: { left: number }, scratch: Scratch, depth: number) {
  const content = counted(unpack(file, entry), limit)
  const first = await content.next()
  const kind = first.done ? undefined : kindOfMedia(first.value, entry.name)
  if (!kind || first.done) {
    for await (const _ of content);
    return undefined
  }
  const source = entry.method === 0 ? await stored(file, entry) : undefined
  if (source) return changed(kind, source, scratch, depth)
  const { path } = await scratch(whole(first.value, content))
  return changed(kind, await lazily(path), scratch, depth)
}

async function stored(file: Bytes, entry: Entry): Promise<Bytes | undefined> {
  const data = await dataOf(file, entry)
  return data && rangeOf(file, data.from, data.to)
}

async function* whole(first: Buffer, rest: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield first
  yield* rest
}

/** Throws FileFault (`bomb`) as soon as more comes out than the limit allows, whatever the directory claims. */
async function* counted(source: AsyncIterable<Buffer>, limit: { left: number }): AsyncGenerator<Buffer> {
  for await (const chunk of source) {
    limit.left -= chunk.length
    if (limit.left < 0) throw refused('bomb')
    yield chunk
  }
}

/** A file that is opened for each read: an Office file may have thousands of photos. */
async function lazily(path: string): Promise<Bytes> {
  const { size } = await fs.stat(path)
  return {
    size,
    async read(at, length) {
      const handle = await fs.open(path)
      try {
        return await (await bytesOf(handle)).read(at, length)
      } finally {
        await handle.close()
      }
    },
  }
}

/** The cleaned content, and what it was; undefined when it is the same. */
async function changed(
  kind: FileKind | typeof PACKAGE,
  source: Bytes,
  scratch: Scratch,
  depth: number,
): Promise<(NewContent & { source: Bytes }) | undefined> {
  const pieces = await cleanedPieces(kind, source, scratch, depth)
  if (!pieces) return undefined
  const own = pieces.map((p): Piece => ('from' in p ? { ...p, of: p.of ?? source } : p))
  const crc = await checksum(source, own)
  const isSame = own.reduce((sum, p) => sum + sizeOf(p), 0) === source.size
  return isSame && crc === (await checksum(source, [{ from: 0, to: source.size }]))
    ? undefined
    : { pieces: own, crc, source }
}

async function cleanedPieces(kind: FileKind | typeof PACKAGE, source: Bytes, scratch: Scratch, depth: number) {
  if (kind === PACKAGE) {
    const zip = await readZip(source)
    if (depth >= MAX_DEPTH) throw refused('bomb')
    return zip && cleanPackage(source, zip, scratch, depth + 1)
  }
  try {
    return await clean(kind, source)
  } catch (error) {
    if (!(error instanceof FileFault) || error.reason === 'too_many_pixels') throw error
    // A drawing that no program reads, or one of a rare kind, stays as long as it names no place and no camera.
    if (await contains(source, telling)) throw refused('private_inside')
    return undefined
  }
}

async function checksum(file: Bytes, pieces: Piece[]): Promise<number> {
  let crc = 0
  for await (const chunk of assemble(file, pieces)) crc = crc32(chunk, crc)
  return crc
}

const OVERLAP = 16
/** What metadata begin with; a TIFF's own directory may lead to EXIF data and a position (tags 0x8769, 0x8825). */
const places = ['GPS', '\xa9xyz', 'loci', 'SEFH', 'SEFT', '\x25\x88\x04\0\x01\0', '\x88\x25\0\x04\0\0\0\x01']
const telling = [
  ...[...places, 'Exif\0', '<x:xmp', 'http://ns.adobe', '8BIM'],
  ...['\x69\x87\x04\0\x01\0', '\x87\x69\0\x04\0\0\0\x01'],
]

async function contains(file: Bytes, words: readonly string[]): Promise<boolean> {
  let before = ''
  for await (const chunk of assemble(file, [{ from: 0, to: file.size }])) {
    const text = before + chunk.toString('latin1')
    if (words.some((word) => text.includes(word))) return true
    before = text.slice(-OVERLAP)
  }
  return false
}
