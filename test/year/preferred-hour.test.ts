import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { instant, isWorkingDay2024 } from './calendar.js'
import type { Staff } from './college.js'
import { createYearFixture, type YearFixture } from './year-fixture.js'

/** The rung of five working days before the review, and the day after it. */
const [RUNG_DAY, NEXT_DAY] = ['2024-04-23', '2024-04-24']

let year: YearFixture
let [headWithLaterHour, head] = [] as unknown as [Staff, Staff]
beforeEach(async () => {
  year = await createYearFixture({ seed: 7, units: 30, isWorkingDay: isWorkingDay2024 })
  year.simulation.setTime(instant('2024-04-19', 7 * 60))
  await year.setDates({ preliminary: '2024-05-03' })
  await tick('2024-04-19', 17)
  ;[headWithLaterHour, head] = [20, 21].map((n) => year.college.units[n]?.heads[0]) as [Staff, Staff]
})
afterEach(() => year.close())

async function tick(date: string, hour: number): Promise<void> {
  year.simulation.setTime(instant(date, hour * 60))
  await year.simulation.runOnBot((bot) => bot.tick())
  await year.simulation.settle()
}
/** The number of reminders that a person received since the day of the rung. */
const reminderCount = (staff: Staff) =>
  year.slack.posts.filter(
    (p) => p.account === staff.account && p.key.startsWith('reminder:') && p.arrivedAt >= instant(RUNG_DAY, 0),
  ).length

describe('a head who changes the hour of reminders on the day of a rung', () => {
  // No tick runs in the afternoon, so the rung is still open for heads with a later hour.
  it('is not reminded of the rung again when they were reminded at 08:00 and then chose a later hour', async () => {
    await year.people.setPreference(headWithLaterHour, 16, true)
    await tick(RUNG_DAY, 8)
    await year.people.setPreference(head, 15, true)
    await tick(NEXT_DAY, 8)
    await tick(NEXT_DAY, 17)
    expect([reminderCount(head), reminderCount(headWithLaterHour)]).toEqual([1, 1])
  })

  it('is still reminded of the rung when they chose 08:00 before the later hour of that day', async () => {
    await year.people.setPreference(head, 16, true)
    year.simulation.setTime(instant('2024-04-22', 9 * 60))
    await tick(RUNG_DAY, 8)
    await year.people.setPreference(head, 8, true)
    await tick(NEXT_DAY, 8)
    await tick(NEXT_DAY, 17)
    expect(reminderCount(head)).toBe(1)
  })
})

describe('a rung that was missed on its day', () => {
  it('reaches each of two heads who shared an hour once when one of them moves to the afternoon, where the bot is down', async () => {
    year.simulation.setTime(instant(RUNG_DAY, 19 * 60))
    await year.people.setPreference(headWithLaterHour, 16, true)
    await tick(NEXT_DAY, 8)
    await tick('2024-04-25', 8)
    await tick('2024-04-25', 17)
    expect([reminderCount(head), reminderCount(headWithLaterHour)]).toEqual([1, 1])
  })

  it('reaches the deputy of an absent head though the deputy moved to a later hour meanwhile', async () => {
    const [deputy, absent] = [year.college.units[12]?.deputies[0], year.college.units[12]?.heads[0]] as [Staff, Staff]
    year.simulation.setTime(instant('2024-04-22', 9 * 60))
    await year.people.setPreference(absent, 15, true)
    await year.people.enterAbsence(absent, RUNG_DAY, '2024-05-02')
    await tick(RUNG_DAY, 8)
    await year.people.setPreference(deputy, 17, true)
    await tick(NEXT_DAY, 16)
    await tick(NEXT_DAY, 17)
    expect([reminderCount(absent), reminderCount(deputy)]).toEqual([0, 1])
  })
})
