import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { onTestFinished } from 'vitest'
import { setReviewDates } from '../../../src/core/report/set-review-dates.js'
import { newStore } from '../../helpers/database.js'
import { type College, foundCollege } from '../../store/college.js'

/** A college of three units in a SQLite file of its own, closed after the test. Reviews: 2024-06-28 and 2024-11-29. */
export async function openCollege(): Promise<College & { file: string }> {
  const dir = mkdtempSync(path.join(tmpdir(), 'thidua-queries-'))
  const file = path.join(dir, 'thidua.db')
  const college = await foundCollege(await newStore(file))
  onTestFinished(async () => {
    await college.store.close()
    rmSync(dir, { recursive: true, force: true })
  })
  const dates = { preliminary: '2024-06-28', final: '2024-11-29' }
  await college.run('office', (use) => setReviewDates(use, college.campaign, dates))
  return { ...college, file }
}
