import { randomFillSync } from 'node:crypto'

/** Random bytes are generated 4096 at a time, since a call for 8 costs about as much. */
const pool = Buffer.alloc(4096)
let used = pool.length
let last = 0
let sequence = 0

/**
 * Generates a UUID of version 7 (RFC 9562): 48 bits of time in ms, then a 12-bit counter within the millisecond (method 1),
 * then 62 random bits. The ids of a process sort in the order of their creation, even when the clock is set back.
 */
export function newId(): string {
  const now = Date.now()
  if (now > last) {
    last = now
    sequence = 0
  } else if (++sequence > 0xfff) {
    // The counter is full: use the next millisecond ahead of the clock, as RFC 9562, 6.2 allows.
    last++
    sequence = 0
  }
  if (used + 8 > pool.length) {
    randomFillSync(pool)
    used = 0
  }
  const time = last.toString(16).padStart(12, '0')
  const count = sequence.toString(16).padStart(3, '0')
  // The two variant bits, `10`, before the random ones.
  const variant = (((pool[used] as number) & 0x3f) | 0x80).toString(16)
  const random = variant + pool.toString('hex', used + 1, used + 8)
  used += 8
  return `${time.slice(0, 8)}-${time.slice(8)}-7${count}-${random.slice(0, 4)}-${random.slice(4)}`
}
