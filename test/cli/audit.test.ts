import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { audit } from '../../src/cli/audit.js'
import { doctor } from '../../src/cli/doctor.js'
import { proveAudit } from '../../src/core/audit/chain.js'
import { confirm, returnToAuthor, submit } from '../../src/core/submission/decide.js'
import { openStore } from '../../src/store/open.js'
import { content, foundCollege } from '../store/college.js'

/** A log of a small college, made once; each test tampers with a copy of its own. */
let dir: string
let original: string
let rows: number
let file: string
let said: string[]

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

let copies = 0
beforeEach(() => {
  file = path.join(dir, `copy-${copies++}.db`)
  copyFileSync(original, file)
  said = []
  vi.stubEnv('DATABASE_URL', `file:${file}`)
  for (const name of ['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN', 'SLACK_SIGNING_SECRET', 'TIMEZONE']) vi.stubEnv(name, '')
  for (const way of ['log', 'error'] as const)
    vi.spyOn(console, way).mockImplementation((line: string) => void said.push(line))
})
afterEach(() => {
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
})

/** Somebody at the file itself, past the triggers. */
function tamper(work: (db: Database.Database) => void): void {
  const db = new Database(file)
  db.pragma('foreign_keys = OFF')
  db.exec('drop trigger audit_no_update; drop trigger audit_no_delete')
  work(db)
  db.close()
}
const sql = (statement: string) => (db: Database.Database) => void db.exec(statement)
async function verify() {
  said = []
  const code = await audit(['verify'])
  return { code, out: said.join('\n') }
}

describe('audit verify', () => {
  it('of a log that nobody touched counts its rows and gives its last hash', async () => {
    const { code, out } = await verify()
    expect(code).toBe(0)
    expect(out).toMatch(new RegExp(`^Nhật ký nguyên vẹn: ${rows} dòng, .*: [0-9a-f]{64}$`))
    expect(rows).toBeGreaterThan(10)
  })

  it.each<[string, string, string]>([
    ['its time', "update audit set at = '2024-05-20T02:00:00.001Z' where seq = 5", 'dòng 5 (09:00 20/05/2024'],
    ['its time, to no time at all', "update audit set at = 'hôm qua' where seq = 5", 'dòng 5 (hôm qua'],
    ['who did it', "update audit set by_id = 'x' where seq = 5", 'dòng 5'],
    ['nobody did it', "update audit set by_id = '' where seq = 5", 'dòng 5'],
    ['what was done', "update audit set action = 'submission.accepted' where seq = 5", 'submission.accepted: duyệt'],
    ['to what', "update audit set subject = 'workspace' where seq = 5", 'dòng 5'],
    ['its data', "update audit set data = '{}' where seq = 5", 'dòng 5'],
    ['its data by a space', "update audit set data = data || ' ' where seq = 5", 'dòng 5'],
    ['its data, to no JSON', "update audit set data = 'x' where seq = 5", 'dòng 5'],
    ['its hash', "update audit set hash = 'x' where seq = 5", 'dòng 5'],
    ['the first row', "update audit set data = '{}' where seq = 1", 'dòng 1'],
  ])('finds a row in which somebody altered %s', async (_, statement, place) => {
    tamper(sql(statement))
    const { code, out } = await verify()
    expect(code).toBe(1)
    expect(out).toContain('đã bị sửa')
    expect(out).toContain(place)
  })

  it('finds the last row altered, hash and all, by the head that it no longer fits', async () => {
    tamper((db) => db.prepare("update audit set hash = 'x' where seq = ?").run(rows))
    expect((await verify()).out).toContain(`dòng ${rows} (`)
  })

  it.each<[string, string, RegExp]>([
    ['a row moved to another number', 'update audit set seq = 900 where seq = 5', /thiếu dòng 5,/],
    ['a row removed in the middle', 'delete from audit where seq = 5', /thiếu dòng 5,/],
    ['the first row removed', 'delete from audit where seq = 1', /thiếu dòng 1,/],
    [
      'a row given to another workspace',
      "insert into workspace (id, created_at, roster_version) values ('w2', '9999', 0); update audit set workspace_id = 'w2' where seq = 5",
      /thiếu dòng 5,[\s\S]*Workspace w2:/,
    ],
    [
      'a row removed and the rest moved up',
      'delete from audit where seq = 5; update audit set seq = seq + 10000 where seq > 5; update audit set seq = seq - 10001 where seq > 5',
      /dòng 5 .* đã bị sửa, bị đổi chỗ/,
    ],
    [
      'two rows that changed places',
      'update audit set seq = -1 where seq = 5; update audit set seq = 5 where seq = 8; update audit set seq = 8 where seq = -1',
      /dòng 5 .* bị đổi chỗ/,
    ],
    [
      'a row put before the first',
      'insert into audit select workspace_id, 0, at, by_id, action, subject, data, hash from audit where seq = 1',
      /dòng 0 .* chèn thêm/,
    ],
    [
      'a row put between two',
      'insert into audit select workspace_id, 5.5, at, by_id, action, subject, data, hash from audit where seq = 5',
      /dòng 5\.5 .* chèn thêm/,
    ],
    ['every row removed', 'delete from audit', /từ dòng 1 trở đi đã bị xóa/],
    ['the head removed', 'delete from audit_head', /dấu kết thúc bị xóa/],
    ['the head’s hash altered', "update audit_head set hash = 'x'", /dấu kết thúc/],
    ['the head set back', 'update audit_head set seq = seq - 1', /dấu kết thúc/],
    ['the head set forward', 'update audit_head set seq = seq + 1', /đã bị xóa/],
  ])('finds %s', async (_, statement, sentence) => {
    tamper(sql(statement))
    const { code, out } = await verify()
    expect(code).toBe(1)
    expect(out).toMatch(sentence)
  })

  it.each([1, 3])('finds the last %i rows removed', async (n) => {
    tamper((db) => db.prepare('delete from audit where seq > ?').run(rows - n))
    const { code, out } = await verify()
    expect(code).toBe(1)
    expect(out).toContain(`từ dòng ${rows - n + 1} trở đi đã bị xóa`)
    expect(out).toContain(`${rows - n} dòng trước đó nguyên vẹn`)
  })

  it('finds a row that somebody added at the end, its hash well made, by the head', async () => {
    tamper((db) => db.prepare('update audit_head set seq = ?').run(rows - 1))
    expect((await verify()).code).toBe(1)
  })

  it('names the first of several', async () => {
    tamper(sql("update audit set data = '{}' where seq in (4, 9); delete from audit where seq = 7"))
    expect((await verify()).out).toContain('dòng 4 (')
  })

  it('is part of the doctor’s round', async () => {
    said = []
    await doctor()
    expect(said.join('\n')).toContain(`✅ nhật ký nguyên vẹn (${rows} dòng)`)
    tamper(sql("update audit set data = '{}' where seq = 4"))
    said = []
    expect(await doctor()).toBe(1)
    expect(said.join('\n')).toMatch(/❌ Nhật ký KHÔNG nguyên vẹn: dòng 4 /)
  })

  it.each([[[]], [['prove']]])('says how it is called (%j)', async (args) => {
    expect(await audit(args)).toBe(2)
    expect(said.join('\n')).toContain('audit verify')
  })
})

describe('the triggers', () => {
  it.each(["update audit set data = '{}'", 'delete from audit'])('refuse “%s”', (statement) => {
    const db = new Database(file)
    expect(() => db.exec(statement)).toThrow('only ever added to')
    db.close()
  })
})

describe('a proof', () => {
  it('gives the same whatever a page holds, and takes in rows that come meanwhile', async () => {
    const store = await openStore(`file:${file}`)
    const [workspace] = await store.read((tx) => tx.workspaces.all())
    const id = workspace?.id as string
    const whole = await store.read((tx) => proveAudit(tx, id))
    for (const page of [1, 2, rows, rows + 1]) expect(await store.read((tx) => proveAudit(tx, id, page))).toEqual(whole)
    const entry = { at: new Date(), byId: null, action: 'plan.changed' as const, subject: 'workspace', data: {} }
    let pages = 0
    const proof = await store.read((tx) =>
      proveAudit(
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
