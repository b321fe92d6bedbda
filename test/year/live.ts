import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { importPlan } from '../../src/core/plan-import.js'
import { importRoster } from '../../src/core/roster-import.js'
import { newId } from '../../src/new-id.js'
import { migrate } from '../../src/store/open.js'
import { connect, sqliteStore } from '../../src/store/sqlite.js'
import { type Dice, dice } from '../chance.js'
import { daysLater, instant, mayWrite, type WorkingDay, wall } from './calendar.js'
import { college as makeCollege, type Staff, type UnitOf } from './college.js'
import { people } from './life.js'
import { type Kind, kinds, type Owed, oracle } from './oracle.js'
import { calm, unreliableSlack, usual } from './unreliable-slack.js'
import { createWorld } from './world.js'

export interface YearOptions {
  seed: number
  units: number
  kills: number
  works: WorkingDay
}

/**
 * Lives the year 2024 of a campaign on a simulated clock, and throws at the first message that ought not to be, or is
 * missing. Gives what happened.
 */
export async function liveYear({ seed, units, kills, works }: YearOptions) {
  const chance = dice(seed)
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
  try {
    const lives = await people(world, college, workspaceId, dice(seed + 3), store)
    const expected = oracle(college.units, college.codes, lives.standing, works)
    const count = { ticks: 0, reminders: 0, folded: 0, maybe: 0, acts: 0 }
    const headless = new Map<UnitOf, Set<string>>()
    const owedAway = new Set<string>()
    let seen = 0
    let bursts = 0

    /** Everything that arrived since the last look against what is owed; `changed` units moved since the tick. */
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

    async function tick(races: boolean): Promise<void> {
      count.ticks++
      const owed = new Map<string, Owed>()
      await world.ask((life) => {
        const due = expected.tick(world.now())
        for (const { unit, why } of due.headless) headless.set(unit, (headless.get(unit) ?? new Set()).add(why))
        for (const [account, one] of due.owed) if (!owed.has(account)) owed.set(account, one)
        return life.tick()
      })
      const changed = new Set<UnitOf>()
      if (owed.size > 0) {
        bursts++
        // Most kills hit a bot that has a few hundred messages in hand.
        const part = (world.now() - start) / (instant('2025-01-10', 0) - start)
        world.killUntil(Math.ceil(kills * Math.min(1, 0.25 * part + 0.75 * (bursts / 17))))
      }
      if (races && owed.size > 0) {
        const one = chance.pick([...owed.values()])
        for (const [kind, set] of one.units)
          for (const unit of set) {
            changed.add(unit)
            await lives.finish(unit, kind)
            await world.pass(30)
          }
      }
      await world.settle()
      check(owed, changed)
    }

    async function wish(staff: Staff, today: string): Promise<void> {
      const [hour, early] = [chance.between(8, 17), chance.hit(0.6)]
      const known = expected.wishes.get(staff.account)
      await lives.wish(staff, hour, early)
      const before = expected.hourOf(staff, today)
      // Another hour counts from tomorrow on.
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

    const plan = planOfYear(chance, college.units, works)
    for (let date = '2024-01-02'; date < '2025-01-16'; date = daysLater(date, 1)) {
      const today = plan.acts.get(date) ?? []
      if (plan.down(date)) {
        // People wait for the bot to be back.
        plan.postpone(daysLater(date, 1), today)
        continue
      }
      if (plan.dates.has(date)) {
        world.goTo(Math.max(world.now(), instant(date, 7 * 60)))
        const dates = plan.dates.get(date) as Partial<Record<Kind, string>>
        await lives.setDates(dates)
        for (const kind of kinds) if (dates[kind]) expected.reviews.set(kind, dates[kind])
      }
      const events = [
        ...today.map((act) => ({ at: instant(date, chance.between(6 * 60, 23 * 60)), act })),
        ...ticksOf(date, expected.isRungDay(date), chance, works).map((at) => ({ at, act: undefined })),
      ].sort((a, b) => a.at - b.at)
      for (const { at, act } of events) {
        if (at > world.now()) world.goTo(at)
        slack.troubles = chance.hit(0.1) ? calm : usual
        if (!act) {
          await tick(chance.hit(0.3))
          continue
        }
        count.acts++
        const unit = act.unit
        const review = kinds.find((k) => (expected.reviews.get(k) ?? '9') >= date) ?? 'final'
        if (act.what === 'finish') await lives.finish(unit, act.kind ?? review)
        else if (act.what === 'takeBack') await lives.takeBack(unit, review)
        else if (act.what === 'wish') await wish(chance.pick(unit.leaders), date)
        else if (act.what === 'away') await goAway(chance.pick(unit.leaders), date)
        else await lives[act.what](unit)
        await world.settle()
        check(new Map(), new Set())
      }
    }
    while (world.kills() < kills) {
      world.killUntil(kills)
      await tick(false)
    }
    const dm = (key: string, words: string) =>
      college.office.map(
        ({ account }) =>
          slack.posts.filter(
            (p) => p.account === account && p.key.startsWith(key) && JSON.stringify(p.first).includes(words),
          ).length,
      )
    for (const [unit, reasons] of headless)
      if (dm('headless:', unit.name).some((n) => n !== reasons.size))
        throw new Error(`${unit.name} has nobody for ${[...reasons]}: ${dm('headless:', unit.name)}`)
    for (const email of owedAway)
      if (dm('unreachable:', email).some((n) => n !== 1))
        throw new Error(`${email} is away: ${dm('unreachable:', email)}`)
    const keys = slack.posts.map((p) => p.key)
    if (new Set(keys).size !== keys.length) throw new Error('a message was sent twice')
    return { ...count, ...slack.counts, kills: world.kills(), headless: headless.size, away: owedAway.size }
  } catch (error) {
    throw new Error(`seed ${seed}, ${new Date(world.now()).toISOString()}: ${(error as Error).message}`, {
      cause: error,
    })
  } finally {
    await world.end()
    await store.close()
    rmSync(dir, { recursive: true, force: true })
  }
}

interface Act {
  what: 'finish' | 'handIn' | 'confirm' | 'returned' | 'withdraw' | 'takeBack' | 'wish' | 'away'
  unit: UnitOf
  kind?: Kind
}

/** What happens when: the dates of the reviews, what people do, and when the bot is down for days. */
function planOfYear(chance: Dice, units: readonly UnitOf[], works: WorkingDay) {
  const acts = new Map<string, Act[]>()
  const put = (date: string, ...list: Act[]) => acts.set(date, [...(acts.get(date) ?? []), ...list])
  const preliminary = chance.pick(['2024-05-03', '2024-05-17', '2024-06-28', '2024-06-10'])
  const final = chance.pick(['2024-09-05', '2024-11-15', '2024-12-20', '2024-12-31'])
  const dates = new Map<string, Partial<Record<Kind, string>>>([['2024-02-19', { preliminary, final }]])
  // Moved by some days when its ladder has begun: it is counted anew.
  if (chance.hit(0.5))
    dates.set(daysLater(preliminary, -9), { preliminary: daysLater(preliminary, chance.between(3, 12)) })
  for (const [kind, date] of [
    ['preliminary', preliminary],
    ['final', final],
  ] as const)
    for (const unit of units)
      if (chance.hit(0.4)) put(daysLater(date, chance.between(-32, 8)), { what: 'finish', unit, kind })
  const others = ['handIn', 'handIn', 'confirm', 'returned', 'withdraw', 'takeBack'] as const
  for (let n = 0; n < units.length / 5; n++) {
    const unit = chance.pick(units.filter((u) => u.leaders.length > 0))
    let date = daysLater('2024-02-20', chance.between(0, 300))
    for (const what of [chance.pick(others), chance.pick(others), chance.pick(others)]) {
      put(date, { what, unit })
      date = daysLater(date, chance.between(0, 6))
    }
  }
  for (let n = 0; n < units.length / 4; n++) {
    const unit = chance.pick(units.filter((u) => u.leaders.length > 0))
    put(daysLater('2024-02-20', chance.between(0, 300)), { what: chance.pick(['wish', 'away', 'away']), unit })
  }
  const down: [string, string][] = []
  for (let n = 0; n < 6; n++) {
    const from = daysLater('2024-03-01', chance.between(0, 290))
    down.push([from, daysLater(from, chance.between(1, 9))])
  }
  void works
  return {
    acts,
    dates,
    down: (date: string) => down.some(([from, to]) => from <= date && date < to && !dates.has(date)),
    postpone: (date: string, list: Act[]) => put(date, ...list),
  }
}

/** When it ticks on a day: seldom when nothing is due; never so late that a kill may carry it over the end of the hours. */
function ticksOf(date: string, isRungDay: boolean, chance: Dice, works: WorkingDay): number[] {
  const at = (minutes: number) => instant(date, minutes)
  if (!works(date)) return chance.hit(0.5) ? [at(chance.between(8 * 60, 17 * 60))] : []
  const ticks = [chance.hit(0.7) ? at(8 * 60) : at(chance.between(8 * 60, 17 * 60))]
  if (isRungDay || chance.hit(0.1))
    ticks.push(
      at(chance.between(0, 7 * 60 + 55)),
      at(chance.between(8 * 60, 17 * 60)),
      at(chance.between(17 * 60, 17 * 60 + 30)),
      at(chance.between(18 * 60, 23 * 60 + 59)),
    )
  return ticks
}
