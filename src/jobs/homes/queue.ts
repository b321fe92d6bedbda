/** Homes that are to be drawn anew, each once: those that a change surely concerns before those that it may concern. */
export function homeQueue() {
  const soon = new Set<string>()
  const later = new Set<string>()
  /** Until when each home is left as it is; in ms since the process began. */
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
    /** The first whose turn has come. */
    next(now: number): string | undefined {
      for (const [account, at] of turns) if (at <= now) turns.delete(account)
      for (const set of [soon, later]) for (const account of set) if (!turns.has(account)) return account
      return undefined
    },
    /** How long until the turn of the next, in ms; a second when there is none. */
    waitMs(now: number): number {
      let first = now + 1000
      for (const set of [soon, later]) for (const account of set) first = Math.min(first, turns.get(account) ?? now)
      return first - now
    },
    size: (): number => soon.size + later.size,
  }
}
