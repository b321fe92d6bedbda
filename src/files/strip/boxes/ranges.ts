import { refused } from '../../../core/attachment/attachment.js'

/** A film of 100 MB has some thousand chunks of data. */
const MAX_RANGES = 2 ** 20

/** Byte ranges of a file, in any order. */
export class Ranges {
  private ends: number[] = []
  private starts: number[] = []
  private sorted: [from: number, to: number][] | undefined

  /** Throws FileFault (`unclean`) when there are too many. */
  add(from: number, to: number): void {
    this.sorted = undefined
    const last = this.starts.length - 1
    if (!(to > from)) return
    if (this.ends[last] === from) this.ends[last] = to
    else if (this.starts.length >= MAX_RANGES) throw refused('unclean')
    else {
      this.starts.push(from)
      this.ends.push(to)
    }
  }

  /** The parts of a range that no added range covers. */
  gaps(from: number, to: number): [from: number, to: number][] {
    const found: [number, number][] = []
    let at = from
    for (const [start, end] of this.merged()) {
      if (end <= at) continue
      if (start >= to) break
      if (start > at) found.push([at, start])
      at = end
    }
    if (at < to) found.push([at, to])
    return found
  }

  private merged(): [number, number][] {
    if (this.sorted) return this.sorted
    const all = this.starts
      .map((from, i): [number, number] => [from, this.ends[i] as number])
      .sort((a, b) => a[0] - b[0])
    const merged: [number, number][] = []
    for (const range of all) {
      const last = merged.at(-1)
      if (last && range[0] <= last[1]) last[1] = Math.max(last[1], range[1])
      else merged.push(range)
    }
    this.sorted = merged
    return merged
  }
}
