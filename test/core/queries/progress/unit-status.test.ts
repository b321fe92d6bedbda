import { describe, expect, it } from 'vitest'
import { criteriaOf } from '../../../../src/core/campaign/campaign.js'
import { visibleUnit } from '../../../../src/core/queries/people/reporting-unit.js'
import {
  areComplete,
  cellEvidence,
  missingCells,
  unitStatus,
} from '../../../../src/core/queries/progress/unit-status.js'
import { returnToAuthor } from '../../../../src/core/submission/decide.js'
import { recordPaper } from '../../../../src/core/submission/record-paper.js'
import { reportNil, reportNilForAll } from '../../../../src/core/submission/report-nil.js'
import type { College } from '../../../store/college.js'
import { handIn, handInConfirmed, unitId } from '../../../store/college.js'
import { openCollege } from '../open-college.js'

const status = (college: College, who: string, n = 0) =>
  college.run(who, async (use) => unitStatus(use, college.campaign, await visibleUnit(use, unitId(college, n))))
const cell = async (college: College, who: string, code: string) =>
  (await status(college, who)).cells.find((c) => c.criterion.code === code)

describe('the status of a unit', () => {
  it('lists every criterion in the order of the plan, for the current review', async () => {
    const college = await openCollege()
    const { cells, deadline, hasDates } = await status(college, 'head0')
    expect(cells.map((c) => c.criterion.code)).toEqual(criteriaOf(college.campaign).map((c) => c.code))
    expect(missingCells(cells)).toHaveLength(cells.length)
    expect(hasDates).toBe(true)
    // From Monday, 2024-05-20, to Friday, 2024-06-28.
    expect(deadline).toMatchObject({ kind: 'preliminary', date: '2024-06-28', daysLeft: 29, closedAt: undefined })
  })

  it('counts confirmed and waiting submissions, and the dates of paper', async () => {
    const college = await openCollege()
    const { campaign } = college
    await handInConfirmed(college, 0, 'a1')
    await handIn(college, 0, 'a1')
    await handIn(college, 0, 'a2')
    const paper = { unitId: unitId(college, 0), criterion: 'b1', receivedOn: '2024-05-10' }
    await college.run('board', (use) => recordPaper(use, campaign, paper))
    expect(await cell(college, 'member0', 'a1')).toMatchObject({ state: 'confirmed', confirmed: 1, waiting: 1 })
    expect(await cell(college, 'member0', 'a2')).toMatchObject({ state: 'waiting', confirmed: 0, waiting: 1 })
    expect(await cell(college, 'member0', 'b1')).toMatchObject({ state: 'confirmed', paperDates: ['2024-05-10'] })
    expect(await cell(college, 'member0', 'b2')).toMatchObject({ state: 'missing', paperDates: [] })
  })

  it('gives a nil report with its reason, and only for its review', async () => {
    const college = await openCollege()
    await college.run('head0', (use) =>
      reportNil(use, college.campaign, unitId(college, 0), 'a1', 'preliminary', 'Không có'),
    )
    expect(await cell(college, 'head0', 'a1')).toMatchObject({ state: 'nil', nilReason: 'Không có' })
    const final = await college.run('head0', async (use) =>
      unitStatus(use, college.campaign, await visibleUnit(use, unitId(college, 0)), 'final'),
    )
    expect(final.cells[0]).toMatchObject({ state: 'missing', nilReason: undefined })
    expect(final.deadline.date).toBe('2024-11-29')
  })

  it('names a returned submission to its author alone', async () => {
    const college = await openCollege()
    const id = await handIn(college, 0, 'a1')
    await college.run('head0', (use) => returnToAuthor(use, college.campaign, id, 'Thiếu số liệu'))
    expect(await cell(college, 'member0', 'a1')).toMatchObject({ state: 'returned', ownReturnedId: id })
    expect(await cell(college, 'head0', 'a1')).toMatchObject({ state: 'returned', ownReturnedId: undefined })
  })

  it('is shown to people of the unit and to those who see all, and to nobody else', async () => {
    const college = await openCollege()
    await expect(status(college, 'member1')).rejects.toMatchObject({ key: 'access.denied' })
    for (const who of ['member0', 'office', 'board']) expect((await status(college, who)).unit.code).toBe('K0')
  })
})

describe('the evidence of a cell', () => {
  it('is cut to the limit, with the names that are shown of each submission', async () => {
    const college = await openCollege()
    for (let n = 0; n < 3; n++) await handIn(college, 0, 'a1')
    const { submissions, papers } = await college.run('member0', (use) =>
      cellEvidence(use, college.campaign, unitId(college, 0), 'a1', 2),
    )
    expect(submissions.map((s) => [s.submission.number, s.unitName, s.authorName])).toEqual([
      [3, 'Khoa K0', 'member 0'],
      [2, 'Khoa K0', 'member 0'],
    ])
    expect(papers).toEqual([])
  })

  it('is denied to people of other units', async () => {
    const college = await openCollege()
    const read = college.run('head1', (use) => cellEvidence(use, college.campaign, unitId(college, 0), 'a1', 2))
    await expect(read).rejects.toMatchObject({ key: 'access.denied' })
  })
})

describe('complete units', () => {
  it('lack no criterion; one that lacks something makes the answer no', async () => {
    const college = await openCollege()
    const ids = [unitId(college, 0), unitId(college, 1)]
    const complete = (some: readonly string[]) =>
      college.store.read((tx) => areComplete(tx, college.campaign.id, 'preliminary', some))
    expect(await complete(ids)).toBe(false)
    const codes = criteriaOf(college.campaign).map((c) => c.code)
    await college.run('head0', (use) =>
      reportNilForAll(use, college.campaign, ids[0] as string, codes, 'preliminary', 'Không phát sinh'),
    )
    expect(await complete(ids.slice(0, 1))).toBe(true)
    expect(await complete(ids)).toBe(false)
  })
})
