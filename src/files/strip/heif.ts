import { refused } from '../../core/attachment/attachment.js'
import { type Box, blank, boxesIn, topLevelBoxes } from './boxes.js'
import { type Bytes, overwrite, type Patch, type Piece, readExactly } from './bytes.js'
import { orientationOf, tiffOf } from './orientation.js'
import { metadataPatches } from './video.js'

/** In bytes. A photo's item location table is far smaller. */
const MAX_TABLE = 1024 * 1024
const MAX_EXIF = 64 * 1024
const SPACE = 0x20

/** An item of a HEIF file: its type and the byte ranges of its data. */
interface Item {
  id: number
  type: string
  extents: { from: number; to: number }[]
}

/**
 * The pieces of a HEIC or HEIF photo with its EXIF, XMP and other metadata overwritten in place, so that all offsets stay
 * valid. The orientation is kept in the EXIF data too, although readers use the picture's `irot` property. Throws FileFault
 * (`unclean`).
 */
export async function cleanHeif(file: Bytes): Promise<Piece[]> {
  const { boxes, patches, end } = await topLevelBoxes(file, ['meta'])
  for (const box of boxes) {
    if (box.type === 'moov') patches.push(...(await metadataPatches(file, box.from, box.to)))
    if (box.type !== 'meta') continue
    for (const item of await metadataItems(file, box)) patches.push(...(await emptyItem(file, item)))
    for await (const part of boxesIn(file, box.from + 4, box.to)) if (part.type === 'uuid') patches.push(blank(part))
  }
  return overwrite(end, patches)
}

async function emptyItem(file: Bytes, { type, extents }: Item): Promise<Patch[]> {
  if (type !== 'Exif') return extents.map((e) => ({ ...e, bytes: Buffer.alloc(0), fill: SPACE }))
  const [first] = extents
  if (!first) return []
  const exif = await readExactly(file, first.from, Math.min(first.to - first.from, MAX_EXIF))
  const orientation = exif.length > 4 ? await orientationOf(exif.subarray(4 + exif.readUInt32BE())) : undefined
  // The item begins with the offset of the TIFF header (ISO/IEC 23008-12, A.2.1): zero.
  const small = Buffer.concat([Buffer.alloc(4), tiffOf(orientation)])
  const bytes = small.length <= exif.length ? small : Buffer.alloc(0)
  return extents.map((e, i) => ({ ...e, bytes: i === 0 ? bytes : Buffer.alloc(0), fill: 0 }))
}

/** The metadata items of a `meta` box (ISO/IEC 14496-12, 8.11): EXIF, XMP and other text. */
async function metadataItems(file: Bytes, meta: Box): Promise<Item[]> {
  const parts = new Map<string, Box>()
  for await (const box of boxesIn(file, meta.from + 4, meta.to)) parts.set(box.type, box)
  const [iinf, iloc, idat] = [parts.get('iinf'), parts.get('iloc'), parts.get('idat')]
  if (!iinf || !iloc || iloc.to - iloc.from > MAX_TABLE) throw refused('unclean')
  const types = await typesOf(file, iinf)
  const places = placesOf(await readExactly(file, iloc.from, iloc.to - iloc.from))
  return places.flatMap(({ id, method, extents }) => {
    const type = types.get(id) ?? ''
    if (!['Exif', 'mime', 'uri '].includes(type)) return []
    // Construction method 0: offsets in the file; 1: in `idat`. Others refer to items or to other files.
    const base = method === 0 ? 0 : method === 1 && idat ? idat.from : undefined
    if (base === undefined || extents.some((e) => e.length === 0)) throw refused('unclean')
    return [{ id, type, extents: extents.map((e) => ({ from: base + e.offset, to: base + e.offset + e.length })) }]
  })
}

async function typesOf(file: Bytes, iinf: Box): Promise<Map<number, string>> {
  const types = new Map<number, string>()
  const version = (await readExactly(file, iinf.from, 4))[0]
  for await (const box of boxesIn(file, iinf.from + (version === 0 ? 6 : 8), iinf.to)) {
    const head = await readExactly(file, box.from, Math.min(14, box.to - box.from))
    if (box.type !== 'infe' || (head[0] !== 2 && head[0] !== 3) || head.length < 12) throw refused('unclean')
    const long = head[0] === 3
    types.set(
      long ? head.readUInt32BE(4) : head.readUInt16BE(4),
      head.toString('latin1', long ? 10 : 8, long ? 14 : 12),
    )
  }
  return types
}

/** Parses an `iloc` box (8.11.3). Throws FileFault (`unclean`) when it is truncated or of an unknown version. */
function placesOf(table: Buffer) {
  let at = 4
  const take = (bytes: number): number => {
    at += bytes
    if (at > table.length) throw refused('unclean')
    if (bytes === 0) return 0
    if (bytes === 8) return Number(table.readBigUInt64BE(at - 8))
    return table.readUIntBE(at - bytes, bytes)
  }
  const version = table[0] as number
  const sizes = [take(1), take(1)].flatMap((b) => [b >> 4, b & 15]) as [number, number, number, number]
  if (version > 2 || sizes.some((s) => ![0, 4, 8].includes(s))) throw refused('unclean')
  const [offsetSize, lengthSize, baseSize, indexSize] = sizes
  const count = take(version < 2 ? 2 : 4)
  return Array.from({ length: Math.min(count, table.length) }, () => {
    const id = take(version < 2 ? 2 : 4)
    const method = version > 0 ? take(2) & 15 : 0
    const outside = take(2) !== 0
    const base = take(baseSize)
    const extents = Array.from({ length: take(2) }, () => {
      if (version > 0) take(indexSize)
      return { offset: base + take(offsetSize), length: take(lengthSize) }
    })
    return { id, method: outside ? -1 : method, extents }
  })
}
