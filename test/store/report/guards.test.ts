import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ownReport } from '../../../src/core/report/decide.js'
import { reportMayBecome, unitReportStates } from '../../../src/core/report/state.js'
import { connect } from '../../../src/store/sqlite/connect.js'
import { newStore } from '../../helpers/database.js'
import { type College, foundCollege } from '../college.js'
import { statePath } from '../state-path.js'

/** SQL statements that bypass the core: triggers refuse what the core refuses. */
const dir = mkdtempSync(path.join(tmpdir(), 'thidua-report-guards-'))
const file = path.join(dir, 'a.db')
let college: College
let db: Database.Database
let unit = 0
beforeAll(async () => {
  college = await foundCollege(await newStore(file), 20)
  db = connect(file)
})
afterAll(async () => {
  db.close()
  await college.store.close()
  rmSync(dir, { recursive: true, force: true })
})

const open = async () => {
  const n = unit++
  const { report } = await college.run(`head${n}`, (use) =>
    ownReport(use, college.campaign, college.units[n]?.id as string, 'final'),
  )
  return report.id
}
const become = (id: string, state: string) => db.prepare('update unit_report set state = ? where id = ?').run(state, id)
const stateOf = (id: string) => db.prepare('select state from unit_report where id = ?').pluck().get(id)

describe('the triggers of unit reports', () => {
  const pairs = unitReportStates.flatMap((from) => unitReportStates.map((to) => [from, to] as const))
  it.each(pairs)('allow the transition %s → %s if and only if the core does', async (from, to) => {
    const id = await open()
    for (const state of statePath('draft', from, unitReportStates, reportMayBecome)) become(id, state)
    expect(stateOf(id)).toBe(from)
    if (reportMayBecome(from, to)) become(id, to)
    else expect(() => become(id, to)).toThrow('this state may not follow that one')
    expect(stateOf(id)).toBe(reportMayBecome(from, to) ? to : from)
  })

  it.each(unitReportStates.filter((s) => s !== 'draft'))('refuse a new report in state %s', async (state) => {
    const copy = () =>
      db
        .prepare(
          `insert into unit_report (id, workspace_id, campaign_id, review_kind, unit_id, state, round, self_assessment,
             difficulties, text_typed_at, text_version)
           select 'copy', workspace_id, campaign_id, 'preliminary', unit_id, ?, 0, '', '', 0, 0 from unit_report limit 1`,
        )
        .run(state)
    expect(copy).toThrow('a report begins as a draft')
  })

  it('refuse to delete a report and to change its history or what was sent', async () => {
    const id = await open()
    const by = (await college.as('head0')).person.id
    const { workspaceId } = college
    db.prepare(
      `insert into unit_report_event (id, workspace_id, report_id, from_state, to_state, round, by_id, at)
       values ('e', ?, ?, 'draft', 'sent', 1, ?, 'x')`,
    ).run(workspaceId, id, by)
    db.prepare(`insert into unit_report_sent values (?, ?, 1, ?, 'x', '{}')`).run(workspaceId, id, by)
    const run = (text: string) => () => db.prepare(text).run(id)
    expect(run('delete from unit_report where id = ?')).toThrow('never deleted')
    expect(run('delete from unit_report_event where report_id = ?')).toThrow('never deleted')
    expect(run("update unit_report_event set to_state = 'approved' where report_id = ?")).toThrow('never changed')
    expect(run("update unit_report_sent set content = '[]' where report_id = ?")).toThrow('never changed')
  })
})
