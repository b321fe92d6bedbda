import { vi } from 'vitest'

const STEP_MS = 5
const turn = () => new Promise<void>((done) => setImmediate(done))

/** From now on the timers and clocks of this process advance only while a test lets time pass; undone by `vi.useRealTimers()`. */
export const stopTime = (): void =>
  void vi.useFakeTimers({
    toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date', 'performance'],
  })

/** Advances the time in small steps, between which the process does what is due and the store commits. */
export async function pass(ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= STEP_MS) {
    await vi.advanceTimersByTimeAsync(Math.min(STEP_MS, left))
    await turn()
    await turn()
  }
}

/** Advances the time until a promise settles; returns what it returned. */
export async function passUntil<T>(work: Promise<T>): Promise<T> {
  let settled = false
  const done = () => {
    settled = true
  }
  work.then(done, done)
  while (!settled) await pass(STEP_MS)
  return work
}
