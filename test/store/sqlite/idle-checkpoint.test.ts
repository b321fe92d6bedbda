import type Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { checkpointWhenQuiet } from '../../../src/store/sqlite/idle-checkpoint.js'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** A database of which only the carrying over is asked. */
const database = (all: () => unknown, inTransaction = () => false) =>
  ({
    pragma() {},
    prepare: () => ({ all }),
    get inTransaction() {
      return inTransaction()
    },
  }) as unknown as Database.Database

test('a log that cannot be carried over, such as on a full disk, ends nothing and is tried again', () => {
  const carry = vi.fn().mockImplementationOnce(() => {
    throw new Error('database or disk is full')
  })
  checkpointWhenQuiet(database(carry)).wrote(1)
  vi.advanceTimersByTime(200)
  expect(carry).toHaveBeenCalledTimes(1)
  vi.advanceTimersByTime(1000)
  expect(carry).toHaveBeenCalledTimes(2)
})

test('it is carried over once it is quiet, and no more until somebody writes', () => {
  const carry = vi.fn()
  const checkpoints = checkpointWhenQuiet(database(carry))
  for (let i = 0; i < 20; i++) {
    checkpoints.wrote(5)
    vi.advanceTimersByTime(20)
  }
  expect(carry).not.toHaveBeenCalled()
  vi.advanceTimersByTime(1000)
  expect(carry).toHaveBeenCalledTimes(1)
  vi.advanceTimersByTime(10_000)
  expect(carry).toHaveBeenCalledTimes(1)
})

test('it is not touched while a transaction is open', () => {
  let isOpen = true
  const carry = vi.fn()
  checkpointWhenQuiet(database(carry, () => isOpen)).wrote(1)
  vi.advanceTimersByTime(1000)
  expect(carry).not.toHaveBeenCalled()
  isOpen = false
  vi.advanceTimersByTime(200)
  expect(carry).toHaveBeenCalledTimes(1)
})
