import { describe, expect, it } from 'vitest'
import type { Submission } from '../../src/core/submission/submission.js'
import { thanksRows } from '../../src/store/digest/thanks.js'
import { digestRows } from '../../src/store/digest/weekly.js'
import { outboxRows } from '../../src/store/outbox/outbox.js'
import { outboxViewRows } from '../../src/store/outbox/outbox-view.js'
import { absenceRows } from '../../src/store/people/absence.js'
import { deskRows } from '../../src/store/queries/desk.js'
import { matchOf, searchRows } from '../../src/store/queries/search.js'
import { handoverRows } from '../../src/store/reminder/handover.js'
import { reminderWishRows } from '../../src/store/reminder/preference.js'
import { reminderRows } from '../../src/store/reminder/reminder.js'

/** No PostgreSQL is here: what would be sent to one is looked at. */
function wire() {
  const sent: { sql: string; values: readonly unknown[] }[] = []
  const exec = {
    dialect: 'postgres' as const,
    change: async () => 0,
    async run<R>(sql: string, values: readonly unknown[]): Promise<R[]> {
      sent.push({ sql: sql.replace(/\s+/g, ' '), values })
      return []
    },
  }
  return { exec, sent }
}
const submission = { id: 's', workspaceId: 'w', campaignId: 'c' } as Submission

describe('for PostgreSQL', () => {
  it('a search asks its own full-text index, with words that are quoted, and only for what may be seen', async () => {
    const { exec, sent } = wire()
    const rows = searchRows(exec)
    await rows.put(submission, { number: '1', names: 'n', text: 't', files: '' })
    const scope = { authorId: 'me', unitIds: ['u1', 'u2'] }
    await rows.find({ workspaceId: 'w', words: ["o'hara", 'luy'], open: true, scope, limit: 8, offset: 0 })
    expect(sent[0]?.sql).toContain("setweight(to_tsvector('simple', $3), 'A')")
    const page = sent.at(-1)
    expect(page?.sql).toContain("d.words @@ to_tsquery('simple', $2)")
    expect(page?.sql).toContain('(s.author_id = $4 or s.unit_id in ($5, $6))')
    expect(page?.values).toEqual(["'o''hara' & 'luy':*", "'o''hara' & 'luy':*", 'w', 'me', 'u1', 'u2', 8, 0])
    expect(sent.map((s) => s.sql).join()).not.toMatch(/search_text|match|bm25/)
  })

  it('reminders that are put off or given away ask for nothing of SQLite’s', async () => {
    const { exec, sent } = wire()
    const [reminders, handovers] = [reminderRows(exec), handoverRows(exec)]
    await reminders.sentTo('reminder:p:', new Date(0))
    await reminders.snoozeOf('p')
    await reminders.snooze('w', 'p', { key: 'k', until: new Date(0) })
    await handovers.all('w')
    await handovers.ofUnit('c', 'final', 'u')
    await handovers.toPerson('w', 'p')
    for (const { sql } of sent) expect(sql).not.toContain('?')
    expect(sent[0]?.values.slice(0, 2)).toEqual(['reminder:p:', 'reminder:p;'])
    expect(sent[3]?.sql).toContain('exists')
    expect(sent).toHaveLength(6)
  })

  it('the desk’s queries use nothing of SQLite’s', async () => {
    const { exec, sent } = wire()
    const rows = deskRows(exec)
    const query = {
      campaignId: 'c',
      states: ['confirmed'] as const,
      personId: 'p',
      now: new Date(0),
      limit: 5,
      offset: 0,
    }
    await rows.queue({ ...query, unitId: 'u', criterion: 'a1' })
    await rows.oldest(query)
    await rows.waiting('c')
    await rows.putOff(submission, 'p', new Date(0))
    for (const { sql } of sent) expect(sql).not.toContain('?')
    expect(sent).toHaveLength(4)
  })

  it('the digest’s and the thanks’ queries use nothing of SQLite’s', async () => {
    const { exec, sent } = wire()
    await digestRows(exec).last('c')
    await digestRows(exec).lastWeek('c')
    await digestRows(exec).handedIn('c')
    await thanksRows(exec).lastMonth('c')
    for (const { sql } of sent) expect(sql).not.toContain('?')
    expect(sent).toHaveLength(4)
  })

  it('who is away and who wishes what are asked in one query each, in words that it knows', async () => {
    const { exec, sent } = wire()
    await absenceRows(exec).on('w', '2024-06-12')
    await reminderWishRows(exec).all('w')
    await reminderWishRows(exec).put('w', 'p', { at: null, atBefore: null, atFrom: 'd', early: false }, new Date(0))
    expect(sent.map((s) => s.values.slice(0, 3))).toEqual([['w', '2024-06-12', '2024-06-12'], ['w'], ['w', 'p', null]])
    expect(sent[0]?.sql).toContain('max("until_date")')
    expect(sent[2]?.sql).toContain('on conflict ("workspace_id", "person_id") do update set')
    for (const { sql } of sent) expect(sql).not.toContain('?')
  })
})

describe('for PostgreSQL, the outbox', () => {
  it('asks for turns, marks and lists with nothing of SQLite’s', async () => {
    const { exec, sent } = wire()
    const changed: string[] = []
    const both = { ...exec, change: async (sql: string) => changed.push(sql) }
    const [rows, view] = [outboxRows(both), outboxViewRows(both)]
    const now = new Date(0)
    await rows.due(now, 5, { workspaceId: 'w', lane: 'new' })
    await rows.dueWork(now, 5, 'w')
    await rows.pending(now, 'w')
    await rows.hands()
    await rows.claim('k', now, 'me')
    await rows.sent('k', { channel: 'D', ts: '1' }, now, 'me')
    await rows.recover(now, ['dead'])
    await view.counts('w')
    await view.inState('w', ['failed'], 5)
    await view.again('w', 'k')
    expect(sent[0]?.sql).toContain(`"workspace_id" = $2 and state = 'waiting'`)
    expect(changed[1]).toContain(`coalesce("lease_by", $`)
    for (const sql of [...sent.map((s) => s.sql), ...changed]) expect(sql).not.toContain('?')
    expect([sent.length, changed.length]).toEqual([7, 5])
  })
})

describe('for SQLite', () => {
  it.each([
    [['duong'], false, '"duong"'],
    [['duong'], true, '"duong" *'],
    [['dan', 'quan'], true, '("dan" AND "quan" *) OR ("dan quan" *)'],
    [['a"b'], false, '"a""b"'],
  ])('%j (open: %s) is asked for as %s', (words, open, expected) => {
    expect(matchOf({ words, open })).toBe(expected)
  })
})
