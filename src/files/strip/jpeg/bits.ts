import type { Bytes } from '../bytes.js'

const WINDOW = 64 * 1024
/** More than one unit of a scan can take: 10 blocks of 64 coefficients, each of at most 31 bits, all bytes stuffed. */
const MARGIN = 8 * 1024

/**
 * A table that decodes one Huffman code from the next 16 bits: the code's length in the high byte, its value in the low
 * one; 0 where no code begins like that.
 */
export type Huffman = Uint16Array

/** The table of a DHT segment (ITU-T T.81, annex C). Undefined when the lengths do not make a code. */
export function huffmanTable(counts: Buffer, values: Buffer): Huffman | undefined {
  const table = new Uint16Array(65536)
  let [code, next] = [0, 0]
  for (let length = 1; length <= 16; length++) {
    const span = 1 << (16 - length)
    for (let n = counts[length - 1] as number; n > 0; n--) {
      if (code + span > 65536) return undefined
      table.fill((length << 8) | (values[next++] as number), code, code + span)
      code += span
    }
  }
  return table
}

/**
 * The bits of a scan, as libjpeg reads them (`jdhuff.c`): stuffed zeros are left out, a marker ends the data, after it come
 * zeros. `refill` must be awaited between two units while `isLow`; everything else works within the window.
 */
export class ScanBits {
  /** A marker, or the end of the file, was reached and zeros were read in place of data. */
  starved = false
  /** Where the first code that is none was read, as an offset in the file. */
  badAt: number | undefined
  private window: Buffer = Buffer.alloc(0)
  private windowAt: number
  private next = 0
  private bits = 0
  private count = 0
  private ended = false
  /** Offsets after the last bytes read: bytes read ahead are given back at the end. */
  private readonly trail = new Float64Array(8)
  private read = 0

  constructor(
    private readonly file: Bytes,
    at: number,
  ) {
    this.windowAt = at
  }

  get isLow(): boolean {
    return this.window.length - this.next < MARGIN && this.windowAt + this.window.length < this.file.size
  }

  async refill(): Promise<void> {
    this.windowAt += this.next
    this.window = await this.file.read(this.windowAt, WINDOW)
    this.next = 0
  }

  /** Where the bytes end of which at least one bit was used. */
  get position(): number {
    const unread = this.starved ? 0 : this.count >> 3
    return this.read <= unread
      ? this.windowAt + this.next - unread
      : (this.trail[(this.read - 1 - unread) & 7] as number)
  }

  /** Begins again at an offset, after a restart marker. */
  async seek(at: number): Promise<void> {
    this.next = at - this.windowAt
    this.bits = this.count = this.read = 0
    this.starved = this.ended = false
    if (this.next < 0 || this.next > this.window.length || this.isLow) {
      ;[this.windowAt, this.next] = [at, 0]
      await this.refill()
    }
  }

  /** Skips `n` bits, at most 16. */
  skip(n: number): void {
    if (this.count < n) this.fill(n)
    this.count -= n
  }

  /** The next `n` bits, at most 16. */
  take(n: number): number {
    this.skip(n)
    return (this.bits >>> this.count) & ((1 << n) - 1)
  }

  /** Decodes one value; like libjpeg, what is no code counts as zero. */
  decode(table: Huffman): number {
    if (this.count < 16) this.fill(16, true)
    const found =
      this.count < 16
        ? (table[(this.bits << (16 - this.count)) & 0xffff] as number)
        : (table[(this.bits >>> (this.count - 16)) & 0xffff] as number)
    const length = found === 0 ? 16 : found >> 8
    if (found === 0) this.badAt ??= this.position
    this.skip(length)
    return found & 0xff
  }

  private fill(wanted: number, peek = false): void {
    while (this.count <= 16 && !this.ended) {
      const byte = this.window[this.next]
      if (byte === undefined) {
        this.ended = true
      } else if (byte !== 0xff) {
        this.push(byte, 1)
      } else {
        let code = this.next + 1
        while (this.window[code] === 0xff) code++
        if (this.window[code] === 0) this.push(0xff, code + 1 - this.next)
        else this.ended = true
      }
    }
    if (this.count >= wanted || peek) return
    this.starved = true
    this.bits = (this.bits << 16) >>> 0
    this.count += 16
  }

  private push(byte: number, length: number): void {
    this.next += length
    this.bits = ((this.bits << 8) | byte) >>> 0
    this.count += 8
    this.trail[this.read++ & 7] = this.windowAt + this.next
  }
}
