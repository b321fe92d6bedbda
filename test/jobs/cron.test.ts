import { expect, test } from 'vitest'
import { startCron } from '../../src/jobs/cron.js'

test('a stop waits for the tick in hand, so that none goes on over a store that is closed', async () => {
  const happened: string[] = []
  let finish: () => void = () => undefined
  const tick = () => new Promise<void>((done) => (finish = done)).then(() => happened.push('ticked'))
  const cron = await startCron(tick, { error: (event) => happened.push(event) })
  await new Promise((done) => setImmediate(done))
  const stopped = cron.stop().then(() => happened.push('stopped'))
  await new Promise((done) => setTimeout(done, 20))
  finish()
  await stopped
  expect(happened).toEqual(['ticked', 'stopped'])
})

test('a tick that fails is logged and holds up nothing', async () => {
  const logged: string[] = []
  const cron = await startCron(() => Promise.reject(new Error('no')), { error: (event) => logged.push(event) })
  await cron.stop()
  expect(logged).toEqual(['tick failed'])
})
