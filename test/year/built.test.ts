import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { importPlan } from '../../src/core/setup/import-plan.js'
import { importRoster } from '../../src/core/setup/import-roster.js'
import type { LocalSlack } from '../../src/local-slack/local-slack.js'
import { newId } from '../../src/new-id.js'
import { openStore } from '../../src/store/open.js'
import { dice } from '../chance.js'
import { environment } from '../flows/built-bot.js'
import { startTestSlack } from '../helpers/local-slack.js'
import { daysLater, instant, wall, worksIn2024 } from './calendar.js'
import { college as makeCollege, type Staff } from './college.js'
import { people } from './life.js'
import { kinds, oracle } from './oracle.js'

const SEED = Number(process.env.SEED ?? Date.now() % 1_000_000)
const KILLS = Number(process.env.KILLS ?? 100)
const UNITS = Number(process.env.UNITS ?? 500)
/** A tick that is not killed sends a few hundred messages within Slack's rate limits, and updates as many, within ten minutes. */
const TICK_MS = 660_000
const LIMIT_MS = Number(process.env.LIMIT_MIN ?? 30) * 60_000

/**
 * Every rung of two reviews by `tick --at` of the built bot, in a separate process each time, against the local Slack,
 * which refuses, fails, loses responses and is slow. Ticks are killed with SIGKILL while they send. One tick that is not
 * killed must be enough. `npm run torture -- --year`; SEED=… repeats a run, UNITS, KILLS and LIMIT_MIN set its size.
 */
test.runIf(process.env.YEAR)(
  `${UNITS} units, every rung by tick --at, killed ${KILLS} times: each head gets each rung once`,
  async () => {
    console.log(`seed ${SEED}`)
    const chance = dice(SEED)
    const college = makeCollege(UNITS)
    const dir = mkdtempSync(path.join(tmpdir(), 'thidua-year-'))
    const everyone = [
      ...new Map(
        [...college.units.flatMap((u) => u.leaders), ...college.office, college.board].map((s) => [s.account, s]),
      ).values(),
    ]
    const slack = await startTestSlack({
      users: everyone.filter((s) => !s.away).map((s) => ({ id: s.account, real_name: s.account, email: s.email })),
    })
    const env = environment(slack, dir)
    const store = await openStore(env.DATABASE_URL as string)
    let now = instant('2024-02-19', 9 * 60)
    onTestFinished(async () => {
      await store.close()
      await slack.close()
      rmSync(dir, { recursive: true, force: true })
    })
    const workspaceId = await store.write(async (tx) => {
      const workspaceId = await tx.workspaces.adopt('slack', slack.teamId, new Date(now))
      const use = { tx, now: new Date(now), newId, workspaceId }
      await importPlan(use, college.plan, 'plan')
      await importRoster(use, college.roster)
      return workspaceId
    })
    const through = { now: () => now, ask: <T>(work: (life: { store: typeof store }) => Promise<T>) => work({ store }) }
    const lives = await people(through, college, workspaceId, dice(SEED + 1), store)
    const expected = oracle(college.units, college.codes, lives.standing, worksIn2024)
    const dates = { preliminary: '2024-05-03', final: '2024-09-05' }
    await lives.setDates(dates)
    for (const kind of kinds) expected.reviews.set(kind, dates[kind])

    trouble(slack, dice(SEED + 2))
    const began = Date.now()
    const count = { ticks: 0, kills: 0, reminders: 0 }
    let seen = 0
    const keyOf = (m: (typeof slack.workspace.messages)[number]) =>
      String((m.metadata?.event_payload as { key?: string } | undefined)?.key ?? '')

    /** The number of reminders per person that arrived since the last call. */
    function arrived(): Map<string, number> {
      const came = slack.workspace.messages.slice(seen)
      seen = slack.workspace.messages.length
      const per = new Map<string, number>()
      for (const m of came.filter((m) => keyOf(m).startsWith('reminder:'))) {
        const account = `U${m.channel.slice(1)}`
        per.set(account, (per.get(account) ?? 0) + 1)
      }
      return per
    }

    async function tick(kills: number): Promise<string> {
      let said = ''
      for (let left = kills; left > 0; left--) {
        const run = start(env, now)
        await Promise.race([wait(chance.between(200, 4500)), run.ended])
        run.process.kill('SIGKILL')
        await run.ended
        count.kills++
        now += chance.between(0, 5) * 60_000
      }
      // Cron and the command line may run at the same time.
      const runs = Array.from({ length: chance.hit(0.2) ? 2 : 1 }, () => start(env, now))
      count.ticks += runs.length
      for (const run of runs) {
        const code = await Promise.race([run.ended, wait(TICK_MS).then(() => 'too slow' as const)])
        if (code === 'too slow') run.process.kill('SIGKILL')
        expect([`seed ${SEED}`, wall(now), code, run.said()]).toEqual([`seed ${SEED}`, wall(now), 0, expect.anything()])
        said += run.said().slice(-200)
      }
      return said
    }

    const burst = rungDays(expected.isRungDay)
    for (let date = burst[0] as string; date <= (burst.at(-1) as string); date = daysLater(date, 1)) {
      for (const unit of college.units)
        for (const kind of kinds)
          if (chance.hit(dates[kind] > date ? 0.004 : 0.01) && daysLater(date, 35) > dates[kind])
            await lives.finish(unit, kind)
      if (chance.hit(0.1)) {
        const unit = chance.pick(college.units.filter((u) => u.leaders.length > 0))
        await lives[chance.pick(['handIn', 'confirm', 'returned', 'withdraw'] as const)](unit)
      }
      const isRungDay = burst.includes(date)
      // Rarely on other days, because a tick in a separate process takes a second.
      if (!isRungDay && !chance.hit(0.15)) continue
      now = instant(date, chance.between(8 * 60, 16 * 60))
      const { owed } = expected.tick(now)
      const left = burst.filter((d) => d >= date).length
      const kills = isRungDay ? Math.round((KILLS - count.kills) / Math.max(1, left)) : 0
      if (Date.now() - began > LIMIT_MS) throw new Error(`seed ${SEED}: no longer than ${LIMIT_MS / 60_000} minutes`)
      const said = await tick(kills)
      const got = arrived()
      const wrong: string[] = []
      const waits = await store.read((tx) => tx.outbox.pending(new Date(now + 86_400_000)))
      const judge = (staff: Staff, n: number) => {
        const times = got.get(staff.account) ?? 0
        count.reminders += times
        const keys = slack.workspace.messages.filter((m) => m.channel.slice(1) === staff.account.slice(1)).map(keyOf)
        if (times !== n) wrong.push(`${staff.account} got ${times} of ${n}: ${keys.slice(-3)}`)
      }
      for (const staff of everyone) judge(staff, owed.has(staff.account) && !staff.away ? 1 : 0)
      if (wrong.length > 0) throw new Error(`seed ${SEED}, ${date}: ${wrong.slice(0, 5)}; ${waits} wait; ${said}`)
    }
    const keys = slack.workspace.messages.map(keyOf).filter(Boolean)
    expect(keys).toHaveLength(new Set(keys).size)
    expect(slack.violations).toEqual([])
    console.log(`seed ${SEED}:`, count, `${Math.round((Date.now() - began) / 1000)} s`)
    expect(count.kills).toBeGreaterThanOrEqual(KILLS * 0.9)
  },
  LIMIT_MS + TICK_MS,
)

/** Every day of the year with a rung. */
function rungDays(isRungDay: (date: string) => boolean): string[] {
  const days: string[] = []
  for (let date = '2024-02-20'; date < '2025-01-15'; date = daysLater(date, 1)) if (isRungDay(date)) days.push(date)
  return days
}

/** Makes some calls fail, be slow or lose their response. */
function trouble(slack: LocalSlack, roll: ReturnType<typeof dice>): void {
  const some = (p: number) => ({ times: Number.POSITIVE_INFINITY, when: () => roll.hit(p) })
  for (const method of ['chat.postMessage', 'chat.update', 'users.lookupByEmail', 'conversations.history']) {
    slack.fail(method, { ...some(0.004), retryAfter: 1 })
    slack.fail(method, { ...some(0.01), status: 503 })
    slack.fail(method, { ...some(0.015), dropAfter: true })
    slack.fail(method, { ...some(0.02), delayMs: 1500 })
  }
}

interface Run {
  process: ChildProcess
  ended: Promise<number | null>
  said(): string
}

const cli = path.resolve(import.meta.dirname, '../../dist/src/cli.js')

/** Starts `tick --at` of the built command line. */
function start(env: Record<string, string>, at: number): Run {
  const child = spawn(process.execPath, [cli, 'tick', '--at', new Date(at).toISOString()], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  const keep = (text: Buffer) => {
    said = (said + text).slice(-2000)
  }
  child.stdout?.on('data', keep)
  child.stderr?.on('data', keep)
  onTestFinished(() => void child.kill('SIGKILL'))
  return { process: child, ended: new Promise((done) => child.once('exit', done)), said: () => said }
}
