import { afterEach, describe, expect, test, vi } from 'vitest'
import { startRateLimiter } from '../../src/jobs/rate-limit.js'

afterEach(() => void vi.useRealTimers())

describe('a clock that is set back by an hour', () => {
  test('holds up no message', () => {
    vi.useFakeTimers({ now: Date.parse('2024-06-14T08:00:00+07:00'), toFake: ['Date', 'performance'] })
    const gate = startRateLimiter({ perSecond: 20, burst: 2, perMinute: 50 })
    expect([gate.take(), gate.take()]).toEqual([0, 0])
    vi.setSystemTime(Date.parse('2024-06-14T07:00:00+07:00'))
    expect(gate.take()).toBeLessThanOrEqual(50)
    vi.advanceTimersByTime(50)
    expect(gate.take()).toBe(0)
  })

  test('makes no longer what the chat asks to wait', () => {
    vi.useFakeTimers({ now: Date.parse('2024-06-14T08:00:00+07:00'), toFake: ['Date', 'performance'] })
    const gate = startRateLimiter({ perSecond: 20, burst: 2 })
    gate.pause(30_000)
    vi.setSystemTime(Date.parse('2024-06-14T07:00:00+07:00'))
    expect(gate.take()).toBeLessThanOrEqual(30_000)
    vi.advanceTimersByTime(30_000)
    expect(gate.take()).toBe(0)
  })
})
