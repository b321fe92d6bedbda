import { blank, boxesIn, topLevelBoxes } from './boxes.js'
import { type Bytes, overwrite, type Patch, type Piece } from './bytes.js'

/**
 * The boxes that hold metadata: `udta` (©xyz, loci), `meta` (com.apple.quicktime.location…) and `uuid` (XMP); and `free` and
 * `skip`, which may still contain what a program only marked as deleted.
 */
const metadata = new Set(['udta', 'meta', 'uuid', 'free', 'skip'])

/**
 * The pieces of an MP4 or QuickTime video with its position, device and other metadata overwritten in place, so that the
 * index's offsets stay valid. A timed metadata track (the GPS track of action cameras) is not removed. Throws FileFault
 * (`unclean`).
 */
export async function cleanVideo(file: Bytes): Promise<Piece[]> {
  const { boxes, patches, end } = await topLevelBoxes(file, ['moov', 'mdat'])
  for (const box of boxes) {
    if (box.type === 'meta') patches.push(blank(box))
    if (box.type === 'moov' || box.type === 'moof') patches.push(...(await metadataPatches(file, box.from, box.to)))
  }
  return overwrite(end, patches)
}

/** Patches that blank the metadata boxes of a video's index (`moov`) and of its tracks. */
export async function metadataPatches(file: Bytes, from: number, to: number): Promise<Patch[]> {
  const patches: Patch[] = []
  for await (const box of boxesIn(file, from, to)) {
    if (metadata.has(box.type)) patches.push(blank(box))
    if (box.type === 'trak') patches.push(...(await metadataPatches(file, box.from, box.to)))
  }
  return patches
}
