import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { instant, isWorkingDay2024 } from './calendar.js'
import type { Staff } from './college.js'
import { createYearFixture, type YearFixture } from './year-fixture.js'

/** The rung of ten working days before the review, a Friday. */
const [DAY, REVIEW] = ['2024-06-14', '2024-06-28']

let year: YearFixture
let head: Staff
beforeEach(async () => {
  year = await createYearFixture({ seed: 7, units: 30, isWorkingDay: isWorkingDay2024 })
  head = year.college.units[20]?.heads[0] as Staff
  year.simulation.setTime(instant('2024-06-03', 7 * 60))
  await year.setDates({ preliminary: REVIEW })
  await tick('2024-06-03', 8)
  await tick(DAY, 8)
})
afterEach(() => year.close())

async function tick(date: string, hour: number): Promise<void> {
  year.simulation.setTime(Math.max(year.simulation.now(), instant(date, hour * 60)))
  await year.simulation.runOnBot((bot) => bot.tick())
  await year.simulation.settle()
}
async function move(date: string): Promise<void> {
  await year.setDates({ preliminary: date })
  await year.simulation.settle()
}
const reminders = () => year.slack.posts.filter((p) => p.account === head.account && p.key.startsWith('reminder:'))
/** What the last reminder says of a review, and the number of criteria that it says are missing. */
function lastReminder(): { headings: string[]; missing: string | undefined } {
  const { summary, blocks } = reminders().at(-1)?.card ?? { summary: '', blocks: [] }
  const text = JSON.stringify(blocks)
  return {
    headings: [...text.matchAll(/(Còn \d+ ngày làm việc đến|Hôm nay|Đã qua) \S+ \S+ \(([\d/]+)\)/g)].map((m) => m[0]),
    missing: /còn thiếu (\d+) tiêu chí/.exec(summary)?.[1],
  }
}

describe('a review that is moved after the reminder of the day', () => {
  it('is named once, by its new date, though a rung of that is due the same day', async () => {
    const { missing } = lastReminder()
    await move('2024-06-21')
    await tick(DAY, 12)
    expect(reminders()).toHaveLength(2)
    expect(lastReminder()).toEqual({ headings: ['Còn 5 ngày làm việc đến sơ kết (21/06/2024)'], missing })
  })

  it('is named by its old date again when it is moved back', async () => {
    const before = lastReminder()
    await move('2024-06-21')
    await tick(DAY, 12)
    await move(REVIEW)
    await tick(DAY, 15)
    expect(reminders()).toHaveLength(2)
    expect(lastReminder()).toEqual(before)
  })

  it('is named by its new date also where no rung of that is due', async () => {
    await move('2024-11-22')
    expect(reminders()).toHaveLength(2)
    expect(lastReminder().headings).toEqual(['Còn 113 ngày làm việc đến sơ kết (22/11/2024)'])
  })
})

describe('an older reminder', () => {
  it('becomes one line when a newer one says the same, without any change', async () => {
    expect(reminders()).toHaveLength(2)
    const [older, newer] = reminders().map((p) => JSON.stringify(p.card))
    expect(older).toContain('đã nhắc lại ngày 14/06/2024')
    expect(older).not.toContain('submission.new')
    expect(newer).toContain('submission.new')
  })

  it('becomes one line also when a unit that it names was completed meanwhile', async () => {
    // A head of two units.
    const [one, two] = [year.college.units[4], year.college.units[5]]
    head = one?.heads[0] as Staff
    expect(two?.heads).toEqual([head])
    if (one) await year.people.completeReview(one, 'preliminary')
    await tick('2024-06-21', 8)
    expect(reminders()).toHaveLength(3)
    const repeated = reminders().map((p) => /đã nhắc lại ngày ([\d/]+)/.exec(JSON.stringify(p.card))?.[1])
    expect(repeated).toEqual(['14/06/2024', '21/06/2024', undefined])
  })
})
