import { randomFillSync } from 'node:crypto'

/** Random bytes are asked for a page at a time: asking for sixteen costs as much as asking for four thousand. */
const pool = Buffer.alloc(4096)
let used = pool.length
let last = 0
let sequence = 0

/**
 * A UUID of version 7 (RFC 9562): its first 48 bits are the time in ms, the next 12 count up within one of them, so that
 * later ids of a process sort after earlier ones.
 */
export function newId(): string {
  const now = Date.now()
  if (now > last) {
    last = now
    sequence = 0
  } else if (++sequence > 0xfff) {
    // Borrowed from the time to come, which soon catches up.
    last++
    sequence = 0
  }
  if (used + 8 > pool.length) {
    randomFillSync(pool)
    used = 0
  }
  const time = last.toString(16).padStart(12, '0')
  const count = sequence.toString(16).padStart(3, '0')
  // Two bits of the variant, `10`, before the random ones.
  const variant = (((pool[used] as number) & 0x3f) | 0x80).toString(16)
  const random = variant + pool.toString('hex', used + 1, used + 8)
  used += 8
  return `${time.slice(0, 8)}-${time.slice(8)}-7${count}-${random.slice(0, 4)}-${random.slice(4)}`
}
