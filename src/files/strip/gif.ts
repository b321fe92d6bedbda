import { refused } from '../../core/attachment/attachment.js'
import { type Bytes, buffered, type Piece, readExactly } from './bytes.js'
import { checkPixels } from './pixels.js'

const [EXTENSION, IMAGE, TRAILER] = [0x21, 0x2c, 0x3b]
const [GRAPHIC_CONTROL, APPLICATION] = [0xf9, 0xff]

/**
 * The pieces of a GIF (CompuServe, GIF89a): screen, colours, pictures, their timing, and how often an animation repeats.
 * Comments, texts, XMP and other programs' data are left out, and everything after the end. Throws FileFault (`unclean`,
 * `too_many_pixels`).
 */
export async function cleanGif(unbuffered: Bytes): Promise<Piece[]> {
  const file = buffered(unbuffered)
  const head = await readExactly(file, 0, 13)
  if (!/^GIF8[79]a/.test(head.toString('latin1'))) throw refused('unclean')
  checkPixels(head.readUInt16LE(6), head.readUInt16LE(8))
  let at = 13 + colours(head[10] as number)
  const pieces: Piece[] = [{ from: 0, to: at }]
  let pictures = 0
  for (let isOpen = true; isOpen; ) {
    const block = await file.read(at, 3)
    if (block[0] === EXTENSION) {
      const kept = await extension(file, at, block[1])
      if (kept) pieces.push(kept)
      at = (await endOfBlocks(file, at + 2)).end
    } else if (block[0] === IMAGE) {
      const descriptor = await file.read(at, 10)
      if (descriptor.length < 10) break
      checkPixels(descriptor.readUInt16LE(5), descriptor.readUInt16LE(7))
      // The byte before the blocks is the size of the first code.
      const data = at + 10 + colours(descriptor[9] as number) + 1
      if (data >= file.size) break
      const { end, isClosed } = await endOfBlocks(file, data)
      pieces.push({ from: at, to: end }, ...(isClosed ? [] : [Buffer.alloc(1)]))
      pictures++
      at = end
    } else if (block[0] === 0) at++
    // A program that reads GIFs stops at the trailer, and at any block that it does not know.
    else isOpen = false
  }
  if (pictures === 0) throw refused('unclean')
  return [...pieces, Buffer.from([TRAILER])]
}

const colours = (flags: number): number => (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0)

/** A graphic control, or the number of repetitions, written again; undefined for all else. */
async function extension(file: Bytes, at: number, label: number | undefined): Promise<Buffer | undefined> {
  const found = await file.read(at, 19)
  if (label === GRAPHIC_CONTROL && found[2] === 4 && found.length >= 8)
    return Buffer.concat([found.subarray(0, 7), Buffer.alloc(1)])
  const name = found.toString('latin1', 3, 14)
  const repeats = label === APPLICATION && (name === 'NETSCAPE2.0' || name === 'ANIMEXTS1.0')
  if (!repeats || found[14] !== 3 || found[15] !== 1 || found.length < 18) return undefined
  return Buffer.concat([found.subarray(0, 18), Buffer.alloc(1)])
}

/** The end of a chain of data blocks; the end of the file cuts it. */
async function endOfBlocks(file: Bytes, from: number): Promise<{ end: number; isClosed: boolean }> {
  for (let at = from; ; ) {
    const [length] = await file.read(at, 1)
    if (length === 0) return { end: at + 1, isClosed: true }
    const next = at + 1 + (length ?? 0)
    // A block that is cut off is left out: its length would reach beyond the file.
    if (length === undefined || next > file.size) return { end: Math.min(at, file.size), isClosed: false }
    at = next
  }
}
