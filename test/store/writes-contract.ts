import { describe, expect, it } from 'vitest'
import type { Tx } from '../../src/core/ports.js'
import { submit } from '../../src/core/submission/decide.js'
import { at } from '../example.js'
import { content, foundCollege } from './college.js'
import type { OpenStore } from './open-store.js'

const now = at('2024-05-20')

/** Group commit: many use cases in one commit, each of them atomic. */
export function writesContract(open: OpenStore): void {
  describe('writes', () => {
    it('of one group are all stored except those that fail, and each gets its own outcome', async () => {
      const store = await open()
      const workspaceId = await store.write((tx) => tx.workspaces.only(now))
      const note = (n: number) => async (tx: Tx) => {
        const isNew = await tx.processedEvents.firstTime(workspaceId, `key ${n}`, now)
        if (n % 3 === 1) throw new Error(`refused ${n}`)
        return isNew
      }
      const outcomes = await Promise.allSettled(Array.from({ length: 12 }, (_, n) => store.write(note(n))))
      outcomes.forEach((outcome, n) => {
        if (n % 3 === 1) expect(outcome).toMatchObject({ status: 'rejected', reason: new Error(`refused ${n}`) })
        else expect(outcome).toEqual({ status: 'fulfilled', value: true })
      })
      // The failed one left nothing behind, so its key is still unused.
      const again = await Promise.all(
        Array.from({ length: 12 }, (_, n) =>
          store.write((tx) => tx.processedEvents.firstTime(workspaceId, `key ${n}`, now)),
        ),
      )
      expect(again).toEqual(Array.from({ length: 12 }, (_, n) => n % 3 === 1))
      await store.close()
    })

    it('that the database refuses do not affect others', async () => {
      const store = await open()
      const workspaceId = await store.write((tx) => tx.workspaces.only(now))
      const unit = (code: string) => ({ id: code, code, name: code, kind: 'office' as const, position: 0 })
      const outcomes = await Promise.allSettled([
        store.write((tx) => tx.units.put(workspaceId, unit('A'))),
        store.write((tx) => tx.units.put('no such workspace', unit('B'))),
        store.write((tx) => tx.units.put(workspaceId, { ...unit('A'), id: 'another with the same code' })),
        store.write((tx) => tx.units.put(workspaceId, unit('C'))),
      ])
      expect(outcomes.map((o) => o.status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled'])
      const units = await store.read((tx) => tx.units.list(workspaceId))
      expect(units.map((u) => u.id).sort()).toEqual(['A', 'C'])
      await store.close()
    })

    it('are visible to every reader once they resolve', async () => {
      const store = await open()
      const workspaceId = await store.write((tx) => tx.workspaces.only(now))
      for (let n = 0; n < 5; n++) {
        await store.write((tx) =>
          tx.units.put(workspaceId, { id: `u${n}`, code: `u${n}`, name: '', kind: 'office', position: n }),
        )
        expect(await store.read((tx) => tx.units.list(workspaceId))).toHaveLength(n + 1)
      }
      await store.close()
    })

    it('are not visible before they are committed', async () => {
      const store = await open()
      const workspaceId = await store.write((tx) => tx.workspaces.only(now))
      const unit = { id: 'u', code: 'u', name: '', kind: 'office' as const, position: 0 }
      let meanwhile: Promise<unknown> | undefined
      await store.write(async (tx) => {
        await tx.units.put(workspaceId, unit)
        expect(await tx.units.byId(workspaceId, 'u')).toEqual(unit)
        meanwhile = store.read((r) => r.units.byId(workspaceId, 'u'))
      })
      expect(await meanwhile).toBeUndefined()
      expect(await store.read((tx) => tx.units.byId(workspaceId, 'u'))).toEqual(unit)
      await store.close()
    })

    it('see the changes of earlier ones in the same group', async () => {
      const store = await open()
      const workspaceId = await store.write((tx) => tx.workspaces.only(now))
      const outcomes = await Promise.all(
        [1, 2, 3].map(() => store.write((tx) => tx.processedEvents.firstTime(workspaceId, 'the same', now))),
      )
      expect(outcomes).toEqual([true, false, false])
      await store.close()
    })

    it('number submissions from 1 on without gaps or duplicates, also when they are concurrent', async () => {
      const college = await foundCollege(await open())
      const { campaign, units } = college
      const unitId = units[0]?.id as string
      const actor = await college.as('member0')
      const outcomes = await Promise.allSettled(
        Array.from({ length: 40 }, (_, n) =>
          college.write(async (tx) => {
            const use = { tx, actor, now, newId: college.newId, timeZone: 'Asia/Ho_Chi_Minh' }
            const { number } = await submit(use, campaign, content(unitId, 'a1'), `form ${n}`)
            if (n % 5 === 2) throw new Error('refused')
            return number
          }),
        ),
      )
      const numbers = outcomes.flatMap((o) => (o.status === 'fulfilled' ? [o.value] : []))
      expect(numbers).toEqual(Array.from({ length: 32 }, (_, n) => n + 1))
      await college.store.close()
    })

    it('in progress are finished when the store closes, and later ones are refused', async () => {
      const store = await open()
      const workspaceId = await store.write((tx) => tx.workspaces.only(now))
      const underWay = [1, 2, 3].map((n) =>
        store.write(async (tx) => {
          await tx.processedEvents.firstTime(workspaceId, `key ${n}`, now)
          return n
        }),
      )
      await store.close()
      expect(await Promise.all(underWay)).toEqual([1, 2, 3])
      await expect(store.write((tx) => tx.workspaces.only(now))).rejects.toThrow()
    })
  })
}
