import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { instant, isWorkingDay2024, localTime } from './calendar.js'
import { createYearFixture, type YearFixture } from './year-fixture.js'

let year: YearFixture
beforeEach(async () => {
  year = await createYearFixture({ seed: 7, units: 30, isWorkingDay: isWorkingDay2024 })
  year.simulation.setTime(instant('2024-06-03', 7 * 60))
  await year.setDates({ preliminary: '2024-06-28' })
})
afterEach(() => year.close())

async function tick(date: string): Promise<void> {
  year.simulation.setTime(instant(date, 8 * 60))
  await year.simulation.runOnBot((bot) => bot.tick())
  await year.simulation.settle(instant(date, 12 * 60))
}
/** The days on which messages of a kind arrived, since a day, to one person. */
const days = (account: string, keyPrefix: string, since: string) =>
  year.slack.posts
    .filter((p) => p.account === account && p.key.startsWith(keyPrefix) && p.arrivedAt >= instant(since, 0))
    .map((p) => localTime(p.arrivedAt).date)
    .filter((day) => day < '2024-12-01')

describe('a tick months ahead of the clock', () => {
  it('silences no digest of the days that follow', async () => {
    const [office, board] = [year.college.office[0]?.account ?? '', year.college.board.account]
    await tick('2024-06-03')
    await tick('2024-07-01')
    await tick('2024-07-18')
    await tick('2024-12-10')
    await tick('2024-07-02')
    await tick('2024-07-03')
    expect(days(office, 'late:', '2024-07-01')).toEqual(['2024-07-01', '2024-07-18', '2024-07-02', '2024-07-03'])
    const unit = year.college.units[20]
    if (unit) await year.people.submitEvidence(unit)
    await tick('2024-07-08')
    // The one of 18 July asks for the closing of a review whose reminders were over by then.
    expect(days(board, 'digest:', '2024-07-08')).toEqual(['2024-07-18', '2024-07-08'])
  })
})
