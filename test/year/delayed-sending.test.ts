import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { instant, isSendingTime, isWorkingDay2024, localTime } from './calendar.js'
import { noFaults } from './unreliable-slack.js'
import { createYearFixture, type YearFixture } from './year-fixture.js'

/** A Friday, two working days before the review. The next working day is Thursday, 2 May, which has a rung too. */
const FRIDAY = '2024-04-26'
const THURSDAY = '2024-05-02'

let year: YearFixture
beforeEach(async () => {
  year = await createYearFixture({ seed: 7, units: 30, isWorkingDay: isWorkingDay2024 })
  year.simulation.setTime(instant('2024-04-25', 7 * 60))
  await year.setDates({ preliminary: '2024-05-03' })
  // Sends the rung that was missed before the date was set; after this the bot has looked up all accounts.
  year.simulation.setTime(instant('2024-04-25', 8 * 60))
  await year.tick()
  year.simulation.setTime(instant(FRIDAY, 8 * 60))
})
afterEach(() => year.close())

const reminders = (from = 0) => year.slack.posts.filter((p) => p.key.startsWith('reminder:') && p.arrivedAt >= from)
/** The number of reminders that each account received since an instant. */
function remindersByAccount(from: number): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { account } of reminders(from)) counts[account] = (counts[account] ?? 0) + 1
  return counts
}
/** One reminder for each head in the chat, or deputy of a unit without such a head. */
const oneForEach = () => {
  const recipients = year.college.units.flatMap((u) => {
    const heads = u.heads.filter((s) => s.isInChat)
    return heads.length > 0 ? heads : u.deputies
  })
  return Object.fromEntries(recipients.map((s) => [s.account, 1]))
}
/** Ticks every hour until an instant and sends the messages that come due. */
async function tickHourly(until: number): Promise<void> {
  for (let at = year.simulation.now(); at <= until; at += 3_600_000) {
    if (at > year.simulation.now()) year.simulation.setTime(at)
    await year.simulation.runOnBot((bot) => bot.tick())
    await year.simulation.settle(at + 3_599_000)
  }
}
/** The reminders that arrived outside the sending hours. */
const outOfHours = () =>
  reminders()
    .filter((p) => !isSendingTime(p.arrivedAt, isWorkingDay2024))
    .map((p) => [p.account, localTime(p.arrivedAt)])

describe('a reminder planned just before the end of the sending hours', () => {
  it('arrives once, on the next working day, when Slack is unavailable until the evening', async () => {
    year.simulation.setTime(instant(FRIDAY, 17 * 60 + 50))
    year.slack.makeUnavailableUntil(instant(FRIDAY, 19 * 60))
    await tickHourly(instant(THURSDAY, 11 * 60))
    expect(outOfHours()).toEqual([])
    expect(remindersByAccount(instant(FRIDAY, 0))).toEqual(oneForEach())
  })

  it('arrives once, on the next working day, when the bot is killed and restarts in the evening', async () => {
    year.simulation.setTime(instant(FRIDAY, 17 * 60 + 59))
    await year.simulation.runOnBot((bot) => bot.tick())
    year.simulation.kill()
    year.simulation.setTime(instant(FRIDAY, 20 * 60))
    await tickHourly(instant(THURSDAY, 11 * 60))
    expect(outOfHours()).toEqual([])
    expect(remindersByAccount(instant(FRIDAY, 0))).toEqual(oneForEach())
  })
})

describe('a clock that is set back by hours while messages are sent', () => {
  it('neither repeats nor delays a message', async () => {
    year.simulation.setTime(instant(FRIDAY, 14 * 60))
    await year.simulation.runOnBot((bot) => bot.tick())
    year.simulation.setTime(instant(FRIDAY, 11 * 60))
    await tickHourly(instant(FRIDAY, 17 * 60))
    expect(remindersByAccount(instant(FRIDAY, 0))).toEqual(oneForEach())
  })
})

describe('a message that Slack processes slowly', () => {
  it('is not sent again when the bot is killed and restarted while the call is in flight', async () => {
    year.slack.faultRates = { ...noFaults, slow: 1 }
    await year.simulation.runOnBot((bot) => bot.tick())
    await year.simulation.advance(700)
    expect(year.slack.callsInFlight()).toBeGreaterThan(10)
    year.simulation.kill()
    await year.simulation.settle()
    expect(remindersByAccount(instant(FRIDAY, 0))).toEqual(oneForEach())
  })

  it('is not sent again when it arrives after the call timed out', async () => {
    year.slack.faultRates = { ...noFaults, processedLate: 1 }
    await year.simulation.runOnBot((bot) => bot.tick())
    await year.simulation.advance(5000)
    year.slack.faultRates = noFaults
    await year.simulation.settle()
    expect(remindersByAccount(instant(FRIDAY, 0))).toEqual(oneForEach())
  })
})
