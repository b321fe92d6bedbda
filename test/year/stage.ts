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
import { daysLater, instant, mayWrite, type WorkingDay, wall } from './calendar.js'
import { college as makeCollege, type Staff, type UnitOf } from './college.js'
import { people } from './life.js'
import { type Kind, kinds, type Owed, oracle } from './oracle.js'
import { unreliableSlack } from './unreliable-slack.js'
import { createWorld } from './world.js'

/** Runs between a tick and the arrival of its messages; adds the units that it changes to `changed`. */
export type Meanwhile = (owed: ReadonlyMap<string, Owed>, changed: Set<UnitOf>) => Promise<void>

/**
 * A college on 2 January 2024 with a bot on a simulated clock, a Slack that can be made to fail, and an oracle that
 * throws an error at the first reminder that is wrong or missing.
 */
export async function setYear({ seed, units, works }: { seed: number; units: number; works: WorkingDay }) {
  const chance = dice(seed + 4)
  const college = makeCollege(units)
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
  const everyone = [
    ...new Map(
      [...college.units.flatMap((u) => u.leaders), ...college.office, college.board].map((s) => [s.account, s]),
    ).values(),
  ]
  const slack = unreliableSlack(everyone, dice(seed + 1))
  const world = await createWorld({ start, file, workspaceId, slack, chance: dice(seed + 2) })
  const lives = await people(world, college, workspaceId, dice(seed + 3), store)
  const expected = oracle(college.units, college.codes, lives.standing, works)
  const count = { ticks: 0, reminders: 0, folded: 0, maybe: 0, acts: 0 }
  const headless = new Map<UnitOf, Map<string, boolean>>()
  const owedAway = new Set<string>()
  let seen = 0

  /** Compares what arrived since the last check with what is owed; `changed` units have changed since the tick. */
  function check(owed: Map<string, Owed>, changed: ReadonlySet<UnitOf>): void {
    const came = slack.posts.slice(seen).filter((p) => p.key.startsWith('reminder:'))
    seen = slack.posts.length
    const per = new Map<string, typeof came>()
    for (const post of came) {
      const when = wall(post.at)
      if (!mayWrite(post.at, works)) throw new Error(`${post.account} was written to on ${JSON.stringify(when)}`)
      per.set(post.account, [...(per.get(post.account) ?? []), post])
      if (!owed.has(post.account)) throw new Error(`${post.account} is owed nothing on ${when.date}: ${post.key}`)
    }
    for (const { staff, units, folded } of owed.values()) {
      const got = per.get(staff.account) ?? []
      if (staff.away) {
        owedAway.add(staff.email)
        if (got.length > 0) throw new Error(`${staff.account} is not in the chat`)
        continue
      }
      const lacking = new Set([...units.values()].flatMap((of) => [...of]))
      const stays = [...lacking].filter((u) => !changed.has(u))
      const most = folded ? 0 : 1
      const least = stays.length > 0 ? most : 0
      if (got.length > most || got.length < least)
        throw new Error(`${staff.account} got ${got.length} for ${[...units.keys()]} on ${wall(world.now()).date}`)
      if (least < most) count.maybe++
      if (folded) count.folded++
      count.reminders += got.length
      for (const post of folded
        ? slack.posts.filter((p) => p.key.startsWith('reminder:') && p.account === staff.account).slice(-1)
        : got) {
        const named = new Set(JSON.stringify(folded ? post.card : post.first).match(/Đơn vị \d{3}/g))
        const wrong = stays.filter((u) => !named.has(u.name))
        if (wrong.length > 0 || (!folded && named.size > lacking.size))
          throw new Error(`${post.key} names ${[...named]}, and not ${[...lacking].map((u) => u.name)}`)
      }
    }
  }

  async function tick(meanwhile: Meanwhile = async () => undefined): Promise<void> {
    count.ticks++
    const owed = new Map<string, Owed>()
    await world.ask((life) => {
      const due = expected.tick(world.now())
      for (const { unit, why, must } of due.headless) {
        const reasons = headless.get(unit) ?? new Map<string, boolean>()
        headless.set(unit, reasons.set(why, must || (reasons.get(why) ?? false)))
      }
      for (const [account, one] of due.owed) if (!owed.has(account)) owed.set(account, one)
      return life.tick()
    })
    const changed = new Set<UnitOf>()
    await meanwhile(owed, changed)
    await world.settle()
    check(owed, changed)
  }

  async function wish(staff: Staff, today: string): Promise<void> {
    const [hour, early] = [chance.between(8, 17), chance.hit(0.6)]
    const known = expected.wishes.get(staff.account)
    await lives.wish(staff, hour, early)
    const before = expected.hourOf(staff, today)
    // A new hour applies from tomorrow on.
    const isNew = hour !== (known?.hour ?? 8)
    const since = isNew ? daysLater(today, 1) : (known?.since ?? today)
    expected.wishes.set(staff.account, { hour, before: isNew ? before : (known?.before ?? 8), since, early })
  }
  async function goAway(staff: Staff, today: string): Promise<void> {
    const from = daysLater(today, chance.between(0, 5))
    const until = daysLater(from, chance.between(0, 12))
    const known = expected.away.get(staff.account) ?? []
    if (known.some((a) => a.from <= daysLater(until, 1) && daysLater(a.until, 1) >= from)) return
    await lives.away(staff, from, until)
    expected.away.set(staff.account, [...known, { from, until }])
  }

  /** Sets the dates of the reviews, as the Board does. */
  async function setDates(dates: Partial<Record<Kind, string>>): Promise<void> {
    await lives.setDates(dates)
    for (const kind of kinds) if (dates[kind]) expected.reviews.set(kind, dates[kind])
  }

  /** Checks the messages that the Office gets once a year: units without leaders, and people who are not in the chat. */
  function checkOffice(): void {
    const dm = (key: string, words: string) =>
      college.office.map(
        ({ account }) =>
          slack.posts.filter(
            (p) => p.account === account && p.key.startsWith(key) && JSON.stringify(p.first).includes(words),
          ).length,
      )
    for (const [unit, reasons] of headless) {
      const least = [...reasons.values()].filter((must) => must).length
      if (dm('headless:', unit.name).some((n) => n < least || n > reasons.size))
        throw new Error(`${unit.name} has nobody for ${[...reasons]}: ${dm('headless:', unit.name)}`)
    }
    for (const email of owedAway)
      if (dm('unreachable:', email).some((n) => n !== 1))
        throw new Error(`${email} is away: ${dm('unreachable:', email)}`)
    const keys = slack.posts.map((p) => p.key)
    if (new Set(keys).size !== keys.length) throw new Error('a message was sent twice')
  }

  return {
    college,
    slack,
    world,
    lives,
    expected,
    count,
    tick,
    /** Checks that nobody was reminded since the last check. */
    checkQuiet: () => check(new Map(), new Set()),
    wish,
    goAway,
    setDates,
    checkOffice,
    async end() {
      await world.end()
      await store.close()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}
export type Year = Awaited<ReturnType<typeof setYear>>
