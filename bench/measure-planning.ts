import { performance } from 'node:perf_hooks'
import type { Campaign } from '../src/core/campaign.js'
import { calendarOf } from '../src/core/holiday-calendar.js'
import type { Tx } from '../src/core/ports.js'
import { planReminders } from '../src/core/reminding.js'
import { judge, ratios, shown } from './figures.js'
import type { Lab } from './run.js'
import { seed } from './seed.js'
import { largeRoster, type Stage, setStage } from './stage.js'

const HEADS = 10_000
const SUBMISSIONS = 100_000
/** Two rungs fall on this day: two working days before one review, five before the other. */
const DUE = new Date('2024-06-26T08:00:00+07:00')
const IDLE = new Date('2024-06-25T08:00:00+07:00')
const timeZone = 'Asia/Ho_Chi_Minh'

/** One run, in ms: by the clock, of the processor, and of the clock's what went into writing rows. */
interface Run {
  ms: number
  cpu: number
  writing: number
  /** Messages that were put into the outbox. */
  put: number
}

/** Thrown to leave nothing behind, so that every round plans the same anew. */
const undone = new Error('undone')

/** Planning what is due for ten thousand heads, all of whom owe something for two reviews, in this process. */
export async function measurePlanning({ size, url }: Lab): Promise<void> {
  const stages = { none: await college(url('plan-none'), 0), many: await college(url('plan-many'), SUBMISSIONS) }
  const runs = { none: [] as Run[], many: [] as Run[], idleNone: [] as Run[], idleMany: [] as Run[] }
  for (let round = 0; round <= size.rounds; round++)
    for (const [name, idle, stage] of [
      ['none', 'idleNone', stages.none],
      ['many', 'idleMany', stages.many],
    ] as const) {
      const [due, nothing] = [await plan(stage, DUE), await plan(stage, IDLE)]
      // The first round prepares the statements.
      if (round === 0) continue
      runs[name].push(due)
      runs[idle].push(nothing)
    }
  console.log(`\nPlanning reminders, ${HEADS} heads, two reviews due, in one transaction`)
  for (const [name, list] of [
    ['no submissions', runs.none],
    [`${SUBMISSIONS} submissions`, runs.many],
  ] as const) {
    const of = (what: (r: Run) => number) => shown(list.map(what))
    const parts = `reading and deciding ${of((r) => r.ms - r.writing)}, writing ${of((r) => r.writing)}`
    console.log(
      `  ${name.padEnd(20)} ${of((r) => r.ms)} ms (${parts}), cpu ${of((r) => r.cpu)} ms, ${of((r) => r.put)} put`,
    )
  }
  // What is due: 20,000 reminders of units, folded into 10,000 messages. Writing their 30,000 rows is told above.
  const deciding = (list: Run[]) => list.map((r) => r.ms - r.writing)
  const [none, many] = [deciding(runs.none), deciding(runs.many)]
  judge('planning what is due, ms', none, 'most', 200)
  judge(`planning with ${SUBMISSIONS} submissions, ms`, many, 'most', 200)
  judge('planning with many, of that with none', ratios(many, none), 'most', 1.25)
  const idle = [...runs.idleNone, ...runs.idleMany].map((r) => r.ms)
  judge('a tick when nothing is due, ms', idle, 'most', 5)
  for (const { store } of Object.values(stages)) await store.close()
}

async function college(url: string, submissions: number): Promise<Stage> {
  const stage = await setStage(url, largeRoster(HEADS))
  if (submissions > 0) await seed(url, stage, submissions)
  const { store, workspaceId, campaign } = stage
  await store.write(async (tx) => {
    const by = (await tx.people.withRole(workspaceId, 'command_board'))[0]?.id as string
    const set = (kind: 'preliminary' | 'final', date: string) =>
      tx.reviews.set(workspaceId, campaign.id, { kind, date }, by, IDLE)
    await set('preliminary', '2024-06-28')
    await set('final', '2024-07-03')
    // What fell due before is done with: on the idle day nothing waits.
    for (const rung of ['preliminary:2024-06-28:-5', 'final:2024-07-03:-10'])
      await tx.rungs.markPlanned(workspaceId, campaign.id, rung, IDLE)
  })
  return stage
}

async function plan({ store, workspaceId, campaign }: Stage, now: Date): Promise<Run> {
  let run: Run | undefined
  await store
    .write(async (tx) => {
      const clock = { writing: 0 }
      const [began, cpu] = [performance.now(), process.cpuUsage()]
      const planned = await putAt(timed(tx, clock), workspaceId, campaign, now)
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

async function putAt(tx: Tx, workspaceId: string, campaign: Campaign, now: Date): Promise<number> {
  const isWorkingDay = await calendarOf(tx, workspaceId)
  return (await planReminders({ tx, now, timeZone, isWorkingDay }, [campaign])).length
}

/** The same transaction, with a clock on what writes many rows. */
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
