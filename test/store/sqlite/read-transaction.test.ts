import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, describe, expect, it } from 'vitest'
import { verifyAudit } from '../../../src/core/audit/chain.js'
import { settingsOf } from '../../../src/core/campaign/read-settings.js'
import type { Store } from '../../../src/core/ports.js'
import { submit } from '../../../src/core/submission/decide.js'
import { openStore } from '../../../src/store/open.js'
import { until } from '../../helpers/until.js'
import { content, foundCollege } from '../college.js'

const dir = mkdtempSync(path.join(tmpdir(), 'thidua-reads-'))
afterAll(() => rmSync(dir, { recursive: true, force: true }))
let files = 0
const newFile = () => path.join(dir, `${files++}.db`)
const now = new Date('2024-05-20T02:00:00Z')

async function opened(file = newFile()) {
  const store = await openStore(`file:${file}`)
  const college = await foundCollege(store)
  const { workspaceId: w } = college
  const coach = (of: Store) => of.read(async (tx) => (await settingsOf(tx, w)).coach)
  const coachInWriting = (of: Store) => of.write(async (tx) => (await settingsOf(tx, w)).coach)
  const setCoach = (of: Store, to: boolean) => of.write((tx) => tx.settings.set(w, 'coach', to, null, now))
  return { store, college, file, coach, coachInWriting, setCoach }
}

describe('a cached read', () => {
  it('is repeated after a change, in and outside a transaction', async () => {
    const { store, coach, coachInWriting, setCoach } = await opened()
    for (const to of [false, true, false]) {
      await setCoach(store, to)
      expect([await coach(store), await coachInWriting(store), await coach(store)]).toEqual([to, to, to])
    }
    await store.close()
  })

  it('is repeated after a change by another process', async () => {
    const { store, file, coach, coachInWriting, setCoach } = await opened()
    const other = await openStore(`file:${file}`)
    for (const to of [false, true, false]) {
      expect([await coach(store), await coachInWriting(store)]).toEqual([!to, !to])
      await setCoach(other, to)
      expect([await coach(store), await coachInWriting(store)]).toEqual([to, to])
    }
    await other.close()
    await store.close()
  })

  it('gives the old result after a change is rolled back', async () => {
    const { store, college, coach, coachInWriting } = await opened()
    const { campaign, workspaceId: w, newId, units } = college
    const actor = await college.as('member0')
    const unitId = units[0]?.id as string
    const use = { actor, now, newId, timeZone: 'Asia/Ho_Chi_Minh' }
    const handIn = (key: string, ends: 'well' | 'badly') =>
      store.write(async (tx) => {
        const { number } = await submit({ ...use, tx }, campaign, content(unitId, 'a1'), key)
        await tx.settings.set(w, 'coach', false, null, now)
        if (ends === 'badly') throw new Error('undone')
        await tx.settings.set(w, 'coach', true, null, now)
        return number
      })
    const before = (await store.read((tx) => verifyAudit(tx, w))).rows
    const all = await Promise.allSettled([handIn('1', 'well'), handIn('2', 'badly'), handIn('3', 'well')])
    expect(all.map((one) => (one.status === 'fulfilled' ? one.value : one.reason.message))).toEqual([1, 'undone', 2])
    expect([await coach(store), await coachInWriting(store)]).toEqual([true, true])
    expect(await store.read((tx) => verifyAudit(tx, w))).toMatchObject({ rows: before + 2, broken: undefined })
    await store.close()
  })
})

describe('a read', () => {
  it('does not see uncommitted changes', async () => {
    const { store, college, coach } = await opened()
    const seen: boolean[] = []
    await store.write(async (tx) => {
      await tx.settings.set(college.workspaceId, 'coach', false, null, now)
      seen.push(await coach(store))
    })
    seen.push(await coach(store))
    expect(seen).toEqual([true, false])
    await store.close()
  })

  it('sees changes that are committed while it is running', async () => {
    const { store, college, setCoach } = await opened()
    const seen = await store.read(async (tx) => {
      const look = async () => (await settingsOf(tx, college.workspaceId)).coach
      const before = await look()
      await setCoach(store, false)
      return [before, await look()]
    })
    expect(seen).toEqual([true, false])
    await store.close()
  })

  it('cannot write', async () => {
    const { store, college, coach } = await opened()
    await expect(store.read((tx) => tx.settings.set(college.workspaceId, 'coach', false, null, now))).rejects.toThrow(
      'must not change',
    )
    expect(await coach(store)).toBe(true)
    await store.close()
  })
})

describe('the write-ahead log', () => {
  it('is checkpointed soon after writes, so that a peak does not wait for it', async () => {
    const { store, file, setCoach } = await opened()
    await setCoach(store, false)
    const alone = newFile()
    const stored = () => {
      copyFileSync(file, alone)
      const db = new Database(alone)
      try {
        return db.prepare("select value from setting where name = 'coach'").pluck().get()
      } catch {
        return undefined
      } finally {
        db.close()
      }
    }
    await until(() => stored() === 'false', 'a checkpoint')
    await store.close()
  })

  it('is gone after the store is closed', async () => {
    const { store, file, setCoach } = await opened()
    await setCoach(store, false)
    expect(existsSync(`${file}-wal`)).toBe(true)
    await store.close()
    expect(existsSync(`${file}-wal`)).toBe(false)
  })
})
