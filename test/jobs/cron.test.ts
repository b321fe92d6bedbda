import { expect, test } from 'vitest'
import { startCron } from '../../src/jobs/cron.js'
import { gate } from '../helpers/gate.js'

test('a stop waits for the running tick, so that no tick uses a closed store', async () => {
  const happened: string[] = []
  const log = { error: (event: string) => happened.push(event) }
  const [started, finished] = [gate(), gate()]
  const cron = await startCron(async () => {
    started.open()
    await finished.opened
    happened.push('ticked')
  }, log)
  const idle = await startCron(async () => undefined, log)
  await started.opened
  const stopped = cron.stop().then(() => happened.push('stopped'))
  // Requested later; without a tick in progress it takes at least as long.
  await idle.stop()
  expect(happened).toEqual([])
  finished.open()
  await stopped
  expect(happened).toEqual(['ticked', 'stopped'])
})

test('a tick that fails is logged and does not prevent a stop', async () => {
  const logged: string[] = []
  const cron = await startCron(() => Promise.reject(new Error('no')), { error: (event) => logged.push(event) })
  await cron.stop()
  expect(logged).toEqual(['tick failed'])
})
