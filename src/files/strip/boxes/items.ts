import { refused } from '../../../core/attachment/attachment.js'
import { type Bytes, readExactly } from '../bytes.js'
import { type Box, boxesIn } from './boxes.js'

/** In bytes. A photo's item location table is far smaller. */
const MAX_TABLE = 1024 * 1024

/** An item of a HEIF file: its type, and where its data lie. */
export interface Item {
  id: number
  type: string
  /** Where its `infe` box is. */
  entry: Box
  /** Where its names begin in that box. */
  names: number
  extents: { from: number; to: number }[]
  /** `file`: at the extents; `item`: in other items; `elsewhere`: in another file. */
  place: 'file' | 'item' | 'elsewhere'
}

/** The items of a `meta` box (ISO/IEC 14496-12, 8.11). Throws FileFault (`unclean`). */
export async function itemsOf(file: Bytes, meta: Box): Promise<Item[]> {
  const parts = new Map<string, Box>()
  for await (const box of boxesIn(file, meta.from + 4, meta.to)) parts.set(box.type, box)
  const [iinf, iloc, idat] = [parts.get('iinf'), parts.get('iloc'), parts.get('idat')]
  if (!iinf || !iloc || iloc.to - iloc.from > MAX_TABLE) throw refused('unclean')
  const entries = await entriesOf(file, iinf)
  const places = placesOf(await readExactly(file, iloc.from, iloc.to - iloc.from))
  const located = new Map(places.map((p) => [p.id, p]))
  return entries.map((entry) => {
    const { method, extents } = located.get(entry.id) ?? { method: 2, extents: [] }
    // Construction method 0: offsets in the file; 1: in `idat`; 2: in other items. -1: another file.
    const base = method === 1 ? idat?.from : 0
    if (base === undefined) throw refused('unclean')
    const place = method === 0 || method === 1 ? 'file' : method === 2 ? 'item' : 'elsewhere'
    return { ...entry, place, extents: extents.map((e) => ({ from: base + e.offset, to: base + e.offset + e.length })) }
  })
}

async function entriesOf(file: Bytes, iinf: Box) {
  const entries: Pick<Item, 'id' | 'type' | 'entry' | 'names'>[] = []
  const version = (await readExactly(file, iinf.from, 4))[0]
  for await (const box of boxesIn(file, iinf.from + (version === 0 ? 6 : 8), iinf.to)) {
    const head = await readExactly(file, box.from, Math.min(14, box.to - box.from))
    if (box.type !== 'infe' || (head[0] !== 2 && head[0] !== 3) || head.length < 12) throw refused('unclean')
    const long = head[0] === 3
    const id = long ? head.readUInt32BE(4) : head.readUInt16BE(4)
    const type = head.toString('latin1', long ? 10 : 8, long ? 14 : 12)
    entries.push({ id, type, entry: box, names: box.from + (long ? 14 : 12) })
  }
  return entries
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
    const extents = Array.from({ length: Math.min(take(2), table.length) }, () => {
      if (version > 0) take(indexSize)
      return { offset: base + take(offsetSize), length: take(lengthSize) }
    })
    return { id, method: outside ? -1 : method, extents }
  })
}
