import { describe, expect, it } from 'vitest'
import { isWorkingDay2024 } from './calendar.js'
import { simulateYear } from './simulate-year.js'

/** Fixed, so that a failure can be reproduced. SEED=… runs another year and prints its counts. */
const SEED = Number(process.env.SEED ?? 484)

describe('a simulated year of 500 units', () => {
  it('sends each head each rung once when Slack fails and the bot is killed 100 times', async () => {
    const year = await simulateYear({ seed: SEED, units: 500, kills: 100, isWorkingDay: isWorkingDay2024 })
    if (process.env.SEED) console.log(year)
    expect(year.kills).toBe(100)
  })
})
