import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { startRush } from '../../src/jobs/rush.js'

beforeEach(() => void vi.useFakeTimers({ now: 0, toFake: ['performance'] }))
afterEach(() => void vi.useRealTimers())

describe('a rush', () => {
  test.each([
    [4, false],
    [5, true],
  ])('with %d requests under way: %s', (inHand, is) => {
    expect(startRush(() => inHand).isOn()).toBe(is)
  })

  test.each([
    [24, false],
    [25, true],
  ])('with %d answered a moment ago: %s', (answered, is) => {
    const rush = startRush(() => 0)
    for (let i = 0; i < answered; i++) rush.answered()
    expect(rush.isOn()).toBe(is)
    vi.advanceTimersByTime(260)
    expect(rush.isOn()).toBe(is)
  })

  test('is over when nobody came for two moments', () => {
    const rush = startRush(() => 0)
    for (let i = 0; i < 100; i++) rush.answered()
    vi.advanceTimersByTime(260)
    expect(rush.isOn()).toBe(true)
    vi.advanceTimersByTime(260)
    expect(rush.isOn()).toBe(false)
  })
})
