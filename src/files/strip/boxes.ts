import { refused } from '../../core/attachment/attachment.js'
import { type Bytes, need, type Patch } from './bytes.js'

/** A box of a HEIC, MP4 or QuickTime file (ISO/IEC 14496-12, 4.2): its first byte, its content, and the byte behind it. */
export interface Box {
  type: string
  at: number
  from: number
  to: number
}

/** A box each, in order, between two places of a file. Throws FileFault where no box can stand. */
export async function* boxesIn(file: Bytes, from: number, to: number): AsyncGenerator<Box> {
  for (let at = from; at < to; ) {
    // QuickTime ends some lists with a zero.
    if (to - at === 4 && (await need(file, at, 4)).readUInt32BE() === 0) return
    const box = await boxAt(file, at, to)
    if (!box) throw refused('unclean')
    yield box
    at = box.to
  }
}

/** The box at a place; none where the bytes are no box that ends in time. */
export async function boxAt(file: Bytes, at: number, end: number): Promise<Box | undefined> {
  const head = await file.read(at, Math.min(16, end - at))
  if (head.length < 8) return undefined
  const type = head.toString('latin1', 4, 8)
  const small = head.readUInt32BE()
  if (small === 1 && head.length < 16) return undefined
  const header = small === 1 ? 16 : 8
  const size = small === 1 ? Number(head.readBigUInt64BE(8)) : small === 0 ? end - at : small
  return size < header || at + size > end ? undefined : { type, at, from: at + header, to: at + size }
}

/** Makes a box a `free` one, of which nothing is read, and empties it. */
export const blank = (box: Box): Patch => ({ from: box.at + 4, to: box.to, bytes: freed(box), fill: 0 })

/** A long box keeps its long size. */
const freed = (box: Box): Buffer => {
  const type = Buffer.from('free')
  if (box.from - box.at === 8) return type
  const size = Buffer.alloc(8)
  size.writeBigUInt64BE(BigInt(box.to - box.at))
  return Buffer.concat([type, size])
}

/** What a file of boxes needs to be seen. */
const needed = new Set('ftyp styp moov mdat wide pdin moof mfra sidx ssix meta'.split(' '))

/**
 * The boxes at the top that are needed, patches for the others (a film within a photo, XMP, marks of makers), and where they end: behind
 * them phones put things of their own, which are left out. Throws FileFault unless one of each type that `must` names is there.
 */
export async function topOf(file: Bytes, must: readonly string[]) {
  const boxes: Box[] = []
  const patches: Patch[] = []
  let end = 0
  for (let box = await boxAt(file, 0, file.size); box; box = await boxAt(file, end, file.size)) {
    if (needed.has(box.type)) boxes.push(box)
    else patches.push(blank(box))
    end = box.to
  }
  if (must.some((type) => !boxes.some((b) => b.type === type))) throw refused('unclean')
  return { boxes, patches, end }
}
