import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mayBecome, submissionStates } from '../../../src/core/submission/state.js'
import { connect } from '../../../src/store/sqlite/connect.js'
import { newStore } from '../../helpers/database.js'
import { type College, foundCollege, handIn } from '../college.js'
import { statePath } from '../state-path.js'

/** SQL statements that bypass the core: triggers refuse what the core refuses. */
const dir = mkdtempSync(path.join(tmpdir(), 'thidua-guards-'))
const file = path.join(dir, 'a.db')
let college: College
let db: Database.Database
beforeAll(async () => {
  college = await foundCollege(await newStore(file))
  db = connect(file)
})
afterAll(async () => {
  db.close()
  await college.store.close()
  rmSync(dir, { recursive: true, force: true })
})

const become = (id: string, state: string) => db.prepare('update submission set state = ? where id = ?').run(state, id)
const stateOf = (id: string) => db.prepare('select state from submission where id = ?').pluck().get(id)

describe('the triggers of submissions', () => {
  const pairs = submissionStates.flatMap((from) => submissionStates.map((to) => [from, to] as const))
  it.each(pairs)('allow the transition %s → %s if and only if the core does', async (from, to) => {
    const id = await handIn(college, 0, 'a1')
    for (const state of statePath('submitted', from, submissionStates, mayBecome)) become(id, state)
    expect(stateOf(id)).toBe(from)
    if (mayBecome(from, to)) become(id, to)
    else expect(() => become(id, to)).toThrow('this state may not follow that one')
    expect(stateOf(id)).toBe(mayBecome(from, to) ? to : from)
  })

  it.each(submissionStates.filter((s) => s !== 'submitted'))('refuse a new submission in state %s', async (state) => {
    const id = await handIn(college, 0, 'a1')
    const copy = () =>
      db
        .prepare(
          `insert into submission (id, workspace_id, campaign_id, unit_id, criterion, number, state, text, done_on, links,
             author_id, submitted_at, round, updated_at)
           select 'copy ' || id, workspace_id, campaign_id, unit_id, criterion, number + 100000,
           ?, text, done_on, links, author_id, submitted_at, round, updated_at
           from submission where id = ?`,
        )
        .run(state, id)
    expect(copy).toThrow('a submission begins as submitted')
  })

  it('refuse to delete a submission or its events, and to change events except their reason', async () => {
    const id = await handIn(college, 0, 'a1')
    expect(() => db.prepare('delete from submission where id = ?').run(id)).toThrow('never deleted')
    expect(() => db.prepare('delete from submission_event where submission_id = ?').run(id)).toThrow('never deleted')
    const set = (what: string) => () =>
      db.prepare(`update submission_event set ${what} where submission_id = ?`).run(id)
    expect(set("to_state = 'accepted'")).toThrow('never changed')
    expect(set("at = '2020-01-01T00:00:00.000Z'")).toThrow('never changed')
    expect(set('reason = null')).not.toThrow()
  })

  it('allow a new author of an event only if it is a placeholder: inactive and without an e-mail address', async () => {
    const id = await handIn(college, 0, 'a1')
    const other = (active: number, email: string | null) => {
      const person = `other ${active} ${email}`
      db.prepare(
        `insert or ignore into person (id, workspace_id, full_name, email, active, on_roster)
         select ?, workspace_id, 'x', ?, ?, 0 from submission where id = ?`,
      ).run(person, email, active, id)
      return () => db.prepare('update submission_event set by_id = ? where submission_id = ?').run(person, id)
    }
    expect(other(1, 'a@cdn.example')).toThrow('never changed')
    expect(other(1, null)).toThrow('never changed')
    expect(other(0, 'b@cdn.example')).toThrow('never changed')
    expect(other(0, null)).not.toThrow()
  })
})
