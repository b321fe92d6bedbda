/** Random numbers that a seed reproduces. */
export interface Dice {
  /** A number from 0 up to 1. */
  (): number
  /** Whether something of this probability happens. */
  hit(probability: number): boolean
  /** A whole number from `from` to `to`, both included. */
  between(from: number, to: number): number
  pick<T>(list: readonly T[]): T
}

/** The random numbers of a seed (mulberry32). */
export function dice(seed: number): Dice {
  let a = seed
  const roll = () => {
    a = (a + 0x6d2b79f5) | 0
    let t = Math.imul(a ^ (a >>> 15), 1 | a)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
  const between = (from: number, to: number) => from + Math.floor(roll() * (to - from + 1))
  return Object.assign(roll, {
    hit: (probability: number) => roll() < probability,
    between,
    pick: <T>(list: readonly T[]) => list[between(0, list.length - 1)] as T,
  })
}
