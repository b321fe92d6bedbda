import type { Huffman } from './bits.js'

/** What the headers before a scan say: the frame, the restart interval and the Huffman tables in force. */
export interface Decoder {
  frame: Frame | undefined
  /** In units; 0 for none. */
  restartInterval: number
  /** By class (0 DC, 1 AC) × 16 + identifier. */
  tables: Map<number, Huffman>
}

/** A frame header (ITU-T T.81, B.2.2). */
export interface Frame {
  /** `huffman`: sequential; `other`: arithmetic coding, lossless. */
  coding: 'huffman' | 'progressive' | 'other'
  width: number
  /** 0 when a DNL segment after the first scan tells it. */
  height: number
  components: Component[]
  /** The largest sampling factors. */
  h: number
  v: number
}

export interface Component {
  id: number
  h: number
  v: number
  /** Blocks in a row, and rows of blocks, as coded in a scan of this component alone. */
  columns: number
  rows: number
  /** Blocks in a row as stored, whole units. */
  stride: number
  /** Which coefficients of each block are not zero: two words of 32 bits a block. Only for progressive frames. */
  nonzero: Uint32Array | undefined
  /** Whether a scan of it was seen. */
  seen: boolean
}

/** One scan's header (B.2.3). */
export interface Scan {
  components: { component: Component; dc: number; ac: number }[]
  from: number
  to: number
  /** The bit position of the previous scan of the same coefficients; 0 for the first one. */
  high: number
}

/** A larger progressive picture is not decoded: its coefficients would take more than 50 MB. */
const MAX_PROGRESSIVE_PIXELS = 2 ** 27

/** Parses a frame header's body; undefined when it makes no sense. */
export function frameOf(marker: number, body: Buffer): Frame | undefined {
  const count = body[5]
  if (!count || count > 4 || body.length !== 6 + 3 * count) return undefined
  const [height, width] = [body.readUInt16BE(1), body.readUInt16BE(3)]
  const raw = Array.from({ length: count }, (_, i) => {
    const [id, sampling] = [body[6 + 3 * i] as number, body[7 + 3 * i] as number]
    return { id, h: sampling >> 4, v: sampling & 15 }
  })
  if (width === 0 || raw.some(({ h, v }) => h < 1 || h > 4 || v < 1 || v > 4)) return undefined
  const [h, v] = [Math.max(...raw.map((c) => c.h)), Math.max(...raw.map((c) => c.v))]
  const large = width * height > MAX_PROGRESSIVE_PIXELS
  const coding = marker === 0xc0 || marker === 0xc1 ? 'huffman' : marker === 0xc2 && !large ? 'progressive' : 'other'
  const units = { across: Math.ceil(width / (8 * h)), down: Math.ceil(height / (8 * v)) }
  const components = raw.map((c): Component => {
    const stride = units.across * c.h
    return {
      ...c,
      columns: Math.ceil(Math.ceil((width * c.h) / h) / 8),
      rows: Math.ceil(Math.ceil((height * c.v) / v) / 8),
      stride,
      nonzero: coding === 'progressive' ? new Uint32Array(stride * units.down * c.v * 2) : undefined,
      seen: false,
    }
  })
  return { coding, width, height, components, h, v }
}

/** Parses a scan header's body; undefined when it does not fit the frame. */
export function scanOf(body: Buffer, frame: Frame): Scan | undefined {
  const count = body[0]
  if (!count || count > frame.components.length || body.length !== 4 + 2 * count) return undefined
  const components: Scan['components'] = []
  for (let i = 0; i < count; i++) {
    const component = frame.components.find((c) => c.id === body[1 + 2 * i])
    if (!component || components.some((c) => c.component === component)) return undefined
    const tables = body[2 + 2 * i] as number
    components.push({ component, dc: tables >> 4, ac: tables & 15 })
  }
  const [from, to, approximation] = [...body.subarray(1 + 2 * count)] as [number, number, number]
  if (frame.coding !== 'progressive') return { components, from: 0, to: 63, high: 0 }
  if (to > 63 || from > to || (from === 0 && to !== 0) || (from > 0 && count > 1)) return undefined
  return { components, from, to, high: approximation >> 4 }
}
