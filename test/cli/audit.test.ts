import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { audit } from '../../src/cli/audit.js'
import { doctor } from '../../src/cli/doctor.js'
import { verifyAudit } from '../../src/core/audit/chain.js'
import { confirm, returnToAuthor, submit } from '../../src/core/submission/decide.js'
import { openStore } from '../../src/store/open.js'
import { content, foundCollege } from '../store/college.js'
import { commandLine } from './command-line.js'

/** A database with an audit log, made once; each test changes its own copy. */
let dir: string
let original: string
let rows: number

beforeAll(async () => {
  dir = mkdtempSync(path.join(tmpdir(), 'thidua-audit-'))
  original = path.join(dir, 'original.db')
  const store = await openStore(`file:${original}`)
  const college = await foundCollege(store, 2)
  const unitId = college.units[0]?.id as string
  for (const criterion of ['a1', 'a2']) {
    const { id } = await college.run('member0', (use) =>
      submit(use, college.campaign, content(unitId, criterion), null),
    )
    await college.run('head0', (use) =>
      criterion === 'a1' ? confirm(use, college.campaign, id) : returnToAuthor(use, college.campaign, id, 'Thiếu ảnh'),
    )
  }
  rows = (await store.read((tx) => tx.audit.after(college.workspaceId, 0, 1000))).length
  await store.close()
})
afterAll(() => rmSync(dir, { recursive: true, force: true }))

const shell = commandLine()
const file = () => shell.path('thidua.db')
beforeEach(() => copyFileSync(original, file()))

/** Changes the database file directly, without its triggers. */
function tamper(work: (db: Database.Database) => void): void {
  const db = new Database(file())
  db.pragma('foreign_keys = OFF')
  db.exec('drop trigger audit_no_update; drop trigger audit_no_delete')
  work(db)
  db.close()
}
const sql = (statement: string) => (db: Database.Database) => void db.exec(statement)
const verify = () => shell.run(() => audit(['verify']))

describe('audit verify', () => {
  it('prints the number of rows and the last hash of an intact log', async () => {
    const { code, out } = await verify()
    expect(code).toBe(0)
    expect(out).toMatch(new RegExp(`^Nhật ký nguyên vẹn: ${rows} dòng, .*: [0-9a-f]{64}$`))
    expect(rows).toBeGreaterThan(10)
  })

  it.each<[string, string, string]>([
    ['its time', "update audit set at = '2024-05-20T02:00:00.001Z' where seq = 5", 'dòng 5 (09:00 20/05/2024'],
    ['its time, to something that is no time', "update audit set at = 'hôm qua' where seq = 5", 'dòng 5 (hôm qua'],
    ['its actor', "update audit set by_id = 'x' where seq = 5", 'dòng 5'],
    ['its actor, to an empty one', "update audit set by_id = '' where seq = 5", 'dòng 5'],
    ['its action', "update audit set action = 'submission.accepted' where seq = 5", 'submission.accepted: duyệt'],
    ['its subject', "update audit set subject = 'workspace' where seq = 5", 'dòng 5'],
    ['its data', "update audit set data = '{}' where seq = 5", 'dòng 5'],
    ['its data by a space', "update audit set data = data || ' ' where seq = 5", 'dòng 5'],
    ['its data, to something that is no JSON', "update audit set data = 'x' where seq = 5", 'dòng 5'],
    ['its hash', "update audit set hash = 'x' where seq = 5", 'dòng 5'],
    ['its data, in the first row', "update audit set data = '{}' where seq = 1", 'dòng 1'],
  ])('detects a row with a changed field: %s', async (_, statement, place) => {
    tamper(sql(statement))
    const { code, out } = await verify()
    expect(code).toBe(1)
    expect(out).toContain('đã bị sửa')
    expect(out).toContain(place)
  })

  it('detects a changed hash of the last row', async () => {
    tamper((db) => db.prepare("update audit set hash = 'x' where seq = ?").run(rows))
    expect((await verify()).out).toContain(`dòng ${rows} (`)
  })

  it.each<[string, string, RegExp]>([
    ['a row moved to another number', 'update audit set seq = 900 where seq = 5', /thiếu dòng 5,/],
    ['a row removed in the middle', 'delete from audit where seq = 5', /thiếu dòng 5,/],
    ['the first row removed', 'delete from audit where seq = 1', /thiếu dòng 1,/],
    [
      'a row moved to another workspace',
      "insert into workspace (id, created_at, roster_version) values ('w2', '9999', 0); update audit set workspace_id = 'w2' where seq = 5",
      /thiếu dòng 5,[\s\S]*Workspace w2:/,
    ],
    [
      'a row removed and the rest moved up',
      'delete from audit where seq = 5; update audit set seq = seq + 10000 where seq > 5; update audit set seq = seq - 10001 where seq > 5',
      /dòng 5 .* đã bị sửa, bị đổi chỗ/,
    ],
    [
      'two rows swapped',
      'update audit set seq = -1 where seq = 5; update audit set seq = 5 where seq = 8; update audit set seq = 8 where seq = -1',
      /dòng 5 .* bị đổi chỗ/,
    ],
    [
      'a row inserted before the first',
      'insert into audit select workspace_id, 0, at, by_id, action, subject, data, hash from audit where seq = 1',
      /dòng 0 .* chèn thêm/,
    ],
    [
      'a row inserted between two',
      'insert into audit select workspace_id, 5.5, at, by_id, action, subject, data, hash from audit where seq = 5',
      /dòng 5\.5 .* chèn thêm/,
    ],
    ['every row removed', 'delete from audit', /từ dòng 1 trở đi đã bị xóa/],
    ['the head removed', 'delete from audit_head', /dấu kết thúc bị xóa/],
    ['the hash of the head changed', "update audit_head set hash = 'x'", /dấu kết thúc/],
    ['the head set back', 'update audit_head set seq = seq - 1', /dấu kết thúc/],
    ['the head set forward', 'update audit_head set seq = seq + 1', /đã bị xóa/],
  ])('detects %s', async (_, statement, sentence) => {
    tamper(sql(statement))
    const { code, out } = await verify()
    expect(code).toBe(1)
    expect(out).toMatch(sentence)
  })

  it.each([1, 3])('detects that the last %i rows were removed', async (n) => {
    tamper((db) => db.prepare('delete from audit where seq > ?').run(rows - n))
    const { code, out } = await verify()
    expect(code).toBe(1)
    expect(out).toContain(`từ dòng ${rows - n + 1} trở đi đã bị xóa`)
    expect(out).toContain(`${rows - n} dòng trước đó nguyên vẹn`)
  })

  it('detects a row after the head, even with a valid hash', async () => {
    tamper((db) => db.prepare('update audit_head set seq = ?').run(rows - 1))
    expect((await verify()).code).toBe(1)
  })

  it('names the first of several broken rows', async () => {
    tamper(sql("update audit set data = '{}' where seq in (4, 9); delete from audit where seq = 7"))
    expect((await verify()).out).toContain('dòng 4 (')
  })

  it('is one of the checks of doctor', async () => {
    expect((await shell.run(doctor)).out).toContain(`✅ nhật ký nguyên vẹn (${rows} dòng)`)
    tamper(sql("update audit set data = '{}' where seq = 4"))
    const { code, out } = await shell.run(doctor)
    expect(code).toBe(1)
    expect(out).toMatch(/❌ Nhật ký KHÔNG nguyên vẹn: dòng 4 /)
  })

  it.each([[[]], [['prove']]])('prints the usage when called as %j', async (args) => {
    const { code, out } = await shell.run(() => audit(args))
    expect(code).toBe(2)
    expect(out).toContain('audit verify')
  })
})

describe('the triggers of the audit table', () => {
  it.each(["update audit set data = '{}'", 'delete from audit'])('refuse “%s”', (statement) => {
    const db = new Database(file())
    expect(() => db.exec(statement)).toThrow('only ever added to')
    db.close()
  })
})

describe('verifyAudit', () => {
  it('gives the same result for any page size, and includes rows appended meanwhile', async () => {
    const store = await openStore(`file:${file()}`)
    const [workspace] = await store.read((tx) => tx.workspaces.all())
    const id = workspace?.id as string
    const whole = await store.read((tx) => verifyAudit(tx, id))
    for (const page of [1, 2, rows, rows + 1])
      expect(await store.read((tx) => verifyAudit(tx, id, page))).toEqual(whole)
    const entry = { at: new Date(), byId: null, action: 'plan.changed' as const, subject: 'workspace', data: {} }
    let pages = 0
    const proof = await store.read((tx) =>
      verifyAudit(
        {
          ...tx,
          audit: {
            ...tx.audit,
            // A row after each page, and one between the last page and the head.
            async links(...args) {
              const links = await tx.audit.links(...args)
              if (pages++ < 10) await store.write((w) => w.audit.append(id, entry))
              return links
            },
          },
        },
        id,
        5,
      ),
    )
    expect(proof).toMatchObject({ rows: rows + 10, broken: undefined })
    await store.close()
  })
})
