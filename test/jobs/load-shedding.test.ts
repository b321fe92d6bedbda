import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { backOff, MAX_BACK_OFF_MS, startLoadMonitor } from '../../src/jobs/load-shedding.js'

beforeEach(() => void vi.useFakeTimers({ now: 0, toFake: ['performance'] }))
afterEach(() => void vi.useRealTimers())

describe('a rush', () => {
  test.each([
    [4, false],
    [5, true],
  ])('with %d requests under way: %s', (inHand, is) => {
    expect(startLoadMonitor(() => inHand).isOverloaded()).toBe(is)
  })

  test.each([
    [24, false],
    [25, true],
  ])('with %d answered a moment ago: %s', (answered, is) => {
    const rush = startLoadMonitor(() => 0)
    for (let i = 0; i < answered; i++) rush.answered()
    expect(rush.isOverloaded()).toBe(is)
    vi.advanceTimersByTime(260)
    expect(rush.isOverloaded()).toBe(is)
  })

  test('is over when nobody came for two moments', () => {
    const rush = startLoadMonitor(() => 0)
    for (let i = 0; i < 100; i++) rush.answered()
    vi.advanceTimersByTime(260)
    expect(rush.isOverloaded()).toBe(true)
    vi.advanceTimersByTime(260)
    expect(rush.isOverloaded()).toBe(false)
  })
})

describe('what the bot does by itself', () => {
  test('steps back for a rush, though not for ever', () => {
    let busy = false
    const stepsBack = backOff(() => busy)
    expect(stepsBack()).toBe(false)
    busy = true
    expect(stepsBack()).toBe(true)
    vi.advanceTimersByTime(MAX_BACK_OFF_MS - 1)
    expect(stepsBack()).toBe(true)
    vi.advanceTimersByTime(1)
    expect(stepsBack()).toBe(false)
    busy = false
    expect(stepsBack()).toBe(false)
    busy = true
    expect(stepsBack()).toBe(true)
  })

  test('steps back no longer when the clock is set back meanwhile', () => {
    vi.useFakeTimers({ now: Date.parse('2024-06-14T08:00:00Z'), toFake: ['Date', 'performance'] })
    const stepsBack = backOff(() => true)
    expect(stepsBack()).toBe(true)
    vi.setSystemTime(Date.parse('2024-06-14T07:00:00Z'))
    vi.advanceTimersByTime(MAX_BACK_OFF_MS)
    expect(stepsBack()).toBe(false)
  })
})
