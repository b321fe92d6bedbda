import { performance } from 'node:perf_hooks'
import type { Child } from './child.js'
import { checkTarget, ratios, shown } from './figures.js'
import { accountOf, createFixture, exampleRoster, largeRoster } from './fixture.js'
import type { Lab } from './lab.js'
import { load, post } from './load.js'
import { UNITS } from './measure-summary.js'
import { interleave, printRounds, rates, tails } from './rounds.js'
import { commandBody } from './slack-request.js'
import { submitters } from './submitters.js'

/** A release may be slower or larger than the one before by this much. */
const WORSE_BY = 0.05
const MEMORY_ROUNDS = 3

/**
 * This build beside another one (`--beside=DIR`, a built checkout), in turns on one machine: forms, the summary, start and
 * memory. Each build works on a database of its own with the same content.
 */
export async function measureBeside(lab: Lab, other: OtherBuild): Promise<void> {
  await forms(lab, other)
  await summary(lab, other)
  await starts(lab, other)
  await memory(lab, other)
}

/** Another build, and how it fills a database of its own: an older one cannot read a newer one's. */
export interface OtherBuild {
  start: (databaseUrl: string) => Promise<Child>
  createFixture: typeof createFixture
}

async function forms({ size, url, bot }: Lab, other: OtherBuild): Promise<void> {
  const roster = await exampleRoster()
  const sides = {
    ours: await createFixture(url('ours'), roster),
    other: await other.createFixture(url('other'), roster),
  }
  const [ours, theirs] = [await bot(url('ours')), await other.start(url('other'))]
  for (const { store } of Object.values(sides)) await store.close()
  for (const concurrency of [10, 50]) {
    const got = await interleave(
      {
        other: { child: theirs, load: { bodies: submitters(sides.other, roster), expect: 'TĐ-2024-' } },
        ours: { child: ours, load: { bodies: submitters(sides.ours, roster), expect: 'TĐ-2024-' } },
      },
      { ...size, concurrency },
    )
    console.log(`\nForm submission beside the other build, concurrency ${concurrency}`)
    printRounds(got)
    checkTarget('rate, of the other', ratios(rates(got.ours), rates(got.other)), 'least', 1 - WORSE_BY)
    checkTarget('p99, times the other', ratios(tails(got.ours), tails(got.other)), 'most', 1 + 2 * WORSE_BY)
    const costs = (of: keyof typeof got) => got[of].map((r) => r.cost)
    checkTarget('CPU time, times the other', ratios(costs('ours'), costs('other')), 'most', 1 + WORSE_BY)
  }
  await Promise.all([ours.stop(), theirs.stop()])
}

async function summary({ size, url, bot }: Lab, other: OtherBuild): Promise<void> {
  const roster = largeRoster(UNITS)
  await (await createFixture(url('ours-summary'), roster)).store.close()
  await (await other.createFixture(url('other-summary'), roster)).store.close()
  const [ours, theirs] = [await bot(url('ours-summary')), await other.start(url('other-summary'))]
  const bodies = [commandBody(accountOf(roster.people[0]?.email ?? ''), 'tonghop')]
  const got = await interleave(
    {
      other: { child: theirs, load: { bodies, expect: 'data_table' } },
      ours: { child: ours, load: { bodies, expect: 'data_table' } },
    },
    { ...size, concurrency: 10 },
  )
  console.log(`\nFirst page of tonghop beside the other build, ${UNITS} units`)
  printRounds(got)
  checkTarget('rate, of the other', ratios(rates(got.ours), rates(got.other)), 'least', 1 - WORSE_BY)
  await Promise.all([ours.stop(), theirs.stop()])
}

async function starts({ size, url, bot }: Lab, other: OtherBuild): Promise<void> {
  const roster = await exampleRoster()
  await (await createFixture(url('ours-start'), roster)).store.close()
  await (await other.createFixture(url('other-start'), roster)).store.close()
  const body = commandBody(accountOf(roster.people[0]?.email ?? ''), 'trogiup')
  const times = { ours: [] as number[], other: [] as number[] }
  const first = async (child: Child, nth: number): Promise<number> => {
    await post(child.port, body(`START${nth}`))
    const ms = performance.now() - child.began
    await child.stop()
    return ms
  }
  for (let i = 0; i < size.starts; i++) {
    times.other.push(await first(await other.start(url('other-start')), i))
    times.ours.push(await first(await bot(url('ours-start')), i))
  }
  console.log(`\nStart to first acknowledgement, ms\n  other ${shown(times.other)}\n  ours  ${shown(times.ours)}`)
  checkTarget('ours / other', ratios(times.ours, times.other), 'most', 1 + WORSE_BY)
}

async function memory({ size, url, bot }: Lab, other: OtherBuild): Promise<void> {
  const roster = await exampleRoster()
  const megabytes = { ours: [] as number[], other: [] as number[] }
  for (let round = 0; round < MEMORY_ROUNDS; round++)
    for (const [side, build] of [
      ['other', other],
      ['ours', { start: bot, createFixture }],
    ] as const) {
      const name = `memory-${side}-${round}`
      const fixture = await build.createFixture(url(name), roster)
      await fixture.store.close()
      const child = await build.start(url(name))
      await load({ port: child.port, bodies: submitters(fixture, roster), count: size.loaded, concurrency: 50 })
      await new Promise((done) => setTimeout(done, 1000))
      megabytes[side].push(child.memory())
      await child.stop()
    }
  console.log(
    `\nMemory after ${size.loaded} forms, MB\n  other ${shown(megabytes.other)}\n  ours  ${shown(megabytes.ours)}`,
  )
  checkTarget('ours / other', ratios(megabytes.ours, megabytes.other), 'most', 1 + WORSE_BY)
}
