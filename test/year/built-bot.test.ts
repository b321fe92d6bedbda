import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, it, onTestFinished } from 'vitest'
import { importPlan } from '../../src/core/setup/import-plan.js'
import { importRoster } from '../../src/core/setup/import-roster.js'
import type { LocalSlack } from '../../src/local-slack/local-slack.js'
import { newId } from '../../src/new-id.js'
import { openStore } from '../../src/store/open.js'
import { dice } from '../chance.js'
import { environment } from '../flows/built-bot.js'
import { startTestSlack } from '../helpers/local-slack.js'
import { daysLater, instant, isWorkingDay2024, localTime } from './calendar.js'
import { createCollege, type Staff } from './college.js'
import { createOracle, kinds } from './oracle.js'
import { createPeopleActions } from './people-actions.js'

const SEED = Number(process.env.SEED ?? Date.now() % 1_000_000)
const KILLS = Number(process.env.KILLS ?? 100)
const UNITS = Number(process.env.UNITS ?? 500)
/** Time limit of a tick that is not killed: a few hundred messages take ten minutes under Slack's rate limits. */
const TICK_LIMIT_MS = 660_000
const LIMIT_MS = Number(process.env.LIMIT_MIN ?? 30) * 60_000

/**
 * Sends every rung of two reviews by `tick --at` of the built bot, each time in a separate process, against a local Slack
 * that rate-limits, fails, loses responses and is slow. Ticks are killed with SIGKILL while they send; one tick that is not
 * killed must then send the rest. Run by `npm run torture -- --year`; SEED=… repeats a run, UNITS, KILLS and LIMIT_MIN set
 * its size.
 */
describe.runIf(process.env.YEAR)('`tick --at` of the built bot', () => {
  it(
    `sends each head of ${UNITS} units each rung once when it is killed ${KILLS} times`,
    async () => {
      console.log(`seed ${SEED}`)
      const chance = dice(SEED)
      const college = createCollege(UNITS)
      const dir = mkdtempSync(path.join(tmpdir(), 'thidua-year-'))
      const { everyone } = college
      const slack = await startTestSlack({
        users: everyone.filter((s) => s.isInChat).map((s) => ({ id: s.account, real_name: s.account, email: s.email })),
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
      const access = {
        now: () => now,
        runOnBot: <T>(work: (bot: { store: typeof store }) => Promise<T>) => work({ store }),
      }
      const people = await createPeopleActions(access, college, workspaceId, dice(SEED + 1), store)
      const oracle = createOracle(college.units, college.codes, people.standing, isWorkingDay2024)
      const dates = { preliminary: '2024-05-03', final: '2024-09-05' }
      await people.setDates(dates)
      for (const kind of kinds) oracle.reviews.set(kind, dates[kind])

      injectFaults(slack, dice(SEED + 2))
      const startedAt = Date.now()
      const count = { ticks: 0, kills: 0, reminders: 0 }
      let checkedMessages = 0
      const keyOf = (m: (typeof slack.workspace.messages)[number]) =>
        String((m.metadata?.event_payload as { key?: string } | undefined)?.key ?? '')

      /** The number of reminders that each account received since the last call. */
      function newReminders(): Map<string, number> {
        const messages = slack.workspace.messages.slice(checkedMessages)
        checkedMessages = slack.workspace.messages.length
        const counts = new Map<string, number>()
        for (const m of messages.filter((m) => keyOf(m).startsWith('reminder:'))) {
          const account = `U${m.channel.slice(1)}`
          counts.set(account, (counts.get(account) ?? 0) + 1)
        }
        return counts
      }

      /** Kills this number of ticks, then runs one to its end. Returns the end of its output. */
      async function tick(kills: number): Promise<string> {
        let output = ''
        for (let left = kills; left > 0; left--) {
          const run = startTick(env, now)
          await Promise.race([wait(chance.between(200, 4500)), run.exit])
          run.process.kill('SIGKILL')
          await run.exit
          count.kills++
          now += chance.between(0, 5) * 60_000
        }
        // Cron and the command line may run at the same time.
        const runs = Array.from({ length: chance.hit(0.2) ? 2 : 1 }, () => startTick(env, now))
        count.ticks += runs.length
        for (const run of runs) {
          const code = await Promise.race([run.exit, wait(TICK_LIMIT_MS).then(() => 'too slow' as const)])
          if (code === 'too slow') run.process.kill('SIGKILL')
          expect([`seed ${SEED}`, localTime(now), code, run.output()]).toEqual([
            `seed ${SEED}`,
            localTime(now),
            0,
            expect.anything(),
          ])
          output += run.output().slice(-200)
        }
        return output
      }

      const rungDates = allRungDates(oracle.isRungDay)
      for (let date = rungDates[0] as string; date <= (rungDates.at(-1) as string); date = daysLater(date, 1)) {
        for (const unit of college.units)
          for (const kind of kinds)
            if (chance.hit(dates[kind] > date ? 0.004 : 0.01) && daysLater(date, 35) > dates[kind])
              await people.completeReview(unit, kind)
        if (chance.hit(0.1)) {
          const unit = chance.pick(college.units.filter((u) => u.leaders.length > 0))
          await people[
            chance.pick(['submitEvidence', 'confirmSubmission', 'returnSubmission', 'withdrawSubmission'] as const)
          ](unit)
        }
        const isRungDay = rungDates.includes(date)
        // Only some of the other days have a tick, because each process takes a second.
        if (!isRungDay && !chance.hit(0.15)) continue
        now = instant(date, chance.between(8 * 60, 16 * 60))
        const { reminders } = oracle.tick(now)
        const rungDatesLeft = rungDates.filter((d) => d >= date).length
        const kills = isRungDay ? Math.round((KILLS - count.kills) / Math.max(1, rungDatesLeft)) : 0
        if (Date.now() - startedAt > LIMIT_MS)
          throw new Error(`seed ${SEED}: the run exceeds ${LIMIT_MS / 60_000} minutes`)
        const output = await tick(kills)
        const received = newReminders()
        const wrong: string[] = []
        const pending = await store.read((tx) => tx.outbox.pending(new Date(now + 86_400_000)))
        const checkStaff = (staff: Staff, expected: number) => {
          const times = received.get(staff.account) ?? 0
          count.reminders += times
          const keys = slack.workspace.messages.filter((m) => m.channel.slice(1) === staff.account.slice(1)).map(keyOf)
          if (times !== expected)
            wrong.push(`${staff.account} got ${times} of ${expected} reminders, last messages: ${keys.slice(-3)}`)
        }
        for (const staff of everyone) checkStaff(staff, reminders.has(staff.account) && staff.isInChat ? 1 : 0)
        if (wrong.length > 0)
          throw new Error(`seed ${SEED}, ${date}: ${wrong.slice(0, 5)}; ${pending} messages are pending; ${output}`)
      }
      const keys = slack.workspace.messages.map(keyOf).filter(Boolean)
      expect(keys).toHaveLength(new Set(keys).size)
      expect(slack.violations).toEqual([])
      console.log(`seed ${SEED}:`, count, `${Math.round((Date.now() - startedAt) / 1000)} s`)
      expect(count.kills).toBeGreaterThanOrEqual(KILLS * 0.9)
    },
    LIMIT_MS + TICK_LIMIT_MS,
  )
})

/** The dates of all rungs. */
function allRungDates(isRungDay: (date: string) => boolean): string[] {
  const dates: string[] = []
  for (let date = '2024-02-20'; date < '2025-01-15'; date = daysLater(date, 1)) if (isRungDay(date)) dates.push(date)
  return dates
}

/** Makes some calls fail, be slow or lose their response. */
function injectFaults(slack: LocalSlack, roll: ReturnType<typeof dice>): void {
  const withProbability = (p: number) => ({ times: Number.POSITIVE_INFINITY, when: () => roll.hit(p) })
  for (const method of ['chat.postMessage', 'chat.update', 'users.lookupByEmail', 'conversations.history']) {
    slack.fail(method, { ...withProbability(0.004), retryAfter: 1 })
    slack.fail(method, { ...withProbability(0.01), status: 503 })
    slack.fail(method, { ...withProbability(0.015), dropAfter: true })
    slack.fail(method, { ...withProbability(0.02), delayMs: 1500 })
  }
}

/** A process of the command line. */
interface Run {
  process: ChildProcess
  /** Its exit code; null when a signal ended it. */
  exit: Promise<number | null>
  /** The end of its standard output and error. */
  output(): string
}

const cli = path.resolve(import.meta.dirname, '../../dist/src/cli.js')

/** Starts `tick --at` of the built command line; it is killed when the test ends. */
function startTick(env: Record<string, string>, at: number): Run {
  const child = spawn(process.execPath, [cli, 'tick', '--at', new Date(at).toISOString()], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  const append = (text: Buffer) => {
    output = (output + text).slice(-2000)
  }
  child.stdout?.on('data', append)
  child.stderr?.on('data', append)
  onTestFinished(() => void child.kill('SIGKILL'))
  return { process: child, exit: new Promise((done) => child.once('exit', done)), output: () => output }
}
