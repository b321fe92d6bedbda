import { refused } from '../../../core/attachment/attachment.js'
import { type Bytes, readExactly } from '../bytes.js'
import { type Huffman, ScanBits } from './bits.js'
import type { Component, Decoder, Frame, Scan } from './frame.js'

const [RST0, RST7] = [0xd0, 0xd7]
/** Blocks decoded in one file: far more than the largest photo has, few enough for some seconds. */
const MAX_BLOCKS = 2 ** 28
/** What data that is no picture begins with: films, EXIF data, XMP, what Samsung's phones append. */
const foreign = /ftyp|moov|mdat|Exif\0|SEF[HT]|MotionPhoto|_Data|http:|<x:|<\?x|GPS|\xff\xd8\xff/
const WINDOW = 64 * 1024
const SEARCHED = 4 * 1024

/** Decodes one block of a unit. `block` is the block's index in its component. */
type DecodeBlock = (bits: ScanBits, block: number) => void

/** How much decoding one file may still cost, in blocks. */
export interface Budget {
  blocks: number
}
export const newBudget = (): Budget => ({ blocks: MAX_BLOCKS })

/**
 * Finds the end of a scan's coded data, which begins at `at`, by decoding it as libjpeg does: after the last unit, or
 * before the marker that ends it. What follows belongs to no picture, even without an end mark. Where the data cannot be
 * decoded (arithmetic coding, tables that are missing) it ends at the next marker. Throws FileFault (`unclean`) when the
 * end cannot be told.
 */
export async function endOfScan(
  file: Bytes,
  at: number,
  scan: Scan,
  decoder: Decoder,
  budget: Budget,
): Promise<number> {
  const { frame, restartInterval } = decoder
  const decoders = frame && decodersOf(scan, decoder, frame)
  if (!frame || !decoders) return markerAfter(file, at)
  const bits = new ScanBits(file, at)
  const [across, total] = unitsOf(scan, frame)
  const units = unitDecoder(scan, decoders)
  let end = at
  for (let unit = 0, left = restartInterval || Number.POSITIVE_INFINITY; unit < total; unit++, left--) {
    if (left === 0) {
      const restart = await restartAfter(file, end, (unit / restartInterval - 1) & 7)
      if (restart.isLast) break
      if (restart.at === undefined) bits.starved = true
      else {
        end = restart.at
        await bits.seek(end)
      }
      units.restart()
      left = restartInterval
    }
    if (bits.starved) {
      // Nothing comes before the next restart marker.
      if (!restartInterval) break
      unit += left - 1
      left = 1
      continue
    }
    if (bits.isLow) await bits.refill()
    if (--budget.blocks < 0) throw refused('unclean')
    units.decode(bits, unit % across, Math.floor(unit / across))
    end = bits.position
  }
  return bits.badAt === undefined ? end : beforeForeign(file, bits.badAt, end)
}

/** Units in a row, and in all (A.2). */
function unitsOf({ components }: Scan, frame: Frame): [across: number, total: number] {
  const only = components.length === 1 ? components[0]?.component : undefined
  const across = only ? only.columns : Math.ceil(frame.width / (8 * frame.h))
  const down = only ? only.rows : Math.ceil(frame.height / (8 * frame.v))
  return [across, frame.height === 0 ? Number.POSITIVE_INFINITY : across * down]
}

function unitDecoder({ components }: Scan, decoders: { decode: DecodeBlock; restart(): void }[]) {
  const single = components.length === 1
  const parts = components.map(({ component: c }, i) => ({ c, decode: (decoders[i] as (typeof decoders)[0]).decode }))
  return {
    restart: () => {
      for (const d of decoders) d.restart()
    },
    decode(bits: ScanBits, x: number, y: number) {
      for (const { c, decode } of parts) {
        if (single) decode(bits, y * c.stride + x)
        else
          for (let v = 0; v < c.v; v++)
            for (let h = 0; h < c.h; h++) decode(bits, (y * c.v + v) * c.stride + x * c.h + h)
      }
    },
  }
}

function decodersOf(scan: Scan, { tables }: Decoder, frame: Frame) {
  if (frame.coding === 'other') return undefined
  const found = scan.components.map(({ component, dc, ac }) => {
    const [dcTable, acTable] = [tables.get(dc), tables.get(16 + ac)]
    const stateless = (decode: DecodeBlock) => ({ decode, restart: () => {} })
    if (frame.coding === 'huffman')
      return dcTable && acTable ? stateless((bits) => sequential(bits, dcTable, acTable)) : undefined
    if (scan.from > 0) return acTable && progressive(component, acTable, scan)
    if (scan.high > 0) return stateless((bits) => bits.skip(1))
    return dcTable && stateless((bits) => bits.skip(bits.decode(dcTable) & 15))
  })
  return found.every((d) => d !== undefined) ? found : undefined
}

function sequential(bits: ScanBits, dc: Huffman, ac: Huffman): void {
  bits.skip(bits.decode(dc) & 15)
  for (let k = 1; k < 64; k++) {
    const symbol = bits.decode(ac)
    const [run, size] = [symbol >> 4, symbol & 15]
    if (size > 0) {
      k += run
      bits.skip(size)
    } else if (run === 15) k += 15
    else break
  }
}

/** A scan of AC coefficients of a progressive picture (G.1.2.2, G.1.2.3). */
function progressive({ nonzero }: Component, table: Huffman, { from, to, high }: Scan) {
  const known = nonzero as Uint32Array
  /** Blocks of an end-of-band run that are left. */
  let emptyBlocks = 0
  const isKnown = (block: number, k: number) => ((known[2 * block + (k >> 5)] as number) >>> (k & 31)) & 1
  const learn = (block: number, k: number) => {
    if (k < 64) known[2 * block + (k >> 5)] = (known[2 * block + (k >> 5)] as number) | (1 << (k & 31))
  }
  const runOf = (bits: ScanBits, run: number) => (1 << run) + (run > 0 ? bits.take(run) : 0)
  const first: DecodeBlock = (bits, block) => {
    if (emptyBlocks > 0) {
      emptyBlocks--
      return
    }
    for (let k = from; k <= to; k++) {
      const symbol = bits.decode(table)
      const [run, size] = [symbol >> 4, symbol & 15]
      if (size > 0) {
        k += run
        bits.skip(size)
        learn(block, k)
      } else if (run === 15) k += 15
      else {
        emptyBlocks = runOf(bits, run) - 1
        return
      }
    }
  }
  const refine: DecodeBlock = (bits, block) => {
    let k = from
    for (; emptyBlocks === 0 && k <= to; k++) {
      const symbol = bits.decode(table)
      const size = symbol & 15
      let run = symbol >> 4
      if (size > 0) bits.skip(1)
      else if (run !== 15) {
        emptyBlocks = runOf(bits, run)
        break
      }
      for (; k <= to; k++) {
        if (isKnown(block, k)) bits.skip(1)
        else if (--run < 0) break
      }
      if (size > 0) learn(block, k)
    }
    if (emptyBlocks === 0) return
    for (; k <= to; k++) if (isKnown(block, k)) bits.skip(1)
    emptyBlocks--
  }
  const restart = () => {
    emptyBlocks = 0
  }
  return { decode: high > 0 ? refine : first, restart }
}

/**
 * The data after the restart marker `expected` (0 to 7), searched as libjpeg does (`jpeg_resync_to_restart`): a marker of
 * an interval that is to come stays where it is, and this interval has no data. `isLast`: the scan ends here.
 */
async function restartAfter(file: Bytes, from: number, expected: number): Promise<{ at?: number; isLast?: boolean }> {
  for (let at = from; ; ) {
    const found = await nextMarker(file, at)
    const isRestart = found && found.marker >= RST0 && found.marker <= RST7
    if (!found || (!isRestart && found.marker >= 0xc0)) return { isLast: true }
    const ahead = (found.marker - RST0 - expected) & 7
    if (isRestart && (ahead === 1 || ahead === 2)) return {}
    if (isRestart && ahead < 6) return { at: found.next }
    at = found.next
  }
}

/**
 * The next marker from `at` on; bytes before it are skipped: `start` is the offset of its last 0xFF, `next` of the byte after
 * it. Stuffed zeros are no marker. Undefined at the end of the file.
 */
export async function nextMarker(file: Bytes, at: number) {
  for (let from = at; ; ) {
    const window = await file.read(from, SEARCHED)
    for (let i = window.indexOf(0xff); i !== -1 && i + 1 < window.length; i = window.indexOf(0xff, i + 1)) {
      const marker = window[i + 1] as number
      if (marker !== 0 && marker !== 0xff) return { marker, start: from + i, next: from + i + 2 }
    }
    if (window.length < 2) return undefined
    // Read the last byte again: it may be the first half of a marker.
    from += window.length - 1
  }
}

/** Where the next marker begins that is no restart marker. */
async function markerAfter(file: Bytes, at: number): Promise<number> {
  for (let from = at; ; ) {
    const found = await nextMarker(file, from)
    if (!found || found.marker < 0xc0) throw refused('unclean')
    if (found.marker < RST0 || found.marker > RST7) return beforeForeign(file, at, found.start)
    from = found.next
  }
}

/** In damaged data nobody can tell where the picture ends: it ends at `from` when something else comes before `to`. */
async function beforeForeign(file: Bytes, from: number, to: number): Promise<number> {
  for (let at = from; at < to; at += WINDOW) {
    const window = await readExactly(file, at, Math.min(WINDOW + 16, to - at))
    if (foreign.test(window.toString('latin1'))) return from
  }
  return to
}
