import { expect, test } from 'vitest'
import { worksIn2024 } from './calendar.js'
import { liveYear } from './live.js'

/** The same year each time, so that a failure can be reproduced; SEED=… runs another and prints what happened. */
const SEED = Number(process.env.SEED ?? 484)

test('in a year of 500 units, two reviews, 100 kills and a failing Slack, each head gets each rung once', async () => {
  const year = await liveYear({ seed: SEED, units: 500, kills: 100, works: worksIn2024 })
  if (process.env.SEED) console.log(year)
  expect(year.kills).toBe(100)
})
