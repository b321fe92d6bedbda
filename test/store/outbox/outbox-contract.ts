import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type NewMessage, workKinds } from '../../../src/core/outbox/outbox.js'
import type { Tx } from '../../../src/core/ports.js'
import { at } from '../../example.js'
import { type College, foundCollege } from '../college.js'
import type { OpenStore } from '../open-store.js'

const now = at('2024-05-20', '09:00')
const minutes = (n: number) => new Date(now.getTime() + n * 60_000)
const place = { channel: 'D1', ts: '1716170400.000100' }

/** The life of a message: waiting → sending → sent, and stale → sending → sent when its subject changes. */
export function outboxContract(open: OpenStore): void {
  describe('a message', () => {
    let college: College
    let personId: string
    beforeEach(async () => {
      college = await foundCollege(await open(), 1)
      personId = (await college.as('head0')).person.id
    })
    afterEach(() => college.store.close())

    const full = (key: string) => (key.includes(':') ? key : `about:${key}`)
    const add = (key: string, some: Partial<NewMessage> = {}) =>
      college.write((tx) =>
        tx.outbox.add(
          {
            workspaceId: college.workspaceId,
            key: full(key),
            kind: 'reminder',
            personId,
            payload: { units: ['đ'] },
            dueAt: now,
            ...some,
          },
          now,
        ),
      )
    const due = (when = now, limit = 100) => college.store.read((tx) => tx.outbox.due(when, limit))
    const dueKeys = async (when?: Date, limit?: number) =>
      (await due(when, limit)).map((m) => m.key.replace('about:', ''))
    const claim = (id: string, until = minutes(1)) => college.write((tx) => tx.outbox.claim(full(id), until))
    const sent = (id: string, when = now) => college.write((tx) => tx.outbox.sent(full(id), place, when))
    const touch = (when = now, since?: Date) => college.write((tx) => tx.outbox.touch('about:', when, since))
    const states = () => college.store.read((tx) => tx.outbox.byKeys(college.workspaceId, ''))
    const stateOf = async (key: string) => (await states()).find((m) => m.key === full(key))?.state

    it('is not added under a key that was used before, in any state of the first one', async () => {
      expect(await add('one')).toBe(true)
      expect(await add('one', { payload: { units: ['khác'] } })).toBe(false)
      await claim('one')
      expect(await add('one', { payload: { units: ['khác'] } })).toBe(false)
      await sent('one')
      expect(await add('one', { payload: { units: ['khác'] } })).toBe(false)
      expect(await states()).toHaveLength(1)
    })

    it('is returned as it was added', async () => {
      await add('one')
      expect(await due()).toMatchObject([
        {
          key: 'about:one',
          kind: 'reminder',
          personId,
          payload: { units: ['đ'] },
          attempts: 0,
          uncertain: false,
          channel: null,
          ts: null,
          createdAt: now,
        },
      ])
    })

    it('is due oldest first, and by key among those of the same age', async () => {
      await add('c', { dueAt: minutes(2) })
      await add('b', { dueAt: minutes(1) })
      await add('a', { dueAt: minutes(1) })
      await add('z', { dueAt: minutes(0) })
      expect(await dueKeys(minutes(-1))).toEqual([])
      expect(await dueKeys(minutes(1))).toEqual(['z', 'a', 'b'])
      expect(await dueKeys(minutes(9), 2)).toEqual(['z', 'a'])
    })

    it('is never returned by a query for work, nor work by a query for messages', async () => {
      await add('one')
      await add('two', { kind: 'attachment.fetch', payload: { attachmentId: 'A' } })
      await add('three', { kind: 'attachment.show', dueAt: minutes(2) })
      expect(await dueKeys(minutes(5))).toEqual(['one'])
      const work = (when: Date) => college.store.read((tx) => tx.outbox.dueWork(when, 10))
      expect((await work(now)).map((w) => [w.key, w.kind, w.payload])).toEqual([
        ['about:two', 'attachment.fetch', { attachmentId: 'A' }],
      ])
      expect((await work(minutes(5))).map((w) => w.key)).toEqual(['about:two', 'about:three'])
      expect(await college.store.read((tx) => tx.outbox.pending(minutes(5)))).toBe(3)
    })

    it('stays claimed while its lease is renewed, and finished work is deleted', async () => {
      await add('two', { kind: 'attachment.fetch' })
      await claim('two', minutes(1))
      await college.write((tx) => tx.outbox.renew(full('two'), minutes(5)))
      const recover = (before: Date) => college.write((tx) => tx.outbox.recover(before))
      expect([await recover(minutes(3)), await recover(minutes(6))]).toEqual([0, 1])
      // Too late: another process may have claimed it.
      await college.write((tx) => tx.outbox.renew(full('two'), minutes(9)))
      expect(await claim('two')).toBe(true)
      await college.write((tx) => tx.outbox.done(full('two'), now))
      expect(await stateOf('two')).toBe('sent')
      expect(await college.store.read((tx) => tx.outbox.dueWork(minutes(60), 10))).toEqual([])
    })

    it('waits until it is due when it is postponed', async () => {
      await add('one')
      await college.write((tx) => tx.outbox.defer(full('one'), minutes(5)))
      expect([await dueKeys(minutes(4)), await dueKeys(minutes(5))]).toEqual([[], ['one']])
    })

    it('can be claimed once', async () => {
      await add('one')
      expect(await Promise.all([claim('one'), claim('one'), claim('one')])).toEqual([true, false, false])
      expect(await dueKeys(minutes(60))).toEqual([])
      // Nor can it be postponed by a process that has not claimed it.
      await college.write((tx) => tx.outbox.defer(full('one'), minutes(5)))
      expect(await stateOf('one')).toBe('sending')
    })

    it('is not sent again after it was sent', async () => {
      await add('one')
      await claim('one')
      await sent('one')
      expect([await dueKeys(minutes(600)), await claim('one')]).toEqual([[], false])
    })

    it('becomes stale when it was sent and its subject changes', async () => {
      await add('one')
      await claim('one')
      await sent('one')
      await touch(minutes(3))
      expect([await dueKeys(minutes(2)), await dueKeys(minutes(3))]).toEqual([[], ['one']])
      expect((await due(minutes(3)))[0]).toMatchObject(place)
      expect(await claim('one')).toBe(true)
      await sent('one', minutes(3))
      expect(await dueKeys(minutes(600))).toEqual([])
    })

    it('stays waiting when its subject changes before it is sent', async () => {
      await add('one')
      await touch()
      await claim('one')
      await sent('one')
      expect(await dueKeys(minutes(600))).toEqual([])
    })

    it('becomes stale after sending when its subject changed meanwhile', async () => {
      await add('one')
      await claim('one')
      await touch()
      await sent('one', minutes(1))
      expect((await due(minutes(1)))[0]).toMatchObject({ key: 'about:one', ...place })
    })

    it('is not updated when it is older than the limit', async () => {
      await add('one')
      await claim('one')
      await sent('one')
      await touch(minutes(2), minutes(1))
      expect(await dueKeys(minutes(600))).toEqual([])
      await touch(minutes(2), minutes(-1))
      expect(await dueKeys(minutes(600))).toEqual(['one'])
    })

    it('is updated at once where nobody waits for it, beyond twenty one after the other; what follows an action comes first', async () => {
      const keys = Array.from({ length: 23 }, (_, i) => `k${String(i).padStart(2, '0')}`)
      for (const key of keys) {
        await add(key)
        await claim(key)
        await sent(key)
      }
      const seconds = (n: number) => new Date(minutes(2).getTime() + n * 1000)
      const later = (some: string[]) =>
        college.write((tx) => tx.outbox.touchLater(college.workspaceId, some.map(full), minutes(2)))
      const pending = () => college.store.read((tx) => tx.outbox.pending(seconds(60)))
      await later(keys.slice(0, 22))
      await later(keys.slice(22))
      expect(await dueKeys(seconds(0))).toEqual(keys.slice(0, 20))
      expect([(await dueKeys(seconds(2))).length, (await dueKeys(seconds(5))).length]).toEqual([21, 23])
      expect(await pending()).toBe(20)
      const of = { workspaceId: college.workspaceId, queue: 'stale' as const, hurried: true }
      expect(await college.store.read((tx) => tx.outbox.due(seconds(60), 100, of))).toHaveLength(20)
      await touch(minutes(2))
      expect([(await dueKeys(seconds(0))).length, await pending()]).toEqual([23, 23])
    })

    it('waits for a retry after a failure, marked as uncertain', async () => {
      await add('one')
      await claim('one')
      await college.write((tx) => tx.outbox.retry(full('one'), minutes(2), 'http 500', true, minutes(1)))
      expect(await dueKeys(minutes(1))).toEqual([])
      expect((await due(minutes(2)))[0]).toMatchObject({ attempts: 1, uncertain: true, ts: null })
      await claim('one')
      await sent('one')
      await touch()
      expect((await due(minutes(2)))[0]).toMatchObject({ attempts: 0, uncertain: false })
    })

    it('waits again, marked as uncertain, when its process died', async () => {
      await add('dead')
      await add('alive')
      await claim('dead', minutes(1))
      await claim('alive', minutes(10))
      expect(await college.write((tx) => tx.outbox.recover(minutes(5)))).toBe(1)
      expect(await due(minutes(5))).toMatchObject([{ key: 'about:dead', uncertain: true }])
      expect(await college.write((tx) => tx.outbox.recover(minutes(5)))).toBe(0)
    })

    it('is stale again when its process died during the update', async () => {
      await add('one')
      await claim('one')
      await sent('one')
      await touch()
      await claim('one', minutes(1))
      await college.write((tx) => tx.outbox.recover(minutes(5)))
      expect(await due(minutes(5))).toMatchObject([{ key: 'about:one', ...place }])
    })

    it.each(['dropped', 'failed', 'unreachable'] as const)('is never sent after it ended as %s', async (state) => {
      await add('one')
      await claim('one')
      await college.write((tx) => tx.outbox.end(full('one'), state, 'why', now))
      await touch()
      expect([await dueKeys(minutes(600)), await claim('one'), await stateOf('one')]).toEqual([[], false, state])
      expect(await college.write((tx) => tx.outbox.recover(minutes(600)))).toBe(0)
    })

    it('counts as pending while it is due or claimed', async () => {
      const pending = () => college.store.read((tx) => tx.outbox.pending(now))
      await add('one')
      await add('later', { dueAt: minutes(1) })
      expect(await pending()).toBe(1)
      await claim('one')
      expect(await pending()).toBe(1)
      await sent('one')
      expect(await pending()).toBe(0)
    })

    it('cannot be marked by a process that has not claimed it, nor after the lease expired', async () => {
      const { write } = college
      const mark = (by: string) => ({
        sent: () => write((tx) => tx.outbox.sent(full('one'), place, now, by)),
        retry: () => write((tx) => tx.outbox.retry(full('one'), minutes(2), 'http 500', true, now, by)),
        end: () => write((tx) => tx.outbox.end(full('one'), 'failed', 'why', now, by)),
        done: () => write((tx) => tx.outbox.done(full('one'), now, by)),
        renew: () => write((tx) => tx.outbox.renew(full('one'), minutes(9), by)),
        putBack: () => write((tx) => tx.outbox.requeue(full('one'), minutes(2), by)),
      })
      const all = async (by: string) => {
        const done: boolean[] = []
        for (const work of Object.values(mark(by))) done.push(await work())
        return done
      }
      const none = Array(6).fill(false)
      await add('one')
      await write((tx) => tx.outbox.claim(full('one'), minutes(1), 'a'))
      expect(await all('b')).toEqual(none)
      expect(await all('')).toEqual(none)
      await write((tx) => tx.outbox.recover(minutes(2)))
      expect(await all('a')).toEqual(none)
      await write((tx) => tx.outbox.claim(full('one'), minutes(3), 'b'))
      expect(await all('a')).toEqual(none)
      expect([await mark('b').renew(), await mark('b').sent(), await stateOf('one')]).toEqual([true, true, 'sent'])
      expect(await all('b')).toEqual(none)
    })

    it('is recovered before its lease expires when its owner is known to be dead', async () => {
      await add('dead')
      await add('alive')
      await college.write((tx) => tx.outbox.claim(full('dead'), minutes(9), 'd'))
      await college.write((tx) => tx.outbox.claim(full('alive'), minutes(8), 'a'))
      const hands = () => college.store.read((tx) => tx.outbox.leases())
      expect((await hands()).sort((x, y) => (x.by < y.by ? -1 : 1))).toEqual([
        { by: 'a', until: minutes(8) },
        { by: 'd', until: minutes(9) },
      ])
      expect(await college.write((tx) => tx.outbox.recover(now, ['d']))).toBe(1)
      expect(await hands()).toEqual([{ by: 'a', until: minutes(8) }])
      expect(await due()).toMatchObject([{ key: 'about:dead', uncertain: true }])
    })

    it.each(workKinds)(
      'of kind %s is due immediately when its owner is dead, since it can safely be repeated',
      async (kind) => {
        await add('work', { kind })
        await college.write((tx) => tx.outbox.claim(full('work'), minutes(9), 'd'))
        await college.write((tx) => tx.outbox.recover(now, ['d'], minutes(5)))
        expect(await college.store.read((tx) => tx.outbox.dueWork(now, 9))).toMatchObject([{ key: full('work'), kind }])
      },
    )

    it('is requeued without counting an attempt', async () => {
      await add('one')
      await college.write((tx) => tx.outbox.claim(full('one'), minutes(1), 'a'))
      await college.write((tx) => tx.outbox.requeue(full('one'), minutes(5), 'a'))
      expect(await dueKeys(minutes(4))).toEqual([])
      expect(await due(minutes(5))).toMatchObject([{ attempts: 0, triedSince: null, uncertain: false }])
    })

    it('becomes stale when it is found after an uncertain attempt and its subject has changed', async () => {
      await add('one')
      await claim('one')
      await college.write((tx) => tx.outbox.retry(full('one'), now, 'http 500', true, now))
      await touch()
      await claim('one')
      await sent('one')
      expect(await due()).toMatchObject([{ key: 'about:one', ...place, uncertain: false }])
    })

    it('is returned for its own workspace and queue only, oldest first, however many others wait', async () => {
      const other = await college.write(async (tx) => {
        await tx.workspaces.adopt('slack', 'T1', now)
        return tx.workspaces.adopt('slack', 'T2', now)
      })
      const queue = async (workspaceId: string, name: 'new' | 'stale', limit = 9) =>
        (await college.store.read((tx) => tx.outbox.due(minutes(9), limit, { workspaceId, queue: name }))).map(
          (m) => m.key,
        )
      await add('b', { dueAt: minutes(1) })
      await add('a', { dueAt: minutes(2) })
      await add('theirs:x', { workspaceId: other })
      await add('theirs:w', { workspaceId: other, kind: 'attachment.fetch' })
      await add('sent')
      await claim('sent')
      await sent('sent')
      await college.write((tx) => tx.outbox.touch('about:', now))
      const { workspaceId } = college
      expect(await queue(workspaceId, 'new')).toEqual(['about:b', 'about:a'])
      expect(await queue(workspaceId, 'new', 1)).toEqual(['about:b'])
      expect([await queue(workspaceId, 'stale'), await queue(other, 'stale')]).toEqual([['about:sent'], []])
      expect(await queue(other, 'new')).toEqual(['theirs:x'])
      const work = (id: string) => college.store.read((tx) => tx.outbox.dueWork(now, 9, id))
      expect([(await work(workspaceId)).length, (await work(other)).length]).toEqual([0, 1])
      const pending = (id?: string) => college.store.read((tx) => tx.outbox.pending(minutes(9), id))
      expect([await pending(other), await pending(workspaceId), await pending()]).toEqual([2, 3, 5])
    })

    it('is listed with its error after a failure, and can be requeued unless it was sent', async () => {
      const { workspaceId, write } = college
      const view = <T>(look: (v: Tx['outboxView']) => Promise<T>) => college.store.read((tx) => look(tx.outboxView))
      for (const key of ['failed', 'sent', 'gone', 'tried', 'fresh']) await add(key, { dueAt: minutes(1) })
      for (const key of ['failed', 'sent', 'gone', 'tried']) await claim(key)
      await write((tx) => tx.outbox.end(full('failed'), 'failed', 'invalid_blocks', minutes(3)))
      await write((tx) => tx.outbox.end(full('gone'), 'dropped', 'no longer wanted', minutes(3)))
      await write((tx) => tx.outbox.retry(full('tried'), minutes(90), 'http 500', true, minutes(2)))
      await sent('sent')
      expect(await view((v) => v.counts(workspaceId))).toEqual({ failed: 1, sent: 1, dropped: 1, waiting: 2 })
      expect(await view((v) => v.inState(workspaceId, ['failed'], 9))).toMatchObject([
        {
          key: 'about:failed',
          to: 'head 0',
          kind: 'reminder',
          error: 'invalid_blocks',
          doneAt: minutes(3),
          arrived: false,
        },
      ])
      const within = (from: number, to: number) => view((v) => v.failedWithin(workspaceId, minutes(from), minutes(to)))
      expect([(await within(0, 3)).length, (await within(3, 4)).length]).toEqual([0, 1])
      expect(await view((v) => v.waitingSince(workspaceId, minutes(2)))).toBe(1)
      expect(await view((v) => v.waitingSince(workspaceId, minutes(3)))).toBe(2)
      const again = (key?: string) => write((tx) => tx.outboxView.requeue(workspaceId, key))
      expect([await again(full('sent')), await again(full('gone')), await again(full('fresh'))]).toEqual([0, 0, 0])
      expect(await again()).toBe(2)
      expect((await due(minutes(0))).map((m) => [m.key, m.attempts, m.triedSince, m.uncertain])).toEqual([
        ['about:failed', 0, null, false],
        // It may have arrived, so the chat is still searched for it first.
        ['about:tried', 0, null, true],
      ])
    })

    it('is found by the prefix of its key', async () => {
      await add('reminder:a')
      await add('remind_r:a')
      await add('REMINDER:a')
      const found = await college.store.read((tx) => tx.outbox.byKeys(college.workspaceId, 'remind_r:'))
      expect(found.map((m) => m.key)).toEqual(['remind_r:a'])
      const reminders = await college.store.read((tx) => tx.outbox.byKeys(college.workspaceId, 'reminder:'))
      expect(reminders.map((m) => m.key)).toEqual(['reminder:a'])
    })
  })
}
