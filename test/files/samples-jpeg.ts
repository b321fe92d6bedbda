import { segment } from '../../src/files/strip/jpeg/jpeg.js'

/** A generator of numbers below 2³², the same for the same seed (mulberry32). */
export function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return (t ^ (t >>> 14)) >>> 0
  }
}

/** Writes bits as a scan has them: a zero is stuffed after each 0xFF, and the last byte is filled with ones. */
class Bits {
  readonly bytes: number[] = []
  private byte = 0
  private free = 8
  put(value: number, length: number): void {
    for (let bit = length - 1; bit >= 0; bit--) {
      this.byte = (this.byte << 1) | ((value >> bit) & 1)
      if (--this.free === 0) this.flushByte()
    }
  }
  flush(): void {
    while (this.free < 8) this.put(1, 1)
  }
  private flushByte(): void {
    this.bytes.push(this.byte, ...(this.byte === 0xff ? [0] : []))
    ;[this.byte, this.free] = [0, 8]
  }
}

/** Two codes of two bits a table: DC values of 8 and 12 bits; the end of a block, and one coefficient of 6 bits. */
const huffman = (id: number, values: [number, number]) =>
  segment(0xc4, Buffer.from([id, 0, 2, ...Array(14).fill(0), ...values]))
const quantization = segment(0xdb, Buffer.concat([Buffer.from([0]), Buffer.alloc(64, 1)]))

/** What a grey sequential JPEG is made of; `rows` restart intervals of 16 blocks each. */
export function greyJpeg({ rows = 600, seed = 1, restarts = true } = {}) {
  const next = random(seed)
  const size = Buffer.alloc(4)
  size.writeUInt16BE(rows * 8)
  size.writeUInt16BE(128, 2)
  const frame = segment(0xc0, Buffer.concat([Buffer.from([8]), size, Buffer.from([1, 1, 0x11, 0])]))
  const head = [quantization, frame, huffman(0, [8, 12]), huffman(0x10, [0, 6])]
  if (restarts) head.push(segment(0xdd, Buffer.from([0, 16])))
  const bits = new Bits()
  for (let row = 0; row < rows; row++) {
    for (let block = 0; block < 16; block++) {
      const isLong = next() % 4 === 0
      bits.put(isLong ? 1 : 0, 2)
      bits.put(next(), isLong ? 12 : 8)
      // A coefficient of 6 bits, sometimes; then the end of the block.
      for (let n = next() % 3; n > 0; n--) {
        bits.put(1, 2)
        bits.put(next(), 6)
      }
      bits.put(0, 2)
    }
    if (!restarts || row === rows - 1) continue
    bits.flush()
    bits.bytes.push(0xff, 0xd0 + (row % 8))
  }
  bits.flush()
  return { head, scanHead: segment(0xda, Buffer.from([1, 1, 0, 0, 63, 0])), scan: Buffer.from(bits.bytes) }
}
