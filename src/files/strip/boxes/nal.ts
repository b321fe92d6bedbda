import { type Bytes, type Patch, readExactly } from '../bytes.js'
import type { Box } from './boxes.js'

/** How the units of H.264 and H.265 lie in samples: each after its length, in so many bytes (ISO/IEC 14496-15). */
export interface Nal {
  codec: 'avc' | 'hevc'
  lengthSize: number
}

/** Units that a decoder needs; HEVC's 62 and 63 are Dolby Vision's second layer. Others can hold anything. */
const units = {
  avc: new Set([1, 2, 3, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21]),
  hevc: new Set([...Array.from({ length: 39 }, (_, i) => i), 62, 63]),
}
const sei = { avc: [6], hevc: [39, 40] }
/**
 * Messages (SEI; H.264 and H.265, annex D; H.274) that tell when and how pictures are shown: buffering and timing, recovery,
 * film grain, frame packing, orientation, tone and colours, 360° projections, alpha. Not texts, clocks and users' data: there
 * an encoder writes its settings, and a camera its position.
 */
const messages = new Set([
  ...[0, 1, 3, 6, 7, 19, 22, 23, 45, 47, 128, 129, 130, 131, 132, 134, 135, 137, 142, 144, 147, 148, 149, 150, 151],
  ...[152, 153, 154, 155, 156, 165, 168, 176, 177, 178],
])
/** Registered users' data that are needed: the tone mapping of HDR10+ (CTA-861, annex S). */
const [REGISTERED, HDR10_PLUS] = [4, Buffer.from('b5003c000104', 'hex')]
const FILLER_MESSAGE = 3
const [FILLER_AVC, FILLER_HEVC] = [12, 38]
const MAX_SEI = 1024 * 1024

/**
 * Patches for a run of samples: messages and units that a decoder does not need become filler of the same length. Bytes after a
 * damaged length stay.
 */
export async function nalPatches(file: Bytes, from: number, to: number, { codec, lengthSize }: Nal): Promise<Patch[]> {
  const patches: Patch[] = []
  for (let at = from; at + lengthSize < to; ) {
    const head = await file.read(at, lengthSize + 2)
    if (head.length < lengthSize + 2) break
    const start = at + lengthSize
    at = start + head.readUIntBE(0, lengthSize)
    if (at > to) break
    patches.push(...(await unitPatches(file, start, at, codec)))
  }
  return patches
}

/** Patches for H.265's configuration (`hvcC`), whose arrays may hold messages too. */
export async function configurationPatches(file: Bytes, { from, to }: Box): Promise<Patch[]> {
  const patches: Patch[] = []
  if (to - from < 23) return patches
  let [arrays, at] = [(await readExactly(file, from + 22, 1))[0] as number, from + 23]
  for (; arrays > 0 && at + 3 <= to; arrays--) {
    let count = (await readExactly(file, at + 1, 2)).readUInt16BE()
    for (at += 3; count > 0 && at + 2 <= to; count--) {
      const end = at + 2 + (await readExactly(file, at, 2)).readUInt16BE()
      if (end > to) return patches
      patches.push(...(await unitPatches(file, at + 2, end, 'hevc')))
      at = end
    }
  }
  return patches
}

async function unitPatches(file: Bytes, from: number, to: number, codec: Nal['codec']): Promise<Patch[]> {
  const header = codec === 'avc' ? 1 : 2
  if (to - from <= header) return []
  const [first] = await readExactly(file, from, 1)
  const type = codec === 'avc' ? (first as number) & 31 : ((first as number) >> 1) & 63
  if (units[codec].has(type)) return []
  const unit = await readExactly(file, from, Math.min(to - from, MAX_SEI))
  const clean = sei[codec].includes(type) && unit.length === to - from ? withoutTexts(unit, header) : undefined
  if (clean?.equals(unit)) return []
  if (clean) return [{ from, to, bytes: clean, fill: 0 }]
  const start = codec === 'avc' ? [FILLER_AVC] : [FILLER_HEVC << 1, unit[1] as number]
  return [
    { from, to: to - 1, bytes: Buffer.from(start.slice(0, to - 1 - from)), fill: 0xff },
    { from: to - 1, to, bytes: Buffer.from([0x80]), fill: 0 },
  ]
}

/** A unit of messages with only listed ones, and filler for the rest; undefined where no filler fits. */
function withoutTexts(unit: Buffer, header: number): Buffer | undefined {
  const found = messagesOf(unescaped(unit.subarray(header)))
  if (found?.every((m) => m.isKept)) return unit
  const kept = Buffer.concat((found ?? []).filter((m) => m.isKept).map((m) => m.bytes))
  const taken = escaped(Buffer.concat([kept, Buffer.from([FILLER_MESSAGE])])).length - 1
  const filler = fillerOf(unit.length - header - taken - 1)
  if (!filler) return undefined
  const body = escaped(Buffer.concat([kept, filler, Buffer.from([0x80])]))
  return body.length === unit.length - header ? Buffer.concat([unit.subarray(0, header), body]) : undefined
}

/** The messages of a unit (H.264, 7.3.2.3.1); undefined when they cannot be told apart. */
function messagesOf(body: Buffer): { bytes: Buffer; isKept: boolean }[] | undefined {
  const found: { bytes: Buffer; isKept: boolean }[] = []
  const end = body.lastIndexOf(0x80)
  for (let at = 0; at < end; ) {
    const start = at
    const number = () => {
      let n = 0
      while (body[at] === 255) n += body[at++] as number
      return n + (body[at++] ?? 0)
    }
    const [type, size] = [number(), number()]
    if (at + size > end) return undefined
    const isKept = messages.has(type) || (type === REGISTERED && body.subarray(at, at + size).indexOf(HDR10_PLUS) === 0)
    at += size
    found.push({ bytes: body.subarray(start, at), isKept })
  }
  return end < 0 ? undefined : found
}

/** Filler messages of a length together; a length of 257 needs two. */
function fillerOf(length: number): Buffer | undefined {
  if (length < 2) return undefined
  const long = Math.floor((length - 2) / 256)
  const size = length - 2 - long
  if (Math.floor(size / 255) !== long)
    return Buffer.concat([Buffer.from([FILLER_MESSAGE, 0]), fillerOf(length - 2) as Buffer])
  return Buffer.concat([
    Buffer.from([FILLER_MESSAGE]),
    Buffer.alloc(long, 0xff),
    Buffer.from([size % 255]),
    Buffer.alloc(size, 0xff),
  ])
}

/** Without, and with, the bytes that keep start codes out of a unit (H.264, 7.4.1.1). */
function unescaped(bytes: Buffer): Buffer {
  const found: number[] = []
  let zeros = 0
  for (const byte of bytes) {
    if (zeros >= 2 && byte === 3) zeros = 0
    else {
      found.push(byte)
      zeros = byte === 0 ? zeros + 1 : 0
    }
  }
  return Buffer.from(found)
}

function escaped(bytes: Buffer): Buffer {
  const found: number[] = []
  let zeros = 0
  for (const byte of bytes) {
    if (zeros >= 2 && byte <= 3) {
      found.push(3)
      zeros = 0
    }
    found.push(byte)
    zeros = byte === 0 ? zeros + 1 : 0
  }
  return Buffer.from(found)
}
