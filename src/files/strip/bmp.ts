import { refused } from '../../core/attachment/attachment.js'
import { type Bytes, buffered, type Piece, readExactly } from './bytes.js'
import { checkPixels } from './pixels.js'

/** Sizes of headers: OS/2 1 and 2, Windows 3, Adobe's with masks, versions 4 and 5. */
const headers = [12, 16, 40, 52, 56, 64, 108, 124]
/** Compression: none, RLE8, RLE4, masks, masks with alpha. */
const [NONE, RLE8, RLE4, MASKS, ALPHA_MASKS] = [0, 1, 2, 3, 6]
/** Where version 4 names its colour space; a profile may be embedded, or linked by a path on somebody's computer. */
const COLOUR_SPACE = 56
const SRGB = 0x73524742

/**
 * The pieces of a BMP: headers, colours and rows. Profiles, gaps and what follows the rows are left out. Throws FileFault
 * (`unclean`, `too_many_pixels`).
 */
export async function cleanBmp(unbuffered: Bytes): Promise<Piece[]> {
  const file = buffered(unbuffered)
  // OS/2 puts several bitmaps into one file; viewers show the first. Offsets count from the beginning of the file.
  const base = (await readExactly(file, 0, 2)).toString('latin1') === 'BA' ? 14 : 0
  const start = await readExactly(file, base, 18)
  const size = start.readUInt32LE(14)
  if (start.toString('latin1', 0, 2) !== 'BM' || !headers.includes(size)) throw refused('unclean')
  const from = base + 14
  const header = Buffer.from(await readExactly(file, from, size))
  const { width, height, bits, compression, colours } = fieldsOf(header)
  if (width <= 0 || height === 0) throw refused('unclean')
  checkPixels(width, Math.abs(height))
  if (![NONE, RLE8, RLE4, MASKS, ALPHA_MASKS].includes(compression)) throw refused('unclean')
  if (size >= 108) header.writeUInt32LE(SRGB, COLOUR_SPACE)
  if (size === 124) header.fill(0, 112, 124)
  const masks = size === 40 ? ({ [MASKS]: 12, [ALPHA_MASKS]: 16 }[compression] ?? 0) : 0
  const table = masks + colours * (size === 12 ? 3 : 4)
  const listed = start.readUInt32LE(10)
  // Where the offset of the rows is wrong, they follow the colours.
  const rows = listed < from + size ? from + size + table : listed
  const before = Math.min(from + size + table, rows)
  const end =
    compression === RLE8 || compression === RLE4
      ? await endOfRuns(file, rows, compression === RLE4)
      : rows + Math.floor((width * bits + 31) / 32) * 4 * Math.abs(height)
  if (rows >= file.size) throw refused('unclean')
  // Where rows are said to begin among the colours, programs disagree whether they do: both readings stay.
  const to = rows < from + size + table ? end + from + size + table - rows : end
  const pixels = { from: rows, to: Math.min(to, file.size) }
  const first = Buffer.alloc(14)
  first.write('BM')
  first.writeUInt32LE(before - base + pixels.to - pixels.from, 2)
  first.writeUInt32LE(before - base, 10)
  return [first, header, { from: from + size, to: before }, pixels]
}

function fieldsOf(header: Buffer) {
  if (header.length === 12) {
    const bits = header.readUInt16LE(10)
    return {
      width: header.readUInt16LE(4),
      height: header.readUInt16LE(6),
      bits,
      compression: NONE,
      colours: bits <= 8 ? 1 << bits : 0,
    }
  }
  const bits = header.readUInt16LE(14)
  const isLong = header.length >= 40
  const used = isLong ? header.readUInt32LE(32) : 0
  return {
    width: header.readInt32LE(4),
    height: header.readInt32LE(8),
    bits,
    compression: isLong ? header.readUInt32LE(16) : NONE,
    colours: Math.min(used || (bits <= 8 ? 1 << bits : 0), 1 << Math.min(bits, 16)),
  }
}

/** The end of a run-length coded picture: after its end mark, or at the end of the file. */
async function endOfRuns(file: Bytes, from: number, isHalf: boolean): Promise<number> {
  for (let at = from; ; ) {
    const [count, value] = await file.read(at, 2)
    if (count === undefined || value === undefined) return file.size
    at += 2
    if (count > 0 || value === 0) continue
    if (value === 1) return at
    // 2: a move by two bytes; from 3 on: as many colours as they are, padded to 16 bits.
    at += value === 2 ? 2 : ((isHalf ? Math.ceil(value / 2) : value) + 1) & ~1
  }
}
