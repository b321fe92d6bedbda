import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { instant, isWorkingDay2024, localTime } from './calendar.js'
import type { CollegeUnit, Staff } from './college.js'
import { noFaults } from './unreliable-slack.js'
import { createYearFixture, type YearFixture } from './year-fixture.js'

let year: YearFixture
beforeEach(async () => {
  year = await createYearFixture({ seed: 7, units: 30, isWorkingDay: isWorkingDay2024 })
})
afterEach(() => year.close())

const at = (date: string, hour: number, minute = 0) => instant(date, hour * 60 + minute)
const unit = (n: number) => year.college.units[n] as CollegeUnit
const headOf = (n: number) => unit(n).heads[0] as Staff
const deputyOf = (n: number) => unit(n).deputies[0] as Staff

/** Sets the review and sends the rung that was missed before, after which the bot knows all accounts. */
async function start(review: string, day: string): Promise<void> {
  year.simulation.setTime(at(day, 7))
  await year.setDates({ preliminary: review })
  await tick(day, 8)
}
async function tick(date: string, hour: number, minute = 0): Promise<void> {
  await tickOnly(date, hour, minute)
  await year.simulation.settle()
}
async function tickOnly(date: string, hour: number, minute = 0): Promise<void> {
  year.simulation.setTime(at(date, hour, minute))
  await year.simulation.runOnBot((bot) => bot.tick())
}
/** Ticks every hour of a day from 08:00 on and sends what comes due. */
async function tickAllDay(date: string): Promise<void> {
  for (let hour = 8; hour < 18; hour++) {
    await tickOnly(date, hour)
    await year.simulation.settle(at(date, hour, 59))
  }
}
const remindersOf = ({ account }: Staff, since: string) =>
  year.slack.posts.filter((p) => p.account === account && p.key.startsWith('reminder:') && p.arrivedAt >= at(since, 0))
const days = (staff: Staff, since: string) => remindersOf(staff, since).map((p) => localTime(p.arrivedAt).date)
/** People who got more than one reminder on a day, with the day. */
function doubled(): string[] {
  const seen = new Set<string>()
  return year.slack.posts.flatMap((p) => {
    if (!p.key.startsWith('reminder:')) return []
    const key = `${p.account} ${localTime(p.arrivedAt).date}`
    if (seen.has(key)) return [key]
    seen.add(key)
    return []
  })
}

describe('a reminder of a head who is not in the chat', () => {
  // A Friday and the next working day, both with a rung.
  const [FRIDAY, THURSDAY] = ['2024-04-26', '2024-05-02']
  beforeEach(() => start('2024-05-03', '2024-04-25'))

  it('is passed on once a day when the bot is killed while it is in hand, and the next day has a rung of its own', async () => {
    year.slack.faultRates = { ...noFaults, slow: 1 }
    await tickOnly(FRIDAY, 17, 58)
    await year.simulation.advance(700)
    expect(year.slack.callsInFlight()).toBeGreaterThan(5)
    year.simulation.kill()
    year.slack.faultRates = noFaults
    year.simulation.setTime(at(FRIDAY, 20))
    await year.simulation.settle(at(THURSDAY, 7))
    await tickAllDay(THURSDAY)
    expect(doubled()).toEqual([])
    expect(days(deputyOf(15), FRIDAY)).toEqual([THURSDAY])
  })

  it('is passed on once a day when every answer of Friday evening is lost', async () => {
    year.slack.faultRates = { ...noFaults, responseLost: 1 }
    await tickOnly(FRIDAY, 17, 58)
    await year.simulation.settle(at(FRIDAY, 18, 30))
    year.slack.faultRates = noFaults
    await tickAllDay(THURSDAY)
    expect(doubled()).toEqual([])
    expect(days(deputyOf(15), THURSDAY)).toEqual([THURSDAY])
  })

  it('reaches no deputy while another head of the unit can be reached', async () => {
    await tick(FRIDAY, 8)
    expect([days(unit(16).heads[1] as Staff, FRIDAY), days(deputyOf(16), FRIDAY)]).toEqual([[FRIDAY], []])
  })

  it('waits for the hour of the deputy', async () => {
    await year.people.setPreference(deputyOf(15), 14, true)
    await tick(FRIDAY, 8)
    await year.simulation.settle()
    expect(remindersOf(deputyOf(15), FRIDAY).map((p) => localTime(p.arrivedAt))).toEqual([
      { date: FRIDAY, minutes: 14 * 60 },
    ])
  })
})

describe('reminders whose answers were lost at the end of a day', () => {
  it('do not swallow the rung of the next day, for a head who is reminded in the afternoon', async () => {
    const [FRIDAY, THURSDAY] = ['2024-04-26', '2024-05-02']
    year.simulation.setTime(at('2024-04-24', 9))
    await year.people.setPreference(headOf(20), 15, true)
    await start('2024-05-03', '2024-04-25')
    await tick('2024-04-25', 15)
    year.slack.faultRates = { ...noFaults, responseLost: 1 }
    await tickOnly(FRIDAY, 17, 58)
    await year.simulation.settle(at(FRIDAY, 18, 30))
    year.slack.faultRates = noFaults
    await tickAllDay(THURSDAY)
    expect(days(headOf(20), FRIDAY)).toEqual([FRIDAY, THURSDAY])
    expect(days(headOf(21), FRIDAY)).toEqual([FRIDAY, THURSDAY])
  })
})

describe('a reminder that Slack delays over a weekend', () => {
  // The rung of ten working days before; the next one is a week later.
  const [FRIDAY, MONDAY] = ['2024-06-14', '2024-06-17']
  beforeEach(async () => {
    await start('2024-06-28', '2024-06-03')
    year.slack.faultRates = { ...noFaults, rateLimited: 1 }
    await tickOnly(FRIDAY, 17, 50)
    await year.simulation.settle(at(FRIDAY, 18, 30))
    year.slack.faultRates = noFaults
    year.simulation.setTime(at('2024-06-15', 10))
  })

  it('goes to the new head when the head was replaced meanwhile', async () => {
    const [old, heir] = [headOf(21), unit(21).members[0] as Staff]
    await year.people.setLeaders(unit(21), [heir], [])
    await tickAllDay(MONDAY)
    expect([days(old, FRIDAY), days(heir, FRIDAY)]).toEqual([[], [MONDAY]])
    expect(doubled()).toEqual([])
  })

  it('goes to the new head at the hour that they chose', async () => {
    const heir = unit(21).members[0] as Staff
    await year.people.setLeaders(unit(21), [heir], [])
    await year.people.setPreference(heir, 11, true)
    await tickAllDay(MONDAY)
    expect(remindersOf(heir, FRIDAY).map((p) => localTime(p.arrivedAt))).toEqual([{ date: MONDAY, minutes: 11 * 60 }])
  })

  it('goes to the deputy when the head told an absence meanwhile', async () => {
    await year.people.enterAbsence(headOf(12), MONDAY, MONDAY)
    await tickAllDay(MONDAY)
    expect([days(headOf(12), FRIDAY), days(deputyOf(12), FRIDAY)]).toEqual([[], [MONDAY]])
    expect(days(headOf(20), FRIDAY)).toEqual([MONDAY])
    expect(doubled()).toEqual([])
  })

  it('is sent once to the other head when one of two is removed', async () => {
    const [first, second] = unit(0).heads as [Staff, Staff]
    await year.people.setLeaders(unit(0), [second], [])
    await tickAllDay(MONDAY)
    expect([days(first, FRIDAY), days(second, FRIDAY)]).toEqual([[], [MONDAY]])
  })

  it('is reported to the Office when everybody of the unit is absent', async () => {
    await year.people.enterAbsence(headOf(20), MONDAY, MONDAY)
    await tickAllDay(MONDAY)
    expect(days(headOf(20), FRIDAY)).toEqual([])
    const told = year.slack.posts.filter(
      (p) => p.key.startsWith('headless:') && JSON.stringify(p.firstCard).includes(unit(20).name),
    )
    expect(told).toHaveLength(year.college.office.length)
  })

  it('is not sent when the review is moved far away, and is sent when it is moved back', async () => {
    await year.setDates({ preliminary: '2024-11-22' })
    await tickAllDay(MONDAY)
    expect(days(headOf(20), FRIDAY)).toEqual([])
    await year.setDates({ preliminary: '2024-06-28' })
    await tickAllDay('2024-06-18')
    expect(days(headOf(20), FRIDAY)).toEqual(['2024-06-18'])
    expect(doubled()).toEqual([])
  })
})

describe('a head who is replaced before their hour', () => {
  it('leaves the rung to the new head', async () => {
    const [DAY, NEXT] = ['2024-06-14', '2024-06-17']
    await start('2024-06-28', '2024-06-03')
    const [old, heir] = [headOf(21), unit(21).members[0] as Staff]
    await year.people.setPreference(old, 15, true)
    await tick(DAY, 8)
    year.simulation.setTime(at(DAY, 14))
    await year.people.setLeaders(unit(21), [heir], [])
    await tickAllDay(NEXT)
    expect([days(old, DAY), days(heir, DAY)]).toEqual([[], [NEXT]])
  })
})
