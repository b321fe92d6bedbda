import { performance } from 'node:perf_hooks'
import Database from 'better-sqlite3'
import { planningDay } from '../src/core/campaign/planning-day.js'
import type { Tx } from '../src/core/ports.js'
import { planReminders } from '../src/core/reminder/plan.js'
import { checkTarget, ratios, shown } from './figures.js'
import { createFixture, type Fixture, largeRoster } from './fixture.js'
import type { Lab } from './lab.js'
import { seed } from './seed.js'

const HEADS = 10_000
const SUBMISSIONS = 100_000
/** A rung of one review falls on this day: ten working days before it. */
const DUE = new Date('2024-06-14T08:00:00+07:00')
/** Rungs of both fall on this one: two working days before one review, five before the other. */
const BOTH = new Date('2024-06-26T08:00:00+07:00')
const IDLE = new Date('2024-06-13T08:00:00+07:00')
const timeZone = 'Asia/Ho_Chi_Minh'

/** One run, in ms: wall time, CPU time, and the part of the wall time for writing rows. */
interface Run {
  ms: number
  cpu: number
  writing: number
  /** Messages added to the outbox. */
  put: number
}

/** Thrown to roll back, so that every round plans the same. */
const undone = new Error('undone')

/** Plans the reminders of ten thousand heads, all of whom owe something for two reviews, in this process. */
export async function measurePlanning({ size, url }: Lab): Promise<void> {
  const fixtures = { none: await college(url('plan-none'), 0), many: await college(url('plan-many'), SUBMISSIONS) }
  const days = { one: DUE, both: BOTH, idle: IDLE }
  const runs = { none: runsOf(), many: runsOf() }
  const bare = bareWriter(url('plan-none'))
  const bareMs: number[] = []
  for (let round = 0; round <= size.rounds; round++) {
    const wrote = bare.write()
    // The first round prepares the statements.
    if (round > 0) bareMs.push(wrote)
    for (const fixture of ['none', 'many'] as const)
      for (const day of ['one', 'both', 'idle'] as const) {
        const run = await plan(fixtures[fixture], days[day])
        if (round > 0) runs[fixture][day].push(run)
      }
  }
  bare.close()
  console.log(`\nPlanning reminders, ${HEADS} heads who owe something for two reviews, in one transaction, ms`)
  const { none, many } = runs
  print('one rung due', none.one)
  print(`the same, ${SUBMISSIONS} submissions`, many.one)
  print('rungs of both on one day', none.both)
  print(`the same, ${SUBMISSIONS} submissions`, many.both)
  console.log(`  ${`${HEADS} rows, bare driver`.padEnd(28)} ${shown(bareMs)}`)
  const ms = (list: readonly Run[]) => list.map((r) => r.ms)
  const times = (list: readonly number[]) => ratios(list, bareMs)
  const unit = `of writing ${HEADS} rows with the bare driver`
  checkTarget(`one rung, ${unit}`, times(ms(none.one)), 'most', 3)
  checkTarget(`one rung, ${SUBMISSIONS} submissions, ${unit}`, times(ms(many.one)), 'most', 3)
  const decided = none.both.map((r) => r.ms - r.writing)
  checkTarget(`rungs of both, deciding without writing, ${unit}`, times(decided), 'most', 3)
  // Its log has a row for each of the two reviews.
  checkTarget(`rungs of both, ${unit}`, times(ms(none.both)), 'most', 4)
  checkTarget('with many submissions, of that with none', ratios(ms(many.one), ms(none.one)), 'most', 1.25)
  checkTarget('a tick when nothing is due, ms', ms([...none.idle, ...many.idle]), 'most', 5)
  for (const { store } of Object.values(fixtures)) await store.close()
}

const runsOf = () => ({ one: [] as Run[], both: [] as Run[], idle: [] as Run[] })

function print(name: string, runs: readonly Run[]): void {
  const of = (what: (r: Run) => number) => shown(runs.map(what))
  const parts = `deciding ${of((r) => r.ms - r.writing)}, writing ${of((r) => r.writing)}, cpu ${of((r) => r.cpu)}`
  console.log(`  ${name.padEnd(28)} ${of((r) => r.ms)} (${parts}), ${of((r) => r.put)} messages`)
}

/**
 * The measure of this machine: writes as many messages as there are heads, of the same size and with the same indexes, one
 * by one with one prepared statement of better-sqlite3, in one transaction that is rolled back.
 */
function bareWriter(url: string): { write(): number; close(): void } {
  const db = new Database(url.replace(/^file:/, ''))
  const people = db.prepare("select workspace_id, id from person where email like 'head%' order by id").raw().all() as [
    string,
    string,
  ][]
  const unit = db.prepare('select id from unit limit 1').pluck().get() as string
  const campaign = db.prepare('select id from campaign limit 1').pluck().get() as string
  const items = [{ campaignId: campaign, kind: 'preliminary', reviewDate: '2024-06-28', units: [unit], rung: -10 }]
  const payload = JSON.stringify({ on: '2024-06-14', items })
  const insert = db.prepare(
    `insert into outbox (workspace_id, key, kind, person_id, payload, state, due_at, created_at)
     values (?, ?, 'reminder', ?, ?, 'waiting', ?, ?)`,
  )
  const at = DUE.toISOString()
  return {
    write() {
      db.exec('begin immediate')
      const began = performance.now()
      for (const [workspaceId, id] of people) insert.run(workspaceId, `reminder:${id}:2024-06-14`, id, payload, at, at)
      const ms = performance.now() - began
      db.exec('rollback')
      return ms
    },
    close: () => db.close(),
  }
}

async function college(url: string, submissions: number): Promise<Fixture> {
  const fixture = await createFixture(url, largeRoster(HEADS))
  if (submissions > 0) await seed(url, fixture, submissions)
  const { store, workspaceId, campaign } = fixture
  await store.write(async (tx) => {
    const by = (await tx.people.withRole(workspaceId, 'command_board'))[0]?.id as string
    const set = (kind: 'preliminary' | 'final', date: string) =>
      tx.reviews.set(workspaceId, campaign.id, { kind, date }, by, IDLE)
    await set('preliminary', '2024-06-28')
    await set('final', '2024-07-03')
    // Earlier rungs are marked as planned, so that nothing is due on the idle day.
    for (const rung of ['preliminary:2024-06-28:-20', 'final:2024-07-03:-20'])
      await tx.rungs.markPlanned(workspaceId, campaign.id, rung, IDLE)
  })
  return fixture
}

async function plan({ store, workspaceId }: Fixture, now: Date): Promise<Run> {
  let run: Run | undefined
  await store
    .write(async (tx) => {
      const clock = { writing: 0 }
      const [began, cpu] = [performance.now(), process.cpuUsage()]
      const planned = await putAt(timed(tx, clock), workspaceId, now)
      const used = process.cpuUsage(cpu)
      const ms = performance.now() - began
      run = { ms, cpu: (used.user + used.system) / 1000, writing: clock.writing, put: planned }
      throw undone
    })
    .catch((error: unknown) => {
      if (error !== undone) throw error
    })
  return run as Run
}

async function putAt(tx: Tx, workspaceId: string, now: Date): Promise<number> {
  return (await planReminders(await planningDay(tx, workspaceId, now, timeZone))).length
}

/** The same transaction, measuring the time of statements that write many rows. */
function timed(tx: Tx, clock: { writing: number }): Tx {
  const watch = async <T>(write: () => Promise<T>): Promise<T> => {
    const began = performance.now()
    const value = await write()
    clock.writing += performance.now() - began
    return value
  }
  return {
    ...tx,
    outbox: { ...tx.outbox, addMany: (messages, at) => watch(() => tx.outbox.addMany(messages, at)) },
    reminders: { ...tx.reminders, log: (ws, lines, at) => watch(() => tx.reminders.log(ws, lines, at)) },
  }
}
