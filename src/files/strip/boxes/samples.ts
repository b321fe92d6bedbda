import { refused } from '../../../core/attachment/attachment.js'
import { type Bytes, buffered, rangeOf, readExactly } from '../bytes.js'
import { type Box, boxesIn, childOf } from './boxes.js'
import type { Ranges } from './ranges.js'

/** Where a track's samples lie (ISO/IEC 14496-12, 8.6 and 8.7), from the tables of its `stbl`. */
export interface SampleTable {
  /** Sizes of the samples in bytes: one for all, or a table of numbers of `bits` each. */
  sizes: { all: number; count: number; bits: number; table: Bytes }
  chunks: Table
  /** Rows of three numbers: first chunk, samples in a chunk, description. */
  perChunk: Table
}

interface Table {
  count: number
  bits: number
  table: Bytes
}

/** Reads the heads of the tables; undefined when one is missing: then the track has no samples of its own. */
export async function sampleTable(file: Bytes, stbl: Box): Promise<SampleTable | undefined> {
  const boxes = new Map<string, Box>()
  for await (const box of boxesIn(file, stbl.from, stbl.to)) boxes.set(box.type, box)
  const [size, chunk, perChunk] = [
    boxes.get('stsz') ?? boxes.get('stz2'),
    boxes.get('stco') ?? boxes.get('co64'),
    boxes.get('stsc'),
  ]
  if (!size || !chunk || !perChunk) return undefined
  const head = await readExactly(file, size.from, 12)
  const bits = size.type === 'stsz' ? 32 : (head[7] as number)
  const sizes = {
    all: size.type === 'stsz' ? head.readUInt32BE(4) : 0,
    count: head.readUInt32BE(8),
    bits,
    table: tableOf(file, size, 12),
  }
  const [chunks, rows] = [
    await counted(file, chunk, chunk.type === 'co64' ? 64 : 32),
    await counted(file, perChunk, 32),
  ]
  if (sizes.all === 0) checkCount({ ...sizes })
  checkCount(chunks)
  checkCount({ ...rows, count: rows.count * 3 })
  return { sizes, chunks, perChunk: rows }
}

async function counted(file: Bytes, box: Box, bits: number): Promise<Table> {
  return { count: (await readExactly(file, box.from + 4, 4)).readUInt32BE(), bits, table: tableOf(file, box, 8) }
}

const tableOf = (file: Bytes, box: Box, skip: number): Bytes => buffered(rangeOf(file, box.from + skip, box.to))

function checkCount({ count, bits, table }: Table): void {
  if (![4, 8, 16, 32, 64].includes(bits) || Math.ceil((count * bits) / 8) > table.size) throw refused('unclean')
}

async function numberAt({ bits, table }: Pick<Table, 'bits' | 'table'>, index: number): Promise<number> {
  const bytes = await readExactly(table, Math.floor((index * bits) / 8), Math.max(1, bits / 8))
  if (bits === 4) return index % 2 ? (bytes[0] as number) & 15 : (bytes[0] as number) >> 4
  return bits === 64 ? Number(bytes.readBigUInt64BE()) : bytes.readUIntBE(0, bits / 8)
}

/** A track's chunks: where each begins, and how many bytes of samples it has. `unit` gives the bytes of `n` samples of one size. */
export async function* chunksOf(samples: SampleTable, unit: (n: number, size: number) => number) {
  const { sizes, chunks, perChunk } = samples
  let [row, until, inChunk, sample] = [0, 0, 0, 0]
  for (let i = 1; i <= chunks.count && sample < sizes.count; i++) {
    while (row < perChunk.count && i >= until) {
      inChunk = await numberAt(perChunk, row * 3 + 1)
      row++
      until = row < perChunk.count ? await numberAt(perChunk, row * 3) : Number.POSITIVE_INFINITY
    }
    const from = await numberAt(chunks, i - 1)
    const n = Math.min(inChunk, sizes.count - sample)
    let size = sizes.all > 0 ? unit(n, sizes.all) : 0
    if (sizes.all === 0) for (let s = 0; s < n; s++) size += await numberAt(sizes, sample + s)
    sample += n
    yield { from, size }
  }
}

/** A track's samples one by one; only for tracks whose samples are looked into. */
export async function* samplesOf(samples: SampleTable) {
  const { sizes, chunks, perChunk } = samples
  let [row, until, inChunk, sample] = [0, 0, 0, 0]
  for (let i = 1; i <= chunks.count && sample < sizes.count; i++) {
    while (row < perChunk.count && i >= until) {
      inChunk = await numberAt(perChunk, row * 3 + 1)
      row++
      until = row < perChunk.count ? await numberAt(perChunk, row * 3) : Number.POSITIVE_INFINITY
    }
    let from = await numberAt(chunks, i - 1)
    for (let n = 0; n < inChunk && sample < sizes.count; n++, sample++) {
      const size = sizes.all || (await numberAt(sizes, sample))
      yield { from, to: from + size }
      from += size
    }
  }
}

/** Adds the data of the kept tracks of a fragment (8.8.4 to 8.8.8), and returns its runs of samples. `defaults`: sizes of samples by track, from `trex`. */
export async function addFragment(
  file: Bytes,
  moof: Box,
  defaults: ReadonlyMap<number, number>,
  keeps: (track: number) => boolean,
  kept: Ranges,
): Promise<{ track: number; from: number; to: number }[]> {
  const runs: { track: number; from: number; to: number }[] = []
  let previousEnd = moof.at
  for await (const traf of boxesIn(file, moof.from, moof.to)) {
    const tfhd = traf.type === 'traf' ? await childOf(file, traf, 'tfhd') : undefined
    if (!tfhd) continue
    const head = await readExactly(file, tfhd.from, Math.min(40, tfhd.to - tfhd.from))
    const [flags, track] = [head.readUInt32BE() & 0xffffff, head.readUInt32BE(4)]
    const at = 8 + (flags & 1 ? 8 : 0) + (flags & 2 ? 4 : 0) + (flags & 8 ? 4 : 0)
    const size = flags & 0x10 ? head.readUInt32BE(at) : (defaults.get(track) ?? 0)
    const base = flags & 1 ? Number(head.readBigUInt64BE(8)) : flags & 0x20000 ? moof.at : previousEnd
    let end = base
    for await (const trun of boxesIn(file, traf.from, traf.to)) {
      if (trun.type !== 'trun') continue
      const run = await runOf(file, trun, size)
      const from = run.offset === undefined ? end : base + run.offset
      end = from + run.size
      if (!keeps(track)) continue
      kept.add(from, end)
      runs.push({ track, from, to: end })
    }
    previousEnd = end
  }
  return runs
}

async function runOf(
  file: Bytes,
  trun: Box,
  defaultSize: number,
): Promise<{ offset: number | undefined; size: number }> {
  const table = buffered(rangeOf(file, trun.from, trun.to))
  const head = await readExactly(table, 0, 8)
  const [flags, count] = [head.readUInt32BE() & 0xffffff, head.readUInt32BE(4)]
  const offset = flags & 1 ? (await readExactly(table, 8, 4)).readInt32BE() : undefined
  if (!(flags & 0x200)) return { offset, size: count * defaultSize }
  const step = [0x100, 0x200, 0x400, 0x800].reduce((sum, flag) => sum + (flags & flag ? 4 : 0), 0)
  const start = 8 + (flags & 1 ? 4 : 0) + (flags & 4 ? 4 : 0) + (flags & 0x100 ? 4 : 0)
  let size = 0
  for (let i = 0; i < count; i++) size += (await readExactly(table, start + i * step, 4)).readUInt32BE()
  return { offset, size }
}
