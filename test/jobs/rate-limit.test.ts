import { afterEach, describe, expect, test, vi } from 'vitest'
import { startRateLimiter } from '../../src/jobs/rate-limit.js'

afterEach(() => void vi.useRealTimers())

describe('a rate limiter, when the system clock is set back by an hour,', () => {
  test('delays no message', () => {
    vi.useFakeTimers({ now: Date.parse('2024-06-14T08:00:00+07:00'), toFake: ['Date', 'performance'] })
    const limiter = startRateLimiter({ perSecond: 20, burst: 2, perMinute: 50 })
    expect([limiter.take(), limiter.take()]).toEqual([0, 0])
    vi.setSystemTime(Date.parse('2024-06-14T07:00:00+07:00'))
    expect(limiter.take()).toBeLessThanOrEqual(50)
    vi.advanceTimersByTime(50)
    expect(limiter.take()).toBe(0)
  })

  test('does not lengthen a pause that the chat asked for', () => {
    vi.useFakeTimers({ now: Date.parse('2024-06-14T08:00:00+07:00'), toFake: ['Date', 'performance'] })
    const limiter = startRateLimiter({ perSecond: 20, burst: 2 })
    limiter.pause(30_000)
    vi.setSystemTime(Date.parse('2024-06-14T07:00:00+07:00'))
    expect(limiter.take()).toBeLessThanOrEqual(30_000)
    vi.advanceTimersByTime(30_000)
    expect(limiter.take()).toBe(0)
  })
})
