import { expect, test } from 'vitest'
import { startCron } from '../../src/jobs/cron.js'

test('a stop waits for the running tick, so that no tick uses a closed store', async () => {
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

test('a tick that fails is logged and does not prevent a stop', async () => {
  const logged: string[] = []
  const cron = await startCron(() => Promise.reject(new Error('no')), { error: (event) => logged.push(event) })
  await cron.stop()
  expect(logged).toEqual(['tick failed'])
})
