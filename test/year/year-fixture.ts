import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { importPlan } from '../../src/core/setup/import-plan.js'
import { importRoster } from '../../src/core/setup/import-roster.js'
import { newId } from '../../src/new-id.js'
import { migrate } from '../../src/store/open.js'
import { connect } from '../../src/store/sqlite/connect.js'
import { sqliteStore } from '../../src/store/sqlite/store.js'
import { dice } from '../chance.js'
import { daysLater, type IsWorkingDay, instant, isSendingTime, localTime } from './calendar.js'
import { type CollegeUnit, createCollege, type Staff } from './college.js'
import { createOracle, type ExpectedReminder, type Kind, kinds } from './oracle.js'
import { createPeopleActions } from './people-actions.js'
import { createSimulation } from './simulation.js'
import { createUnreliableSlack, type Post } from './unreliable-slack.js'

/** Runs while the messages of a tick are being sent; adds the units that it changes to `changed`. */
export type WhileSending = (
  reminders: ReadonlyMap<string, ExpectedReminder>,
  changed: Set<CollegeUnit>,
) => Promise<void>

/**
 * Creates a college on 2 January 2024, a bot on a simulated clock and a Slack that can be made to fail. Checks compare the
 * messages with the oracle and throw an error at the first reminder that is wrong or missing.
 */
export async function createYearFixture({
  seed,
  units,
  isWorkingDay,
}: {
  seed: number
  units: number
  isWorkingDay: IsWorkingDay
}) {
  const chance = dice(seed + 4)
  const college = createCollege(units)
  const dir = mkdtempSync(path.join(tmpdir(), 'thidua-year-'))
  const file = path.join(dir, 'thidua.db')
  await migrate(file)
  const start = instant('2024-01-02', 9 * 60)
  const writer = connect(file)
  writer.pragma('synchronous = OFF')
  const store = sqliteStore(writer, connect(file, true))
  const workspaceId = await store.write(async (tx) => {
    const now = new Date(start)
    const workspaceId = await tx.workspaces.adopt('slack', 'T1', now)
    await importPlan({ tx, now, newId, workspaceId }, college.plan, 'plan')
    await importRoster({ tx, now, newId, workspaceId }, college.roster)
    return workspaceId
  })
  const { everyone } = college
  const slack = createUnreliableSlack(everyone, dice(seed + 1))
  const simulation = await createSimulation({ start, file, workspaceId, slack, chance: dice(seed + 2) })
  const people = await createPeopleActions(simulation, college, workspaceId, dice(seed + 3), store)
  const oracle = createOracle(college.units, college.codes, people.standing, isWorkingDay)
  const count = { ticks: 0, reminders: 0, reminderUpdates: 0, optionalReminders: 0, actions: 0 }
  /** By unit, the reasons why nobody could be reminded, and whether the Office had to be notified. */
  const headless = new Map<CollegeUnit, Map<string, boolean>>()
  /** Email addresses of people who were to be reminded and are not in the chat. */
  const unreachable = new Set<string>()
  let checkedPosts = 0
  /** Reminders by account and day. */
  const remindersOfDay = new Set<string>()
  /** Days on which the Office must have got a digest of late units. */
  const lateDays = new Set<string>()

  /**
   * Compares the reminders that arrived since the last check with the expected ones. A reminder may omit a unit in
   * `changed`, which has changed since the tick.
   */
  function check(reminders: Map<string, ExpectedReminder>, changed: ReadonlySet<CollegeUnit>): void {
    const received = slack.posts.slice(checkedPosts).filter((p) => p.key.startsWith('reminder:'))
    checkedPosts = slack.posts.length
    const byAccount = new Map<string, typeof received>()
    for (const post of received) {
      const when = localTime(post.arrivedAt)
      if (!isSendingTime(post.arrivedAt, isWorkingDay))
        throw new Error(`${post.account} got a reminder at ${JSON.stringify(when)}`)
      const day = `${post.account} ${when.date}`
      if (remindersOfDay.has(day)) throw new Error(`${day}: two reminders on one day`)
      remindersOfDay.add(day)
      byAccount.set(post.account, [...(byAccount.get(post.account) ?? []), post])
      if (!reminders.has(post.account))
        throw new Error(`${post.account} must get no reminder on ${when.date}: ${post.key}`)
    }
    for (const { staff, units, isUpdate } of reminders.values()) {
      const got = byAccount.get(staff.account) ?? []
      if (!staff.isInChat) {
        unreachable.add(staff.email)
        if (got.length > 0) throw new Error(`${staff.account} is not in the chat but got a reminder`)
        continue
      }
      const incomplete = new Set([...units.values()].flatMap((set) => [...set]))
      const unchanged = [...incomplete].filter((u) => !changed.has(u))
      const most = isUpdate ? 0 : 1
      const least = unchanged.length > 0 ? most : 0
      if (got.length > most || got.length < least)
        throw new Error(
          `${staff.account} got ${got.length} for ${[...units.keys()]} on ${localTime(simulation.now()).date}`,
        )
      if (least < most) count.optionalReminders++
      if (isUpdate) count.reminderUpdates++
      count.reminders += got.length
      for (const post of isUpdate
        ? slack.posts.filter((p) => p.key.startsWith('reminder:') && p.account === staff.account).slice(-1)
        : got) {
        const named = new Set(JSON.stringify(isUpdate ? post.card : post.firstCard).match(/Đơn vị \d{3}/g))
        const unnamed = unchanged.filter((u) => !named.has(u.name))
        if (unnamed.length > 0 || (!isUpdate && named.size > incomplete.size))
          throw new Error(`${post.key} names ${[...named]} instead of ${[...incomplete].map((u) => u.name)}`)
        checkHeadings(post)
        checkOlder(post)
      }
    }
  }

  /** Throws an error unless a reminder names each review at most once, by the date that it has. */
  function checkHeadings(post: Post): void {
    const headings = JSON.stringify(post.card.blocks).matchAll(/(?:đến|Hôm nay|Đã qua) (sơ kết|tổng kết) \(([\d/]+)\)/g)
    const dates = [...headings].map((h) => `${h[1]} ${h[2]?.split('/').reverse().join('-')}`)
    const names = { preliminary: 'sơ kết', final: 'tổng kết' }
    const expected = kinds.map((kind) => `${names[kind]} ${oracle.reviews.get(kind)}`)
    if (new Set(dates).size < dates.length || dates.some((d) => !expected.includes(d)))
      throw new Error(`${post.key} names ${dates} instead of ${expected}`)
  }

  /** Throws an error when the reminder before one still asks for what that repeats. */
  function checkOlder(post: Post): void {
    const own = slack.posts.filter((p) => p.key.startsWith('reminder:') && p.account === post.account)
    const older = own[own.indexOf(post) - 1]
    if (!older || !JSON.stringify(older.card).includes('submission.new')) return
    const named = (p: Post, what: RegExp) => [...new Set(JSON.stringify(p.card.blocks).match(what))]
    const unit = /Đơn vị \d{3}/g
    const review = /(?:đến|Hôm nay|Đã qua) (?:sơ kết|tổng kết)/g
    const reviewsIn = (p: Post) => named(p, review).map((words) => words.slice(-7))
    // Of several units and reviews, the text does not say which belong together.
    if (named(older, unit).length > 1 || named(post, unit).join() !== named(older, unit).join()) return
    if (reviewsIn(older).every((r) => reviewsIn(post).includes(r))) throw new Error(`${older.key} still asks for that`)
  }

  /** Runs a tick, waits until its messages are sent, and checks its reminders. */
  async function tick(whileSending: WhileSending = async () => undefined): Promise<void> {
    count.ticks++
    const reminders = new Map<string, ExpectedReminder>()
    await simulation.runOnBot((bot) => {
      const expected = oracle.tick(simulation.now())
      for (const { unit, reason, mustNotify } of expected.headless) {
        const reasons = headless.get(unit) ?? new Map<string, boolean>()
        headless.set(unit, reasons.set(reason, mustNotify || (reasons.get(reason) ?? false)))
      }
      for (const [account, reminder] of expected.reminders)
        if (!reminders.has(account)) reminders.set(account, reminder)
      return bot.tick()
    })
    const changed = new Set<CollegeUnit>()
    const { date } = localTime(simulation.now())
    const mustBeTold = isSendingTime(simulation.now(), isWorkingDay) && oracle.hasLateUnits(date)
    await whileSending(reminders, changed)
    await simulation.settle()
    if (mustBeTold && oracle.hasLateUnits(date)) lateDays.add(date)
    check(reminders, changed)
  }

  /** Sets a random reminder preference. */
  async function setPreference(staff: Staff, today: string): Promise<void> {
    const [hour, early] = [chance.between(8, 17), chance.hit(0.6)]
    const known = oracle.preferences.get(staff.account)
    await people.setPreference(staff, hour, early)
    const previousHour = oracle.hourOf(staff, today)
    // A new hour applies from tomorrow on.
    const isNew = hour !== (known?.hour ?? 8)
    const since = isNew ? daysLater(today, 1) : (known?.since ?? today)
    oracle.preferences.set(staff.account, {
      hour,
      previousHour: isNew ? previousHour : (known?.previousHour ?? 8),
      since,
      early,
    })
  }
  /** Enters a random absence, unless it would overlap or touch another one. */
  async function enterAbsence(staff: Staff, today: string): Promise<void> {
    const from = daysLater(today, chance.between(0, 5))
    const until = daysLater(from, chance.between(0, 12))
    const known = oracle.absences.get(staff.account) ?? []
    if (known.some((a) => a.from <= daysLater(until, 1) && daysLater(a.until, 1) >= from)) return
    await people.enterAbsence(staff, from, until)
    oracle.absences.set(staff.account, [...known, { from, until }])
  }

  /** Replaces a head of a unit by one of its people who leads nothing. */
  async function replaceHead(unit: CollegeUnit, today: string): Promise<void> {
    const heir = unit.members.find((s) => !unit.leaders.includes(s))
    const [old, ...others] = unit.heads
    if (!heir || !old) return
    oracle.replaceLeader(unit, old, heir, today)
    await people.setLeaders(unit, [heir, ...others], unit.deputies)
    unit.members.push(old)
  }

  /** Sets the dates of the reviews, as the Board does. */
  async function setDates(dates: Partial<Record<Kind, string>>): Promise<void> {
    await people.setDates(dates)
    for (const kind of kinds) if (dates[kind]) oracle.reviews.set(kind, dates[kind])
  }

  /** Checks that the Office was notified of units without recipients and, once each, of people who are not in the chat. */
  function checkOffice(): void {
    const officeCounts = (keyPrefix: string, text: string) =>
      college.office.map(
        ({ account }) =>
          slack.posts.filter(
            (p) => p.account === account && p.key.startsWith(keyPrefix) && JSON.stringify(p.firstCard).includes(text),
          ).length,
      )
    for (const [unit, reasons] of headless) {
      const least = [...reasons.values()].filter((mustNotify) => mustNotify).length
      if (officeCounts('headless:', unit.name).some((n) => n < least || n > reasons.size))
        throw new Error(
          `${unit.name} has no recipients because of ${[...reasons]}; messages to the Office: ${officeCounts('headless:', unit.name)}`,
        )
    }
    for (const email of unreachable)
      if (officeCounts('unreachable:', email).some((n) => n !== 1))
        throw new Error(`${email} is not in the chat; messages to the Office: ${officeCounts('unreachable:', email)}`)
    for (const { account } of college.office) {
      const digests = slack.posts.filter((p) => p.account === account && p.key.startsWith('late:'))
      const days = digests.map((p) => localTime(p.arrivedAt).date)
      if (new Set(days).size < days.length) throw new Error(`${account} got two digests of late units on one day`)
      const missed = [...lateDays].filter((day) => !days.includes(day))
      if (missed.length > 0) throw new Error(`${account} got no digest of late units on ${missed}`)
    }
    const keys = slack.posts.map((p) => p.key)
    if (new Set(keys).size !== keys.length) throw new Error('a message was sent twice')
  }

  return {
    college,
    slack,
    simulation,
    people,
    oracle,
    count,
    tick,
    /** Checks that nobody got a reminder since the last check. */
    checkNoReminder: () => check(new Map(), new Set()),
    setPreference,
    enterAbsence,
    replaceHead,
    setDates,
    checkOffice,
    async close() {
      await simulation.close()
      await store.close()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}
export type YearFixture = Awaited<ReturnType<typeof createYearFixture>>
