import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { NewMessage } from '../../src/core/outbox.js'
import { at } from '../example.js'
import { type College, foundCollege } from './college.js'
import type { Open } from './contract.js'

const now = at('2024-05-20', '09:00')
const minutes = (n: number) => new Date(now.getTime() + n * 60_000)
const place = { channel: 'D1', ts: '1716170400.000100' }

/** The life of a message: waiting → sending → sent, and again when what it says is no longer true. */
export function outboxContract(open: Open): void {
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

    it('under a key that was used before is not added again, whatever became of the first', async () => {
      expect(await add('one')).toBe(true)
      expect(await add('one', { payload: { units: ['khác'] } })).toBe(false)
      await claim('one')
      expect(await add('one', { payload: { units: ['khác'] } })).toBe(false)
      await sent('one')
      expect(await add('one', { payload: { units: ['khác'] } })).toBe(false)
      expect(await states()).toHaveLength(1)
    })

    it('comes out as it went in', async () => {
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

    it('waits for its turn: the oldest first, and of the same age in the order of their keys', async () => {
      await add('c', { dueAt: minutes(2) })
      await add('b', { dueAt: minutes(1) })
      await add('a', { dueAt: minutes(1) })
      await add('z', { dueAt: minutes(0) })
      expect(await dueKeys(minutes(-1))).toEqual([])
      expect(await dueKeys(minutes(1))).toEqual(['z', 'a', 'b'])
      expect(await dueKeys(minutes(9), 2)).toEqual(['z', 'a'])
    })

    it('and work go their own lanes: neither is given where the other is asked for', async () => {
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

    it('in hand is held on to as long as its lease is renewed; work that is done is over', async () => {
      await add('two', { kind: 'attachment.fetch' })
      await claim('two', minutes(1))
      await college.write((tx) => tx.outbox.renew(full('two'), minutes(5)))
      const recover = (before: Date) => college.write((tx) => tx.outbox.recover(before))
      expect([await recover(minutes(3)), await recover(minutes(6))]).toEqual([0, 1])
      // Too late: another may have it by now.
      await college.write((tx) => tx.outbox.renew(full('two'), minutes(9)))
      expect(await claim('two')).toBe(true)
      await college.write((tx) => tx.outbox.done(full('two'), now))
      expect(await stateOf('two')).toBe('sent')
      expect(await college.store.read((tx) => tx.outbox.dueWork(minutes(60), 10))).toEqual([])
    })

    it('that is put off waits until then', async () => {
      await add('one')
      await college.write((tx) => tx.outbox.defer(full('one'), minutes(5)))
      expect([await dueKeys(minutes(4)), await dueKeys(minutes(5))]).toEqual([[], ['one']])
    })

    it('is taken in hand once', async () => {
      await add('one')
      expect(await Promise.all([claim('one'), claim('one'), claim('one')])).toEqual([true, false, false])
      expect(await dueKeys(minutes(60))).toEqual([])
      // Nor can it be put off by one who does not have it.
      await college.write((tx) => tx.outbox.defer(full('one'), minutes(5)))
      expect(await stateOf('one')).toBe('sending')
    })

    it('that was sent is not sent again', async () => {
      await add('one')
      await claim('one')
      await sent('one')
      expect([await dueKeys(minutes(600)), await claim('one')]).toEqual([[], false])
    })

    it('that was sent is brought up to date where it stands when its subject changes', async () => {
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

    it('that still waits needs no second sending when its subject changes', async () => {
      await add('one')
      await touch()
      await claim('one')
      await sent('one')
      expect(await dueKeys(minutes(600))).toEqual([])
    })

    it('whose subject changes while it is being sent is brought up to date after', async () => {
      await add('one')
      await claim('one')
      await touch()
      await sent('one', minutes(1))
      expect((await due(minutes(1)))[0]).toMatchObject({ key: 'about:one', ...place })
    })

    it('that is older than what is kept true is left as it is', async () => {
      await add('one')
      await claim('one')
      await sent('one')
      await touch(minutes(2), minutes(1))
      expect(await dueKeys(minutes(600))).toEqual([])
      await touch(minutes(2), minutes(-1))
      expect(await dueKeys(minutes(600))).toEqual(['one'])
    })

    it('that failed waits for its next try and remembers that its fate is unknown', async () => {
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

    it('that was in hand when its process died waits again, its fate unknown', async () => {
      await add('dead')
      await add('alive')
      await claim('dead', minutes(1))
      await claim('alive', minutes(10))
      expect(await college.write((tx) => tx.outbox.recover(minutes(5)))).toBe(1)
      expect(await due(minutes(5))).toMatchObject([{ key: 'about:dead', uncertain: true }])
      expect(await college.write((tx) => tx.outbox.recover(minutes(5)))).toBe(0)
    })

    it('that was being brought up to date when its process died is brought up to date still', async () => {
      await add('one')
      await claim('one')
      await sent('one')
      await touch()
      await claim('one', minutes(1))
      await college.write((tx) => tx.outbox.recover(minutes(5)))
      expect(await due(minutes(5))).toMatchObject([{ key: 'about:one', ...place }])
    })

    it.each(['dropped', 'failed', 'unreachable'] as const)('that ended as %s is never sent', async (state) => {
      await add('one')
      await claim('one')
      await college.write((tx) => tx.outbox.end(full('one'), state, 'why', now))
      await touch()
      expect([await dueKeys(minutes(600)), await claim('one'), await stateOf('one')]).toEqual([[], false, state])
      expect(await college.write((tx) => tx.outbox.recover(minutes(600)))).toBe(0)
    })

    it('counts as pending while it is due or in hand', async () => {
      const pending = () => college.store.read((tx) => tx.outbox.pending(now))
      await add('one')
      await add('later', { dueAt: minutes(1) })
      expect(await pending()).toBe(1)
      await claim('one')
      expect(await pending()).toBe(1)
      await sent('one')
      expect(await pending()).toBe(0)
    })

    it('is found by how its key begins, and by that alone', async () => {
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
