import type { ReceiverEvent } from '@slack/bolt'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { acknowledgeWhenDone } from '../../src/slack/event-ack.js'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** One thing that comes in, processed as Bolt does it: events are acknowledged first of all. */
function take(type: string) {
  const ack = vi.fn(async () => undefined)
  let [resolve, reject] = [() => {}, (_: Error) => {}]
  const promise = new Promise<void>((yes, no) => {
    ;[resolve, reject] = [yes, no]
  })
  const process = acknowledgeWhenDone(async (incoming: ReceiverEvent) => {
    await incoming.ack()
    await promise
  }, 2500)
  const done = process({ body: { type }, ack } as unknown as ReceiverEvent)
  return { ack, finish: () => resolve(), fail: (error: Error) => reject(error), done }
}

test('an event is acknowledged once it was processed, and once only', async () => {
  const { ack, finish, done } = take('event_callback')
  await vi.advanceTimersByTimeAsync(2000)
  expect(ack).not.toHaveBeenCalled()
  finish()
  await done
  await vi.advanceTimersByTimeAsync(5000)
  expect(ack).toHaveBeenCalledTimes(1)
})

test('an event that takes long is acknowledged before Slack sends it again', async () => {
  const { ack, finish, done } = take('event_callback')
  await vi.advanceTimersByTimeAsync(2600)
  expect(ack).toHaveBeenCalledTimes(1)
  finish()
  await done
  expect(ack).toHaveBeenCalledTimes(1)
})

test('an event whose processing breaks is acknowledged to nobody', async () => {
  const { ack, fail, done } = take('event_callback')
  fail(new Error('gone'))
  await expect(done).rejects.toThrow('gone')
  await vi.advanceTimersByTimeAsync(5000)
  expect(ack).not.toHaveBeenCalled()
})

test('everything else acknowledges itself', async () => {
  const { ack, finish, done } = take('view_submission')
  await vi.advanceTimersByTimeAsync(0)
  expect(ack).toHaveBeenCalledTimes(1)
  finish()
  await done
})
