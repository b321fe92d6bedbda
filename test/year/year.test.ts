import { expect, test } from 'vitest'
import { worksIn2024 } from './calendar.js'
import { liveYear } from './live.js'

const SEED = Number(process.env.SEED ?? 484)

test('a year of 500 units and two reviews, killed 100 times over a Slack that fails: each head gets each rung once', async () => {
  const began = performance.now()
  const year = await liveYear({ seed: SEED, units: 500, kills: 100, works: worksIn2024 })
  if (process.env.SEED) console.log(year, Math.round(performance.now() - began), process.cpuUsage())
  expect(year.kills).toBe(100)
}, 300_000)
