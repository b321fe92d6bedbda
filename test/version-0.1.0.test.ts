import { createHash } from 'node:crypto'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { startBot } from '../src/bot.js'
import { audit } from '../src/cli/audit.js'
import { doctor } from '../src/cli/doctor.js'
import { evidence } from '../src/cli/evidence.js'
import { roster } from '../src/cli/roster.js'
import { readRoster } from '../src/cli/roster-file.js'
import { readConfig } from '../src/config.js'
import type { Store } from '../src/core/ports.js'
import { silentLog } from '../src/log.js'
import { openStore } from '../src/store/open.js'
import { environment, usersOf } from './flows/built-bot.js'
import { accountOf } from './flows/stage.js'
import { startTestSlack } from './helpers/local-slack.js'
import { HANG_MS, until } from './helpers/until.js'

/** A campaign in progress that version 0.1.0 wrote; see its README. Every later version must find all of it. */
const fixture = path.join(import.meta.dirname, 'fixtures/v0.1.0')
const rosterFile = path.join(fixture, 'roster.csv')
const lastWritten = new Date('2024-06-21T08:00:00+07:00')

let dir: string
let file: string
let store: Store
let printed: string[]
beforeEach(async () => {
  dir = mkdtempSync(path.join(tmpdir(), 'thidua-0.1.0-'))
  file = path.join(dir, 'thidua.db')
  writeFileSync(file, gunzipSync(readFileSync(path.join(fixture, 'thidua.db.gz'))))
  cpSync(path.join(fixture, 'evidence'), path.join(dir, 'evidence'), { recursive: true })
  printed = []
  vi.stubEnv('DATABASE_URL', `file:${file}`).stubEnv('EVIDENCE_DIR', path.join(dir, 'evidence')).stubEnv('TIMEZONE', '')
  for (const way of ['log', 'error'] as const)
    vi.spyOn(console, way).mockImplementation((line: string) => void printed.push(line))
  store = await openStore(`file:${file}`)
})
afterEach(async () => {
  await store.close()
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
  rmSync(dir, { recursive: true, force: true })
})

/** A checksum of each table's rows over the columns that version 0.1.0 had. */
function checksums(tables: Record<string, { columns: string[] }>) {
  const db = new Database(file, { readonly: true })
  const found = Object.entries(tables).map(([table, { columns }]) => {
    const order = columns.map((_, i) => i + 1).join(', ')
    const rows = db.prepare(`select ${columns.map((c) => `"${c}"`).join(', ')} from "${table}" order by ${order}`)
    const all = rows.raw().all()
    return [
      table,
      { rows: all.length, sha256: createHash('sha256').update(JSON.stringify(all)).digest('hex'), columns },
    ]
  })
  db.close()
  return Object.fromEntries(found)
}
const tables = JSON.parse(readFileSync(path.join(fixture, 'tables.json'), 'utf8'))
const workspaceId = async () => (await store.read((tx) => tx.workspaces.all()))[0]?.id ?? ''

describe('a database of version 0.1.0', () => {
  it('opens with every row of every table as it was', () => {
    expect(checksums(tables)).toEqual(tables)
  })

  it('holds the people, the submissions in each state, and the files', async () => {
    const id = await workspaceId()
    expect(await store.read((tx) => tx.people.count(id))).toBe(60)
    const campaign = await store.read((tx) => tx.campaigns.current(id))
    if (!campaign) throw new Error('The campaign is lost.')
    const states = await Promise.all(
      [1, 2, 3, 4, 5, 6, 7].map(async (n) => {
        const submission = await store.read((tx) => tx.submissions.byNumber(campaign.id, n))
        return [n, submission?.state, submission?.criterion]
      }),
    )
    expect(states).toEqual([
      [1, 'submitted', 'a2'],
      [2, 'accepted', 'a3'],
      [3, 'confirmed', 'a4'],
      [4, 'returned', 'b1'],
      [5, 'withdrawn', 'b2'],
      [6, 'submitted', 'b3'],
      [7, 'submitted', 'a5'],
    ])
    const counts = await store.read((tx) => tx.attachments.counts())
    expect(counts).toEqual({ waiting: 0, stored: 4, failed: 1, removed: 0 })
    const lecturer = await store.read((tx) => tx.accounts.byExternalId(id, 'slack', 'UPHUCLH'))
    const drafts = await store.read((tx) => tx.drafts.ofPerson(id, lecturer?.personId ?? '', campaign.id))
    expect(drafts.map((d) => d.content.text)).toEqual(['Giao lưu văn nghệ với đơn vị kết nghĩa, còn viết dở'])
  })

  it('passes the checks of the audit log, the evidence and the counts', async () => {
    expect([await audit(['verify']), await evidence(['verify'])]).toEqual([0, 0])
    await doctor()
    const said = printed.join('\n')
    for (const good of [
      'danh sách có 60 người',
      'đơn vị nào cũng có trưởng đơn vị',
      'đã đặt ngày sơ kết, tổng kết',
      'số đếm khớp với từng minh chứng',
      `nhật ký nguyên vẹn (${tables.audit.rows} dòng)`,
      'đủ 4 ảnh, tệp minh chứng',
    ])
      expect(said).toContain(`✅ ${good}`)
  })

  it('is not changed by an import of the roster that it was made with', async () => {
    expect(await roster(['import', rosterFile])).toBe(0)
    const { audit: log, person, role, unit, standing } = tables
    const same = { audit: log, person, role, unit, standing }
    expect(checksums(same)).toEqual(same)
  })

  it('has its waiting messages sent and its stale ones updated by the bot of today', async () => {
    const read = await readRoster(readFileSync(rosterFile), 'roster.csv')
    if ('faults' in read) throw new Error(read.faults[0]?.sentence)
    const slack = await startTestSlack({ users: usersOf(read.roster), now: () => lastWritten })
    const config = readConfig(environment(slack, dir))
    const rates = { perPersonMs: 0, perSecond: 1e9, burst: 1e9 }
    // Slack had requested a pause of an hour.
    const clock = () => new Date(lastWritten.getTime() + 2 * 3_600_000)
    const bot = await startBot({ config, store, clock, log: silentLog, rates, callMs: HANG_MS, cron: false })
    const waiting = () => store.read((tx) => tx.outbox.pending(clock()))
    expect(await waiting()).toBeGreaterThan(20)
    await until(async () => (await waiting()) === 0, 'an outbox without waiting messages')
    const { visibleText } = slack.as(accountOf('thanhnv@cdn-angiang.example')).messages().at(-1) ?? {}
    expect(visibleText).toContain('Còn 5 ngày làm việc đến sơ kết (28/06/2024)')
    await bot.stop(HANG_MS)
    await slack.close()
  })
})
