/** Homes to be rendered again, each once; first those that a change certainly concerns. */
export function homeQueue() {
  const soon = new Set<string>()
  const later = new Set<string>()
  /** The earliest time of the next update of each home, on the monotonic clock. */
  const turns = new Map<string, number>()
  return {
    add(account: string, urgent: boolean): void {
      if (urgent) {
        later.delete(account)
        soon.add(account)
      } else if (!soon.has(account)) later.add(account)
    },
    remove(account: string): void {
      soon.delete(account)
      later.delete(account)
    },
    notBefore(account: string, at: number): void {
      turns.set(account, at)
    },
    /** The first home that may be updated now. */
    next(now: number): string | undefined {
      for (const [account, at] of turns) if (at <= now) turns.delete(account)
      for (const set of [soon, later]) for (const account of set) if (!turns.has(account)) return account
      return undefined
    },
    /** The wait until the next home may be updated, in ms; at most a second. */
    waitMs(now: number): number {
      let first = now + 1000
      for (const set of [soon, later]) for (const account of set) first = Math.min(first, turns.get(account) ?? now)
      return first - now
    },
    size: (): number => soon.size + later.size,
  }
}
