import { performance } from 'node:perf_hooks'
import type { Child } from './child.js'
import { checkTarget, ratios, shown } from './figures.js'
import { accountOf, createFixture, exampleRoster } from './fixture.js'
import type { Lab } from './lab.js'
import { post } from './load.js'
import { commandBody } from './slack-request.js'

/** From the start of the process to its first acknowledgement of a command. */
export async function measureStart({ size, url, bare, bot }: Lab): Promise<void> {
  const roster = await exampleRoster()
  await (await createFixture(url('start'), roster)).store.close()
  const body = commandBody(accountOf(roster.people[0]?.email ?? ''), 'trogiup')
  const times = { bare: [] as number[], bot: [] as number[] }
  const first = async (child: Child, nth: number): Promise<number> => {
    await post(child.port, body(`START${nth}`))
    const ms = performance.now() - child.began
    await child.stop()
    return ms
  }
  for (let i = 0; i < size.starts; i++) {
    times.bare.push(await first(await bare(), i))
    times.bot.push(await first(await bot(url('start')), i))
  }
  console.log('\nStart to first acknowledgement, ms')
  console.log(`  bare ${shown(times.bare)}\n  bot  ${shown(times.bot)}`)
  checkTarget('bot / bare', ratios(times.bot, times.bare), 'most', 1.5)
}
