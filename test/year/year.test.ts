import { expect, test } from 'vitest'
import { worksIn2024 } from './calendar.js'
import { liveYear } from './live.js'

/** The same year each time, so that a red run is red again; SEED=… lives another, and says what happened in it. */
const SEED = Number(process.env.SEED ?? 484)

test('a year of 500 units and two reviews, killed 100 times over a Slack that fails: each head gets each rung once', async () => {
  const year = await liveYear({ seed: SEED, units: 500, kills: 100, works: worksIn2024 })
  if (process.env.SEED) console.log(year)
  expect(year.kills).toBe(100)
})
