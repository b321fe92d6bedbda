import { setTimeout as wait } from 'node:timers/promises'

/** A wait that takes longer than this hangs, however busy the machine is. Shorter than a test's own limit, to say what was missing. */
export const HANG_MS = 1_800_000
const POLL_MS = 5

/** Waits for a state and returns what the condition returned. Throws an error that names it when it never comes. */
export async function until<T>(condition: () => T | Promise<T>, what: string): Promise<NonNullable<T>> {
  for (const end = performance.now() + HANG_MS; performance.now() < end; await wait(POLL_MS)) {
    const found = await condition()
    if (found) return found
  }
  throw new Error(`Never happened: ${what}`)
}
