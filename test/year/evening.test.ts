import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { instant, mayWrite, wall, worksIn2024 } from './calendar.js'
import { setYear, type Year } from './stage.js'
import { calm } from './unreliable-slack.js'

/** Two working days before the review, a Friday; the next working day is the 2nd of May, with a rung of its own. */
const FRIDAY = '2024-04-26'
const THURSDAY = '2024-05-02'

let year: Year
beforeEach(async () => {
  year = await setYear({ seed: 7, units: 30, works: worksIn2024 })
  year.world.goTo(instant('2024-04-25', 7 * 60))
  await year.setDates({ preliminary: '2024-05-03' })
  // Everybody gets what was missed before the date was set, and is known in the chat from then on.
  year.world.goTo(instant('2024-04-25', 8 * 60))
  await year.tick()
  year.world.goTo(instant(FRIDAY, 8 * 60))
})
afterEach(() => year.end())

const reminders = (from = 0) => year.slack.posts.filter((p) => p.key.startsWith('reminder:') && p.at >= from)
/** How many messages each person got since an instant. */
function perPerson(from: number): Record<string, number> {
  const per: Record<string, number> = {}
  for (const { account } of reminders(from)) per[account] = (per[account] ?? 0) + 1
  return per
}
const owing = () => {
  const there = year.college.units.flatMap((u) => (u.heads.length > 0 ? u.heads : u.deputies)).filter((s) => !s.away)
  return Object.fromEntries(there.map((s) => [s.account, 1]))
}
/** Ticks every hour from now on, and lets what is due go out in between. */
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

describe('what is planned just before the end of the hours', () => {
  test('and cannot be sent comes once, on the next working day after the holidays', async () => {
    year.world.goTo(instant(FRIDAY, 17 * 60 + 50))
    year.slack.away(instant(FRIDAY, 19 * 60))
    await hours(instant(THURSDAY, 11 * 60))
    expect(outOfHours()).toEqual([])
    expect(perPerson(instant(FRIDAY, 0))).toEqual(owing())
  })

  test('by a bot that dies and is back in the night comes once, on the next working day', async () => {
    year.world.goTo(instant(FRIDAY, 17 * 60 + 59))
    await year.world.ask((life) => life.tick())
    year.world.kill()
    year.world.goTo(instant(FRIDAY, 20 * 60))
    await hours(instant(THURSDAY, 11 * 60))
    expect(outOfHours()).toEqual([])
    expect(perPerson(instant(FRIDAY, 0))).toEqual(owing())
  })
})

test('a clock that jumps back hours amid the messages neither doubles one nor holds them up', async () => {
  year.world.goTo(instant(FRIDAY, 14 * 60))
  await year.world.ask((life) => life.tick())
  year.world.goTo(instant(FRIDAY, 11 * 60))
  await hours(instant(FRIDAY, 17 * 60))
  expect(perPerson(instant(FRIDAY, 0))).toEqual(owing())
})

describe('a message that Slack takes its time over', () => {
  test('is not sent again by a bot that starts at once after the one that sent it died', async () => {
    year.slack.troubles = { ...calm, slow: 1 }
    await year.world.ask((life) => life.tick())
    await year.world.pass(700)
    expect(year.slack.inHand()).toBeGreaterThan(10)
    year.world.kill()
    await year.world.settle()
    expect(perPerson(instant(FRIDAY, 0))).toEqual(owing())
  })

  test('and puts there when the bot has given it up is not sent again', async () => {
    year.slack.troubles = { ...calm, late: 1 }
    await year.world.ask((life) => life.tick())
    await year.world.pass(5000)
    year.slack.troubles = calm
    await year.world.settle()
    expect(perPerson(instant(FRIDAY, 0))).toEqual(owing())
  })
})
