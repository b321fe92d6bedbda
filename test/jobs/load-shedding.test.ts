import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { backOff, MAX_BACK_OFF_MS, startLoadMonitor } from '../../src/jobs/load-shedding.js'

beforeEach(() => void vi.useFakeTimers({ now: 0, toFake: ['performance'] }))
afterEach(() => void vi.useRealTimers())

describe('overload', () => {
  test.each([
    [4, false],
    [5, true],
  ])('is reported with %d requests in flight: %s', (inFlight, is) => {
    expect(startLoadMonitor(() => inFlight).isOverloaded()).toBe(is)
  })

  test.each([
    [24, false],
    [25, true],
  ])('is reported with %d answers within the last period: %s', (answered, is) => {
    const load = startLoadMonitor(() => 0)
    for (let i = 0; i < answered; i++) load.answered()
    expect(load.isOverloaded()).toBe(is)
    vi.advanceTimersByTime(260)
    expect(load.isOverloaded()).toBe(is)
  })

  test('is over after two periods without an answer', () => {
    const load = startLoadMonitor(() => 0)
    for (let i = 0; i < 100; i++) load.answered()
    vi.advanceTimersByTime(260)
    expect(load.isOverloaded()).toBe(true)
    vi.advanceTimersByTime(260)
    expect(load.isOverloaded()).toBe(false)
  })
})

describe('background work', () => {
  test('backs off during overload, for at most MAX_BACK_OFF_MS', () => {
    let busy = false
    const backsOff = backOff(() => busy)
    expect(backsOff()).toBe(false)
    busy = true
    expect(backsOff()).toBe(true)
    vi.advanceTimersByTime(MAX_BACK_OFF_MS - 1)
    expect(backsOff()).toBe(true)
    vi.advanceTimersByTime(1)
    expect(backsOff()).toBe(false)
    busy = false
    expect(backsOff()).toBe(false)
    busy = true
    expect(backsOff()).toBe(true)
  })

  test('backs off no longer when the system clock is set back', () => {
    vi.useFakeTimers({ now: Date.parse('2024-06-14T08:00:00Z'), toFake: ['Date', 'performance'] })
    const backsOff = backOff(() => true)
    expect(backsOff()).toBe(true)
    vi.setSystemTime(Date.parse('2024-06-14T07:00:00Z'))
    vi.advanceTimersByTime(MAX_BACK_OFF_MS)
    expect(backsOff()).toBe(false)
  })
})
