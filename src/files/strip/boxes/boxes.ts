import { refused } from '../../../core/attachment/attachment.js'
import { type Bytes, type Patch, readExactly } from '../bytes.js'
import type { Ranges } from './ranges.js'

/** A box of a HEIC, MP4 or QuickTime file (ISO/IEC 14496-12, 4.2). Its places are byte offsets in the file. */
export interface Box {
  type: string
  /** Where its header begins. */
  at: number
  /** Where its content begins. */
  from: number
  /** Where it ends, exclusive. */
  to: number
}

/** What is done with a box: kept as it is, kept with its listed children, or whatever a function says. */
export type Rule = 'keep' | { [type: string]: Rule } | ((box: Box) => Patch[] | Promise<Patch[]>)

/** The boxes between two offsets, in order, up to the first bytes that are none. */
export async function* boxesIn(file: Bytes, from: number, to: number): AsyncGenerator<Box> {
  for (let at = from; at < to; ) {
    const box = await boxAt(file, at, to)
    if (!box) return
    yield box
    at = box.to
  }
}

/** The first child of a type, by a path of types; undefined when there is none. */
export async function childOf(file: Bytes, parent: Box, ...path: string[]): Promise<Box | undefined> {
  let found: Box | undefined = parent
  for (const type of path) {
    const inside: Box | undefined = found
    found = undefined
    if (!inside) return undefined
    for await (const box of boxesIn(file, inside.from, inside.to)) if (box.type === type) found ??= box
  }
  return found
}

/** The box at an offset; undefined when it is incomplete or reaches beyond `end`. */
async function boxAt(file: Bytes, at: number, end: number): Promise<Box | undefined> {
  const head = await file.read(at, Math.min(16, end - at))
  if (head.length < 8) return undefined
  const type = head.toString('latin1', 4, 8)
  const small = head.readUInt32BE()
  if (small === 1 && head.length < 16) return undefined
  const header = small === 1 ? 16 : 8
  const size = small === 1 ? Number(head.readBigUInt64BE(8)) : small === 0 ? end - at : small
  return size < header || at + size > end ? undefined : { type, at, from: at + header, to: at + size }
}

/** Turns a box into a `free` one, which readers skip, and fills its content with zeros. */
export const blank = (box: Box): Patch => ({ from: box.at + 4, to: box.to, bytes: freeHeader(box), fill: 0 })

/** Overwrites a range by zeros. */
export const zeros = (from: number, to: number): Patch[] =>
  to > from ? [{ from, to, bytes: Buffer.alloc(0), fill: 0 }] : []

/** The header after the first size field: the type, and the 64-bit size of a large box. */
const freeHeader = (box: Box): Buffer => {
  const type = Buffer.from('free')
  if (box.from - box.at === 8) return type
  const size = Buffer.alloc(8)
  size.writeBigUInt64BE(BigInt(box.to - box.at))
  return Buffer.concat([type, size])
}

/**
 * Patches for the boxes between two offsets: what the rules list is kept, every other box is blanked, and so are bytes that
 * are no box.
 */
export async function keepOnly(file: Bytes, from: number, to: number, rules: Record<string, Rule>): Promise<Patch[]> {
  const patches: Patch[] = []
  let end = from
  for await (const box of boxesIn(file, from, to)) {
    const rule = Object.hasOwn(rules, box.type) ? rules[box.type] : undefined
    if (rule === undefined) patches.push(blank(box))
    else if (typeof rule === 'function') patches.push(...(await rule(box)))
    else if (rule !== 'keep') patches.push(...(await keepOnly(file, box.from, box.to, rule)))
    end = box.to
  }
  return [...patches, ...zeros(end, to)]
}

/** The top-level boxes that a player or viewer needs; of `mdat` only the ranges that are listed. */
const needed = new Set('ftyp etyp styp moov mdat wide pdin moof mfra sidx ssix meta'.split(' '))
/** Their content is a few numbers, and they are kept as they are. */
const MAX_SMALL = 64 * 1024

/**
 * The top-level boxes, and the offset at which they end: phones append data of their own after it, which is left out. A film
 * that is cut off within its `mdat` ends there. Throws FileFault (`unclean`) unless there is a box of each type in `required`.
 */
export async function topLevelBoxes(file: Bytes, required: readonly string[]): Promise<{ boxes: Box[]; end: number }> {
  const boxes: Box[] = []
  for await (const box of boxesIn(file, 0, file.size)) boxes.push(box)
  const end = boxes.at(-1)?.to ?? 0
  const rest = await file.read(end, 16)
  if (rest.toString('latin1', 4, 8) === 'mdat')
    boxes.push({ type: 'mdat', at: end, from: end + (rest.readUInt32BE() === 1 ? 16 : 8), to: file.size })
  if (required.some((type) => !boxes.some((b) => b.type === type))) throw refused('unclean')
  return { boxes, end: boxes.at(-1)?.to ?? 0 }
}

/**
 * Patches for the top level: boxes that are not needed are blanked, and of every box that only holds data, the bytes that
 * `kept` does not list.
 */
export function wipe(boxes: readonly Box[], kept: Ranges): Patch[] {
  return boxes.flatMap((box) => {
    const gaps = kept.gaps(box.from, box.to).flatMap(([from, to]) => zeros(from, to))
    if (box.type === 'mdat' || box.type === 'wide') return gaps
    if (!needed.has(box.type)) {
      const [only] = gaps
      const isUnused = gaps.length === 1 && only?.from === box.from && only.to === box.to
      return isUnused || box.from === box.to ? [blank(box)] : [{ ...blank(box), to: box.from }, ...gaps]
    }
    const isLarge = ['pdin', 'ssix', 'ftyp', 'etyp', 'styp'].includes(box.type) && box.to - box.from > MAX_SMALL
    return isLarge ? [blank(box)] : []
  })
}

/** Whether a box begins with version 1: 64-bit times and numbers. */
export const isVersion1 = async (file: Bytes, box: Box): Promise<boolean> =>
  (await readExactly(file, box.from, 1))[0] === 1
