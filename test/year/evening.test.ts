import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { instant, mayWrite, wall, worksIn2024 } from './calendar.js'
import { setYear, type Year } from './stage.js'
import { calm } from './unreliable-slack.js'

/** A Friday, two working days before the review; the next working day is 2 May, which has a rung too. */
const FRIDAY = '2024-04-26'
const THURSDAY = '2024-05-02'

let year: Year
beforeEach(async () => {
  year = await setYear({ seed: 7, units: 30, works: worksIn2024 })
  year.world.goTo(instant('2024-04-25', 7 * 60))
  await year.setDates({ preliminary: '2024-05-03' })
  // Everyone gets the rung missed before the date was set, and the bot knows all accounts from then on.
  year.world.goTo(instant('2024-04-25', 8 * 60))
  await year.tick()
  year.world.goTo(instant(FRIDAY, 8 * 60))
})
afterEach(() => year.end())

const reminders = (from = 0) => year.slack.posts.filter((p) => p.key.startsWith('reminder:') && p.at >= from)
/** The number of reminders of each person since an instant. */
function perPerson(from: number): Record<string, number> {
  const per: Record<string, number> = {}
  for (const { account } of reminders(from)) per[account] = (per[account] ?? 0) + 1
  return per
}
const owing = () => {
  const there = year.college.units.flatMap((u) => (u.heads.length > 0 ? u.heads : u.deputies)).filter((s) => !s.away)
  return Object.fromEntries(there.map((s) => [s.account, 1]))
}
/** Ticks every hour until an instant, and sends what is due in between. */
async function hours(until: number): Promise<void> {
  for (let at = year.world.now(); at <= until; at += 3_600_000) {
    if (at > year.world.now()) year.world.goTo(at)
    await year.world.ask((life) => life.tick())
    await year.world.settle(at + 3_599_000)
  }
}
const outOfHours = () =>
  reminders()
    .filter((p) => !mayWrite(p.at, worksIn2024))
    .map((p) => [p.account, wall(p.at)])

describe('a reminder planned just before the end of the sending hours', () => {
  test('comes once, on the next working day after the holidays, when it cannot be sent', async () => {
    year.world.goTo(instant(FRIDAY, 17 * 60 + 50))
    year.slack.away(instant(FRIDAY, 19 * 60))
    await hours(instant(THURSDAY, 11 * 60))
    expect(outOfHours()).toEqual([])
    expect(perPerson(instant(FRIDAY, 0))).toEqual(owing())
  })

  test('comes once, on the next working day, when the bot is killed and restarts at night', async () => {
    year.world.goTo(instant(FRIDAY, 17 * 60 + 59))
    await year.world.ask((life) => life.tick())
    year.world.kill()
    year.world.goTo(instant(FRIDAY, 20 * 60))
    await hours(instant(THURSDAY, 11 * 60))
    expect(outOfHours()).toEqual([])
    expect(perPerson(instant(FRIDAY, 0))).toEqual(owing())
  })
})

test('a clock that is set back by hours during sending neither repeats nor delays a message', async () => {
  year.world.goTo(instant(FRIDAY, 14 * 60))
  await year.world.ask((life) => life.tick())
  year.world.goTo(instant(FRIDAY, 11 * 60))
  await hours(instant(FRIDAY, 17 * 60))
  expect(perPerson(instant(FRIDAY, 0))).toEqual(owing())
})

describe('a message on which Slack is slow', () => {
  test('is not sent again by a bot that starts right after the sender was killed', async () => {
    year.slack.troubles = { ...calm, slow: 1 }
    await year.world.ask((life) => life.tick())
    await year.world.pass(700)
    expect(year.slack.inHand()).toBeGreaterThan(10)
    year.world.kill()
    await year.world.settle()
    expect(perPerson(instant(FRIDAY, 0))).toEqual(owing())
  })

  test('is not sent again when it arrives after the bot gave the call up', async () => {
    year.slack.troubles = { ...calm, late: 1 }
    await year.world.ask((life) => life.tick())
    await year.world.pass(5000)
    year.slack.troubles = calm
    await year.world.settle()
    expect(perPerson(instant(FRIDAY, 0))).toEqual(owing())
  })
})
