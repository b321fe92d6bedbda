import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { onTestFinished } from 'vitest'
import { setReviewDates } from '../../../src/core/report/set-review-dates.js'
import { confirm, submit } from '../../../src/core/submission/decide.js'
import { at } from '../../example.js'
import { newStore } from '../../helpers/database.js'
import { type College, content, foundCollege } from '../../store/college.js'

/** A college of three units in a SQLite file of its own, closed after the test. Reviews: 2024-06-28 and 2024-11-29. */
export async function openCollege(): Promise<College> {
  const dir = mkdtempSync(path.join(tmpdir(), 'thidua-queries-'))
  const college = await foundCollege(await newStore(path.join(dir, 'thidua.db')))
  onTestFinished(async () => {
    await college.store.close()
    rmSync(dir, { recursive: true, force: true })
  })
  const dates = { preliminary: '2024-06-28', final: '2024-11-29' }
  await college.run('office', (use) => setReviewDates(use, college.campaign, dates))
  return college
}

export const unitId = (college: College, n: number): string => college.units[n]?.id as string

/** The member of a unit hands in one achievement; returns its id. */
export const handIn = async (college: College, n: number, criterion: string, day = '2024-05-17'): Promise<string> =>
  (
    await college.run(
      `member${n}`,
      (use) => submit(use, college.campaign, content(unitId(college, n), criterion), null),
      at(day),
    )
  ).id

/** The same, confirmed by the unit's head. */
export async function handInConfirmed(college: College, n: number, criterion: string): Promise<string> {
  const id = await handIn(college, n, criterion)
  await college.run(`head${n}`, (use) => confirm(use, college.campaign, id))
  return id
}
