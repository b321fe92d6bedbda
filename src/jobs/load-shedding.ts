/** Tells whether many people are waiting for answers, so that what the bot does by itself can step back for them. */
export interface Rush {
  /** One more request was answered. */
  answered(): void
  isOn(): boolean
}

/** Requests under way at once that are a rush. */
const IN_HAND = 5
/** So are as many that were answered within the last moments: between two batches nothing may be under way. */
const ANSWERED = 25
const MOMENT_MS = 250

/** `inHand`: requests whose answers are not all out yet. */
export function startRush(inHand: () => number): Rush {
  let from = 0
  let [now, before] = [0, 0]
  function turn(): void {
    const passed = performance.now() - from
    if (passed < MOMENT_MS) return
    before = passed < 2 * MOMENT_MS ? now : 0
    now = 0
    from = performance.now()
  }
  return {
    answered() {
      turn()
      now++
    },
    isOn() {
      turn()
      return inHand() >= IN_HAND || Math.max(now, before) >= ANSWERED
    },
  }
}

/** How long what the bot does by itself steps back, at most, for people who are waiting for an answer. */
export const STEP_BACK_MS = 3000

/** Whether to step back just now: during a rush, but for so long only. */
export function stepBack(isBusy: () => boolean): () => boolean {
  let calmAt = performance.now()
  return () => {
    if (!isBusy()) {
      calmAt = performance.now()
      return false
    }
    return performance.now() - calmAt < STEP_BACK_MS
  }
}
