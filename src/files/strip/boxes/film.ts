import { refused } from '../../../core/attachment/attachment.js'
import { type Bytes, buffered, overwrite, type Patch, type Piece, rangeOf, readExactly } from '../bytes.js'
import { jpegRanges } from '../jpeg/jpeg.js'
import { type Box, blank, boxesIn, childOf, isVersion1, keepOnly, topLevelBoxes, wipe } from './boxes.js'
import { nalPatches } from './nal.js'
import { Ranges } from './ranges.js'
import { descriptionOf } from './sample-entry.js'
import { addFragment, chunksOf, samplesOf, sampleTable } from './samples.js'
import { cleanFragment, cleanIndex, type Track } from './track.js'

/**
 * The pieces of an MP4, 3GP or QuickTime film of which only what makes picture and sound play is left: listed boxes, tracks of
 * picture and sound, and of the media data what their samples are. All else is overwritten in place, so that the index's
 * offsets stay valid: other tracks (subtitles, a camera's telemetry), user data, names, dates. Throws FileFault (`unclean`;
 * `private_data` when nothing would be left to play).
 */
export async function cleanVideo(unbuffered: Bytes): Promise<Piece[]> {
  const file = buffered(unbuffered)
  const { boxes, end } = await topLevelBoxes(file, ['moov'])
  const kept = new Ranges()
  const patches = await filmPatches(file, boxes, kept)
  for (const box of boxes) if (box.type === 'meta') patches.push(blank(box))
  return overwrite(end, [...patches, ...wipe(boxes, kept)])
}

/** Patches for a film's index and fragments; adds the data of its samples to `kept`. */
export async function filmPatches(file: Bytes, boxes: readonly Box[], kept: Ranges): Promise<Patch[]> {
  const patches: Patch[] = []
  const tracks: Track[] = []
  for (const moov of boxes.filter((b) => b.type === 'moov')) {
    const found = await tracksOf(file, moov)
    tracks.push(...found)
    patches.push(...(await cleanIndex(file, moov, found)))
  }
  if (!tracks.some((t) => t.description)) throw refused('private_data')
  const dropped = await startsOfDropped(file, tracks)
  for (const track of tracks) patches.push(...(await addSamples(file, track, dropped, kept)))
  const isKept = (id: number) => tracks.some((t) => t.id === id && t.description)
  const defaults = await defaultSizes(file, boxes)
  for (const box of boxes) {
    if (box.type === 'mfra') patches.push(...(await keepOnly(file, box.from, box.to, { tfra: 'keep', mfro: 'keep' })))
    if (box.type !== 'moof') continue
    for (const run of await addFragment(file, box, defaults, isKept, kept)) {
      const nal = tracks.find((t) => t.id === run.track)?.description?.nal
      if (nal) patches.push(...(await nalPatches(file, run.from, Math.min(run.to, file.size), nal)))
    }
    patches.push(...(await cleanFragment(file, box, isKept)))
  }
  return patches
}

async function tracksOf(file: Bytes, moov: Box): Promise<Track[]> {
  const tracks: Track[] = []
  for await (const box of boxesIn(file, moov.from, moov.to)) {
    // An index that is compressed, or only names other files.
    if (box.type === 'cmov' || box.type === 'rmra') throw refused('private_data')
    if (box.type !== 'trak') continue
    const [tkhd, hdlr] = [await childOf(file, box, 'tkhd'), await childOf(file, box, 'mdia', 'hdlr')]
    const stbl = await childOf(file, box, 'mdia', 'minf', 'stbl')
    const stsd = stbl && (await childOf(file, stbl, 'stsd'))
    const handler = hdlr ? (await readExactly(file, hdlr.from + 8, 4)).toString('latin1') : ''
    const id = tkhd
      ? (await readExactly(file, tkhd.from + ((await isVersion1(file, tkhd)) ? 20 : 12), 4)).readUInt32BE()
      : 0
    const isWhole = tkhd && stsd && (await isSelfContained(file, box))
    tracks.push({ box, id, stbl, description: isWhole ? await descriptionOf(file, stsd, handler) : undefined })
  }
  return tracks
}

/** Whether a track's data lie in this file, not in one that is named by a path. */
async function isSelfContained(file: Bytes, track: Box): Promise<boolean> {
  const dref = await childOf(file, track, 'mdia', 'minf', 'dinf', 'dref')
  if (!dref) return true
  for await (const entry of boxesIn(file, dref.from + 8, dref.to))
    if (((await file.read(entry.from + 3, 1))[0] ?? 0) % 2 === 0) return false
  return true
}

async function defaultSizes(file: Bytes, boxes: readonly Box[]): Promise<Map<number, number>> {
  const sizes = new Map<number, number>()
  for (const moov of boxes.filter((b) => b.type === 'moov')) {
    const mvex = await childOf(file, moov, 'mvex')
    if (!mvex) continue
    for await (const trex of boxesIn(file, mvex.from, mvex.to)) {
      if (trex.type !== 'trex') continue
      const fields = await readExactly(file, trex.from, 24)
      sizes.set(fields.readUInt32BE(4), fields.readUInt32BE(16))
    }
  }
  return sizes
}

/** Where the data of dropped tracks begin: no chunk whose size is a guess reaches beyond. */
async function startsOfDropped(file: Bytes, tracks: readonly Track[]): Promise<Float64Array> {
  const starts: number[] = []
  for (const { stbl, description } of tracks) {
    const table = stbl && !description && (await sampleTable(file, stbl).catch(() => undefined))
    if (table) for await (const { from } of chunksOf(table, () => 0)) starts.push(from)
  }
  return Float64Array.from(starts).sort()
}

/** Adds the data of a kept track; patches what is private within its samples. */
async function addSamples(file: Bytes, track: Track, dropped: Float64Array, kept: Ranges): Promise<Patch[]> {
  const { description, stbl } = track
  const table = stbl && description && (await sampleTable(file, stbl))
  const patches: Patch[] = []
  if (!table || !description) return patches
  for await (const { from, size } of chunksOf(table, description.unit)) {
    const isGuess = table.sizes.all > 0 && description.unit(1, table.sizes.all) !== table.sizes.all
    const next = isGuess ? firstAfter(dropped, from) : Number.POSITIVE_INFINITY
    const to = Math.min(from + size, next, file.size)
    kept.add(from, to)
    if (description.nal) patches.push(...(await nalPatches(file, from, to, description.nal)))
  }
  const texts = motionJpeg.has(description.coding) ? frameTexts : undefined
  if (texts)
    for await (const { from, to } of samplesOf(table))
      if (to <= file.size) patches.push(...(await texts(file, from, to)))
  return patches
}

function firstAfter(sorted: Float64Array, at: number): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle] as number) > at) high = middle
    else low = middle + 1
  }
  return sorted[low] ?? Number.POSITIVE_INFINITY
}

/** Each sample is a JPEG, and may have EXIF data of its own. */
const motionJpeg = new Set(['jpeg', 'mjpg', 'MJPG', 'dmb1'])

async function frameTexts(file: Bytes, from: number, to: number): Promise<Patch[]> {
  const ranges = new Ranges()
  const found = await jpegRanges(rangeOf(file, from, to)).catch(() => [])
  for (const r of found) ranges.add(from + r.from, from + r.to)
  if (found.length === 0) return []
  return ranges.gaps(from, to).map(([at, end]) => ({ from: at, to: end, bytes: Buffer.alloc(0), fill: 0xff }))
}
