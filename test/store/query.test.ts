import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { type Builder, bulk, cachedQuery, change, type Exec, once, query } from '../../src/store/query.js'
import type { CacheableStatement, Statement } from '../../src/store/statement.js'

type Of = { id: string }

/** Records the statements that it is given. */
function recorder() {
  const statements: (Statement | CacheableStatement)[] = []
  const rows: never[] = []
  const exec: Exec = {
    run: async (statement) => {
      statements.push(statement)
      return rows
    },
    change: async (statement) => statements.push(statement),
    runCached: async (statement) => {
      statements.push(statement)
      return rows
    },
    eraseLog: () => undefined,
    setCached: (statement) => void statements.push(statement),
  }
  return { exec, statements }
}

const person = (db: Builder, p: Of) => db.selectFrom('person').select('id').where('id', '=', p.id)

describe('a statement', () => {
  it.each<[string, string | undefined, (exec: Exec) => Promise<unknown>]>([
    ['a select', undefined, (exec) => query<Of, unknown>(person)(exec, { id: 'p' })],
    [
      'an insert',
      'search_mark',
      (exec) =>
        query<Of, unknown>((db, p) =>
          db
            .insertInto('search_mark')
            .values({ workspace_id: p.id, submission_id: p.id })
            .onConflict((c) => c.doNothing()),
        )(exec, { id: 's' }),
    ],
    [
      'an insert of what another table holds',
      'search_mark',
      (exec) =>
        once(exec, (db) =>
          db
            .insertInto('search_mark')
            .columns(['workspace_id', 'submission_id'])
            .expression((e) => e.selectFrom('submission').select(['workspace_id', 'id'])),
        ),
    ],
    [
      'an insert of many rows',
      'search_mark',
      (exec) =>
        bulk<Of, unknown>((db, rows) =>
          db.insertInto('search_mark').values(rows.map((r) => ({ workspace_id: 'w', submission_id: r.id }))),
        )(exec, [{ id: 's' }], {}),
    ],
    [
      'an update with a subquery',
      'attachment',
      (exec) =>
        change<Of>((db, p) =>
          db
            .updateTable('attachment')
            .set({ state: 'removed' })
            .where('drop_id', 'in', db.selectFrom('file_drop').select('id').where('id', '=', p.id)),
        )(exec, { id: 'a' }),
    ],
    [
      'an update under an alias',
      'submission',
      (exec) =>
        change<Of>((db, p) => db.updateTable('submission as s').set({ text: '' }).where('s.id', '=', p.id))(exec, {
          id: 's',
        }),
    ],
    ['a delete', 'role', (exec) => query<Of, unknown>((db) => db.deleteFrom('role'))(exec, { id: 'r' })],
    ['raw SQL', undefined, (exec) => once(exec, (db) => ({ compile: () => sql`select 1`.compile(db) }))],
  ])('of %s names the table that it changes: %s', async (_, table, run) => {
    const { exec, statements } = recorder()
    await run(exec)
    expect(statements.map((s) => s.changes)).toEqual([table])
  })

  it('that is cached names every table that it reads, joined and nested ones too', async () => {
    const { exec, statements } = recorder()
    const heads = cachedQuery<Of, unknown>((db, p) =>
      db
        .selectFrom('role')
        .innerJoin('person', 'person.id', 'role.person_id')
        .select('person.id')
        .where('role.unit_id', 'in', (e) => e.selectFrom('unit').select('unit.id').where('unit.id', '=', p.id)),
    )
    await heads(exec, { id: 'u' })
    heads.set(exec, { id: 'u' }, [])
    expect(statements.map((s) => 'reads' in s && [...s.reads].sort())).toEqual([
      ['person', 'role', 'unit'],
      ['person', 'role', 'unit'],
    ])
    expect(statements[0]).toBe(statements[1])
  })

  it('that is cached must not contain raw SQL, whose tables are unknown', () => {
    const { exec } = recorder()
    const raw = cachedQuery<Of, unknown>((db, p) => person(db, p).where(sql<boolean>`id in (select id from unit)`))
    expect(() => raw(exec, { id: 'p' })).toThrow('raw SQL')
  })
})
