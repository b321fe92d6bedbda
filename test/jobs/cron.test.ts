import { afterEach, describe, expect, test, vi } from 'vitest'
import { startCron } from '../../src/jobs/cron.js'
import { pass } from '../helpers/fake-time.js'
import { gate } from '../helpers/gate.js'

test('a stop waits for the running tick, so that no tick uses a closed store', async () => {
  const happened: string[] = []
  const log = { warn: () => undefined, error: (event: string) => happened.push(event) }
  const [started, finished] = [gate(), gate()]
  const cron = startCron(async () => {
    started.open()
    await finished.opened
    happened.push('ticked')
  }, log)
  const idle = startCron(async () => undefined, log)
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
  const cron = startCron(() => Promise.reject(new Error('no')), {
    warn: () => undefined,
    error: (event) => logged.push(event),
  })
  await cron.stop()
  expect(logged).toEqual(['tick failed'])
})

describe('every minute', () => {
  const SECOND = 1000
  const MINUTE = 60 * SECOND
  let [ticks, warnings]: [string[], unknown[]] = [[], []]
  let stop: () => Promise<void> = async () => undefined
  /** Starts at an instant; the bot ticks once at its start. */
  async function start(at: string, tick: () => Promise<unknown> = async () => undefined): Promise<void> {
    vi.useFakeTimers({ now: new Date(at), toFake: ['setTimeout', 'clearTimeout', 'Date', 'performance'] })
    ;[ticks, warnings] = [[], []]
    const note = async () => {
      ticks.push(new Date().toISOString().slice(11, 19))
      await tick()
    }
    stop = startCron(note, { error() {}, warn: (event, about) => warnings.push([event, about]) }).stop
    await pass(5)
    ticks = []
  }
  afterEach(async () => {
    await stop()
    vi.useRealTimers()
    vi.unstubAllEnvs()
  })

  /** Zones of hosts, and an instant half a minute before their clocks fall back or spring forward. */
  test.each([
    ['America/Chicago', '2026-11-01T06:59:30Z'],
    ['America/Chicago', '2026-03-08T07:59:30Z'],
    ['Europe/London', '2026-10-25T00:59:30Z'],
    ['Australia/Lord_Howe', '2026-04-04T14:59:30Z'],
    ['Asia/Kolkata', '2026-11-01T06:59:30Z'],
    ['Asia/Ho_Chi_Minh', '2026-11-01T06:59:30Z'],
    ['Africa/Casablanca', '2026-02-15T01:59:30Z'],
  ])('in %s at %s', async (zone, at) => {
    vi.stubEnv('TZ', zone)
    await start(at)
    await vi.advanceTimersByTimeAsync(5 * MINUTE)
    expect(ticks.map((time) => time.slice(6))).toEqual(['00', '00', '00', '00', '00'])
    expect(new Set(ticks).size).toBe(5)
    expect(warnings).toEqual([])
  })

  test.each([
    ['forward by three hours', 3 * 60 * MINUTE, true],
    ['back by three hours', -3 * 60 * MINUTE, false],
    ['back by two minutes', -120_000, false],
    ['back by half a second', -500, false],
    ['forward by half a second', 500, false],
  ])('when the clock of the host is set %s', async (_, leap, warns) => {
    await start('2026-05-04T01:00:30Z')
    await vi.advanceTimersByTimeAsync(30 * SECOND)
    expect(ticks).toEqual(['01:01:00'])
    vi.setSystemTime(Date.now() + leap)
    for (let minute = 1; minute <= 5; minute++) {
      await vi.advanceTimersByTimeAsync(MINUTE)
      // The first tick after the leap may come at once, or half a minute late; no later one is lost or doubled.
      expect(Math.abs(ticks.length - 1 - minute)).toBeLessThanOrEqual(1)
    }
    expect(warnings.length > 0).toBe(warns)
  })

  test('a tick missed while the machine slept is made up within seconds, once, and logged', async () => {
    await start('2026-05-04T01:00:30Z')
    // Timers and the monotonic clock stand still during a sleep.
    vi.setSystemTime(new Date('2026-05-04T09:12:40Z'))
    await vi.advanceTimersByTimeAsync(15 * SECOND)
    expect(ticks).toHaveLength(1)
    expect(warnings).toEqual([['tick late', { seconds: expect.closeTo(8 * 3600 + 11 * 60 + 40, -2) }]])
    await vi.advanceTimersByTimeAsync(MINUTE)
    expect(ticks).toHaveLength(2)
  })

  test('a tick that takes minutes is logged, is not doubled, and the one it delayed follows at once', async () => {
    let finish: () => void = () => undefined
    let isSlow = false
    await start('2026-05-04T01:00:30Z', () =>
      isSlow ? new Promise<void>((done) => (finish = done)) : Promise.resolve(),
    )
    isSlow = true
    await vi.advanceTimersByTimeAsync(3 * MINUTE + 20 * SECOND)
    expect(ticks).toEqual(['01:01:00'])
    expect(warnings).toEqual([['tick still running', { seconds: expect.closeTo(120, -2) }]])
    isSlow = false
    finish()
    await vi.advanceTimersByTimeAsync(0)
    expect(ticks).toEqual(['01:01:00', '01:03:50'])
    await vi.advanceTimersByTimeAsync(10 * SECOND)
    expect(ticks).toEqual(['01:01:00', '01:03:50', '01:04:00'])
  })
})
