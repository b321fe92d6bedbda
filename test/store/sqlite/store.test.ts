import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import Database from 'better-sqlite3'
import type { Kysely, Migration } from 'kysely'
import { afterAll, describe, expect, it } from 'vitest'
import { migrations } from '../../../db/migrations/index.js'
import { verifyCounts } from '../../../src/core/progress/tally.js'
import { submit } from '../../../src/core/submission/decide.js'
import { DatabaseUrlError, fileOf, migrate, openStore } from '../../../src/store/open.js'
import { connect } from '../../../src/store/sqlite/connect.js'
import { newStore } from '../../helpers/database.js'
import { content, foundCollege } from '../college.js'
import { storeContract } from '../contract.js'

const dir = mkdtempSync(path.join(tmpdir(), 'thidua-store-'))
afterAll(() => rmSync(dir, { recursive: true, force: true }))
let files = 0
const newFile = () => path.join(dir, `${files++}.db`)

storeContract('a SQLite file', () => newStore(newFile()))

/** The schema of a file and the number of rows in each table. */
function whatIsIn(file: string) {
  const db = new Database(file, { readonly: true })
  const made = db.prepare('select name, sql from sqlite_master order by name').all() as { name: string; sql: string }[]
  const tables = db.prepare("select name from sqlite_master where type = 'table'").pluck().all() as string[]
  const rows = tables.map((t) => [t, db.prepare(`select count(*) from "${t}"`).pluck().get()])
  db.close()
  return { made, rows: Object.fromEntries(rows) as Record<string, number> }
}

describe('a SQLite file', () => {
  it('is synced at each commit and enforces foreign keys', () => {
    const db = connect(newFile())
    const pragmas = ['journal_mode', 'synchronous', 'foreign_keys'].map((p) => db.pragma(p, { simple: true }))
    expect(pragmas).toEqual(['wal', 2, 1])
    db.close()
  })

  it('keeps every write of two processes, and gives no number twice', async () => {
    const file = newFile()
    const [one, two] = [await openStore(`file:${file}`), await openStore(`file:${file}`)]
    const college = await foundCollege(one)
    const { campaign, workspaceId, newId } = college
    const actor = await college.as('member0')
    const unitId = college.units[0]?.id as string
    const use = { actor, now: new Date(), newId, timeZone: 'Asia/Ho_Chi_Minh' }
    const made = await Promise.all(
      Array.from({ length: 40 }, async (_, n) => {
        // Spread over many turns of the event loop, so that the commits of both interleave.
        for (let turn = 0; turn < n % 7; turn++) await new Promise((done) => setImmediate(done))
        const store = n % 2 === 0 ? one : two
        return store.write((tx) => submit({ ...use, tx }, campaign, content(unitId, 'a1'), `form ${n}`))
      }),
    )
    expect(made.map((s) => s.number).sort((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, n) => n + 1))
    for (const store of [one, two]) {
      expect(await store.read((tx) => tx.progress.tally(campaign.id, unitId, 'a1'))).toMatchObject({ submitted: 40 })
      expect(await store.read((tx) => verifyCounts(tx, campaign))).toEqual([])
    }
    // An event processed by one is known to the other.
    expect(await one.write((tx) => tx.processedEvents.firstTime(workspaceId, 'E1', new Date()))).toBe(true)
    expect(await two.write((tx) => tx.processedEvents.firstTime(workspaceId, 'E1', new Date()))).toBe(false)
    await one.close()
    await two.close()
  })

  it('is unchanged after it is opened again', async () => {
    const file = newFile()
    const store = await openStore(`file:${file}`)
    await foundCollege(store)
    await store.close()
    const before = whatIsIn(file)
    await (await openStore(`file:${file}`)).close()
    expect(whatIsIn(file)).toEqual(before)
    expect(before.rows).toMatchObject({ unit: 4, person: 11, kysely_migration: Object.keys(migrations).length })
  })

  it('is created once when two processes open it at the same time', async () => {
    const url = `file:${newFile()}`
    const stores = await Promise.all([openStore(url), openStore(url)])
    for (const store of stores) {
      expect(await store.read((tx) => tx.workspaces.all())).toEqual([])
      await store.close()
    }
  })

  const breaks: Migration = {
    async up(db: Kysely<unknown>) {
      await db.schema.createTable('half').addColumn('id', 'text').execute()
      await db.schema.alterTable('unit').addColumn('half', 'text').execute()
      throw new Error('the power went')
    },
  }

  it('is unchanged after a migration that fails, and still usable', async () => {
    const file = newFile()
    await (await openStore(`file:${file}`)).close()
    const before = whatIsIn(file)
    await expect(migrate(file, { ...migrations, '9999-breaks': breaks })).rejects.toThrow('the power went')
    expect(whatIsIn(file)).toEqual(before)
    await (await openStore(`file:${file}`)).close()
  })

  it('can be opened after its first migrations failed', async () => {
    const file = newFile()
    await expect(migrate(file, { ...migrations, '9999-breaks': breaks })).rejects.toThrow('the power went')
    expect(whatIsIn(file).rows).not.toHaveProperty('half')
    const store = await openStore(`file:${file}`)
    await foundCollege(store)
    await store.close()
  })

  it('is refused when a newer version has migrated it', async () => {
    const file = newFile()
    const newer: Migration = {
      up: (db: Kysely<unknown>) => db.schema.createTable('newer').addColumn('id', 'text').execute(),
    }
    await migrate(file, { ...migrations, '9999-newer': newer })
    await expect(openStore(`file:${file}`)).rejects.toThrow('9999-newer')
  })

  it.each([
    ['file:data/thidua.db', path.resolve('data/thidua.db')],
    ['file:/srv/thidua.db', '/srv/thidua.db'],
    ['file:///srv/thidua.db', '/srv/thidua.db'],
    ['file:./a b.db', path.resolve('a b.db')],
  ])('is found at the path of %s', (url, file) => {
    expect(fileOf(url)).toBe(file)
  })

  it.each(['', 'file:', 'thidua.db', 'postgres://localhost/thidua'])('is not opened for “%s”', (url) => {
    expect(() => fileOf(url)).toThrow(DatabaseUrlError)
  })
})
