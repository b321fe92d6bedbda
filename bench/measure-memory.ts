import type { Child } from './child.js'
import { judge } from './figures.js'
import { load } from './load.js'
import type { Lab } from './run.js'
import { exampleRoster, setStage } from './stage.js'
import { submitters } from './submitters.js'

/** Resident memory after the same load on each. */
export async function measureMemory({ size, url, bare, bot }: Lab): Promise<void> {
  const roster = await exampleRoster()
  const stage = await setStage(url('memory'), roster)
  await stage.store.close()
  const bodies = submitters(stage, roster)
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
  judge('bot − bare', [ourBot - bareApp], 'most', 60, 0)
}
