import type { Child } from './child.js'
import { checkTarget } from './figures.js'
import { createFixture, exampleRoster } from './fixture.js'
import type { Lab } from './lab.js'
import { load } from './load.js'
import { submitters } from './submitters.js'

/** Resident memory after the same load on each. */
export async function measureMemory({ size, url, bare, bot }: Lab): Promise<void> {
  const roster = await exampleRoster()
  const fixture = await createFixture(url('memory'), roster)
  await fixture.store.close()
  const bodies = submitters(fixture, roster)
  const after = async (child: Child): Promise<number> => {
    await load({ port: child.port, bodies, count: size.loaded, concurrency: 50 })
    await new Promise((done) => setTimeout(done, 1000))
    const megabytes = child.memory()
    await child.stop()
    return megabytes
  }
  const [bareApp, ourBot] = [await after(await bare()), await after(await bot(url('memory')))]
  console.log(`\nMemory after ${size.loaded} forms at concurrency 50, MB`)
  console.log(`  bare ${bareApp.toFixed(0)}\n  bot  ${ourBot.toFixed(0)}`)
  checkTarget('bot − bare', [ourBot - bareApp], 'most', 60, 0)
}
