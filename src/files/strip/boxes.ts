import { refused } from '../../core/attachment/attachment.js'
import { type Bytes, type Patch, readExactly } from './bytes.js'

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

/** The boxes between two offsets, in order. Throws FileFault (`unclean`) when the bytes are not a sequence of boxes. */
export async function* boxesIn(file: Bytes, from: number, to: number): AsyncGenerator<Box> {
  for (let at = from; at < to; ) {
    // QuickTime may end a list with a 32-bit zero.
    if (to - at === 4 && (await readExactly(file, at, 4)).readUInt32BE() === 0) return
    const box = await boxAt(file, at, to)
    if (!box) throw refused('unclean')
    yield box
    at = box.to
  }
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

/** The header after the first size field: the type, and the 64-bit size of a large box. */
const freeHeader = (box: Box): Buffer => {
  const type = Buffer.from('free')
  if (box.from - box.at === 8) return type
  const size = Buffer.alloc(8)
  size.writeBigUInt64BE(BigInt(box.to - box.at))
  return Buffer.concat([type, size])
}

/** The top-level boxes that a player or viewer needs. */
const needed = new Set('ftyp styp moov mdat wide pdin moof mfra sidx ssix meta'.split(' '))

/**
 * The needed top-level boxes, patches that blank all others (a video within a photo, XMP, makers' data), and the offset at
 * which the boxes end: phones append data of their own after it, which is left out. Throws FileFault (`unclean`) unless there
 * is a box of each type in `required`.
 */
export async function topLevelBoxes(file: Bytes, required: readonly string[]) {
  const boxes: Box[] = []
  const patches: Patch[] = []
  let end = 0
  for (let box = await boxAt(file, 0, file.size); box; box = await boxAt(file, end, file.size)) {
    if (needed.has(box.type)) boxes.push(box)
    else patches.push(blank(box))
    end = box.to
  }
  if (required.some((type) => !boxes.some((b) => b.type === type))) throw refused('unclean')
  return { boxes, patches, end }
}
