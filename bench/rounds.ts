import type { Child } from './child.js'
import { shown } from './figures.js'
import { type Load, load, type Result } from './load.js'

export interface Contender {
  child: Child
  load: Pick<Load, 'bodies' | 'expect'>
}

/** Results of a round, with the CPU time per request in µs, which a busy machine disturbs least. */
export type Round = Result & { cost: number }

/**
 * Requests before each round that are not measured, for connections, caches and what queued up while the process was
 * stopped. The round follows without a pause: if all connections began at once, that would be most of the 99th percentile.
 */
const WARM = 300

/**
 * Measures the contenders in turn, round after round, while the others are stopped. Returns the results in the order of the
 * rounds. One more round before them is not counted: by its end Node has compiled the hot functions.
 */
export async function interleave<K extends string>(
  contenders: Record<K, Contender>,
  size: { rounds: number; requests: number; concurrency: number },
): Promise<Record<K, Round[]>> {
  const all = Object.entries(contenders) as [K, Contender][]
  const results = Object.fromEntries(all.map(([name]) => [name, [] as Round[]])) as Record<K, Round[]>
  for (const { child } of Object.values<Contender>(contenders)) child.pause()
  for (let round = 0; round <= size.rounds; round++)
    for (const [name, { child, load: what }] of all) {
      child.resume()
      let before = 0
      const begins = () => {
        before = child.cpuTime()
      }
      const at = { ...what, port: child.port, concurrency: size.concurrency }
      const result = await load({ ...at, warm: WARM, begins, count: size.requests })
      if (round > 0) results[name].push({ ...result, cost: ((child.cpuTime() - before) * 1000) / size.requests })
      child.pause()
    }
  for (const { child } of Object.values<Contender>(contenders)) child.resume()
  return results
}

/** One line per contender: requests per second, 99th percentile, CPU time per request. */
export function printRounds(results: Record<string, readonly Round[]>): void {
  for (const [name, r] of Object.entries(results)) {
    const cost = shown(r.map((one) => one.cost))
    console.log(`  ${name.padEnd(26)} ${shown(rates(r))} /s   p99 ${shown(tails(r), 1)} ms   cost ${cost} µs`)
  }
}

export const rates = (results: readonly Result[]): number[] => results.map((r) => r.rate)
export const tails = (results: readonly Result[]): number[] => results.map((r) => r.p99)
