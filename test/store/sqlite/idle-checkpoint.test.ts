import type Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { checkpointWhenIdle } from '../../../src/store/sqlite/idle-checkpoint.js'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** A database whose checkpoints call `all`. */
const database = (all: () => unknown, inTransaction = () => false) =>
  ({
    pragma() {},
    prepare: () => ({ all }),
    get inTransaction() {
      return inTransaction()
    },
  }) as unknown as Database.Database

test('a checkpoint that fails, such as on a full disk, throws nothing and is retried', () => {
  const checkpoint = vi.fn().mockImplementationOnce(() => {
    throw new Error('database or disk is full')
  })
  checkpointWhenIdle(database(checkpoint)).wrote(1)
  vi.advanceTimersByTime(200)
  expect(checkpoint).toHaveBeenCalledTimes(1)
  vi.advanceTimersByTime(1000)
  expect(checkpoint).toHaveBeenCalledTimes(2)
})

test('there is no checkpoint after a stop', () => {
  const checkpoint = vi.fn()
  const checkpoints = checkpointWhenIdle(database(checkpoint))
  checkpoints.wrote(1)
  checkpoints.stop()
  vi.advanceTimersByTime(10_000)
  expect(checkpoint).not.toHaveBeenCalled()
})

test('a checkpoint waits until there are few writes, and is not repeated until the next write', () => {
  const checkpoint = vi.fn()
  const checkpoints = checkpointWhenIdle(database(checkpoint))
  for (let i = 0; i < 20; i++) {
    checkpoints.wrote(5)
    vi.advanceTimersByTime(20)
  }
  expect(checkpoint).not.toHaveBeenCalled()
  vi.advanceTimersByTime(1000)
  expect(checkpoint).toHaveBeenCalledTimes(1)
  vi.advanceTimersByTime(10_000)
  expect(checkpoint).toHaveBeenCalledTimes(1)
})

test('a checkpoint waits while a transaction is open', () => {
  let isOpen = true
  const checkpoint = vi.fn()
  checkpointWhenIdle(database(checkpoint, () => isOpen)).wrote(1)
  vi.advanceTimersByTime(1000)
  expect(checkpoint).not.toHaveBeenCalled()
  isOpen = false
  vi.advanceTimersByTime(200)
  expect(checkpoint).toHaveBeenCalledTimes(1)
})
