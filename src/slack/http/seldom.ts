/** Equal warnings within this time become one. */
const QUIET_MS = 10_000
const MAX_KINDS = 100

/** Passes on each warning, and repetitions of it only now and then, with their number: a flood of requests must not flood the log. */
export function seldom(warn: (what: string) => void): (what: string) => void {
  const last = new Map<string, { at: number; more: number }>()
  return (what) => {
    const now = performance.now()
    const before = last.get(what)
    if (before && now - before.at < QUIET_MS) return void before.more++
    if (last.size >= MAX_KINDS) last.clear()
    last.set(what, { at: now, more: 0 })
    warn(before && before.more > 0 ? `${what} (and ${before.more} more times)` : what)
  }
}
