import { afterEach, beforeEach, expect, test } from 'vitest'
import { instant, worksIn2024 } from './calendar.js'
import type { Staff } from './college.js'
import { setYear, type Year } from './stage.js'

/** Five working days before the review, and the day after. */
const [DAY, NEXT] = ['2024-04-23', '2024-04-24']

let year: Year
let [other, head] = [] as unknown as [Staff, Staff]
beforeEach(async () => {
  year = await setYear({ seed: 7, units: 30, works: worksIn2024 })
  year.world.goTo(instant('2024-04-19', 7 * 60))
  await year.setDates({ preliminary: '2024-05-03' })
  await tick('2024-04-19', 17)
  ;[other, head] = [20, 21].map((n) => year.college.units[n]?.heads[0]) as [Staff, Staff]
})
afterEach(() => year.end())

async function tick(date: string, hour: number): Promise<void> {
  year.world.goTo(instant(date, hour * 60))
  await year.world.ask((life) => life.tick())
  await year.world.settle()
}
const got = (staff: Staff) =>
  year.slack.posts.filter(
    (p) => p.account === staff.account && p.key.startsWith('reminder:') && p.at >= instant(DAY, 0),
  ).length

// The bot was down in the afternoon, so the rung is still open for people with a later hour.
test('a head who was reminded at 08:00 and then chose a later hour is not reminded of the same rung again', async () => {
  await year.lives.wish(other, 16, true)
  await tick(DAY, 8)
  await year.lives.wish(head, 15, true)
  await tick(NEXT, 8)
  await tick(NEXT, 17)
  expect([got(head), got(other)]).toEqual([1, 1])
})

test('a head who chose 08:00 before the later hour of that day is still reminded of the rung', async () => {
  await year.lives.wish(head, 16, true)
  year.world.goTo(instant('2024-04-22', 9 * 60))
  await tick(DAY, 8)
  await year.lives.wish(head, 8, true)
  await tick(NEXT, 8)
  await tick(NEXT, 17)
  expect(got(head)).toBe(1)
})
