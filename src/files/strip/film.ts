import { blank, boxesIn, topOf } from './boxes.js'
import { type Bytes, overwrite, type Patch, type Piece } from './bytes.js'

/**
 * Where films keep what they tell of themselves: `udta` (©xyz, loci), `meta` (com.apple.quicktime.location…), `uuid` (XMP), and what
 * programs only declared free.
 */
const telling = new Set(['udta', 'meta', 'uuid', 'free', 'skip'])

/**
 * An MP4's or QuickTime film's pieces with its position, its device and other descriptions written over in place, so that pictures and
 * sound stay where the index says. What is measured along the way in a track of its own (action cameras) stays. Throws FileFault.
 */
export async function cleanFilm(file: Bytes): Promise<Piece[]> {
  const { boxes, patches, end } = await topOf(file, ['moov', 'mdat'])
  for (const box of boxes) {
    if (box.type === 'meta') patches.push(blank(box))
    if (box.type === 'moov' || box.type === 'moof') patches.push(...(await descriptions(file, box.from, box.to)))
  }
  return overwrite(end, patches)
}

/** Of a film's index: its own descriptions and its tracks'. */
export async function descriptions(file: Bytes, from: number, to: number): Promise<Patch[]> {
  const patches: Patch[] = []
  for await (const box of boxesIn(file, from, to)) {
    if (telling.has(box.type)) patches.push(blank(box))
    if (box.type === 'trak') patches.push(...(await descriptions(file, box.from, box.to)))
  }
  return patches
}
