import { describe, expect, it } from 'vitest'
import {
  reportOffer,
  reportToDecide,
  unitReportList,
  viewUnitReport,
} from '../../../../src/core/queries/report/unit-report.js'
import { gapsOf } from '../../../../src/core/report/content.js'
import { rejectReport, sendReport } from '../../../../src/core/report/decide.js'
import { saveTexts } from '../../../../src/core/report/draft.js'
import type { College } from '../../../store/college.js'
import { handInConfirmed, unitId } from '../../../store/college.js'
import { openCollege } from '../open-college.js'

const kind = 'preliminary'
const view = (college: College, who: string, wantsCurrent = false) =>
  college.run(who, (use) => viewUnitReport(use, college.campaign, unitId(college, 0), kind, wantsCurrent))
const write = (college: College, selfAssessment: string, seen = 0) =>
  college.run('head0', (use) =>
    saveTexts(use, college.campaign, unitId(college, 0), kind, { selfAssessment }, { form: `form${seen}`, seen }),
  )
async function send(college: College): Promise<void> {
  const { content, report } = await view(college, 'head0', true)
  const seen = { round: report.round, agreed: gapsOf(content), isEarlyAgreed: true }
  await college.run('head0', (use) => sendReport(use, college.campaign, unitId(college, 0), kind, seen))
}
const counted = (v: Awaited<ReturnType<typeof view>>) => v.content.lines.reduce((n, l) => n + l.items.length, 0)

describe('a unit’s report', () => {
  it('shows the unsent texts of its head to leaders alone', async () => {
    const college = await openCollege()
    await write(college, 'Tốt')
    expect(await view(college, 'deputy0')).toMatchObject({ leads: true, content: { selfAssessment: 'Tốt' } })
    for (const who of ['member0', 'office', 'board'])
      expect(await view(college, who)).toMatchObject({ leads: false, isSent: false, content: { selfAssessment: '' } })
    await expect(view(college, 'head1')).rejects.toMatchObject({ key: 'access.denied' })
  })

  it('shows what was sent, and to leaders what there is now if they ask', async () => {
    const college = await openCollege()
    await handInConfirmed(college, 0, 'a1')
    await send(college)
    await handInConfirmed(college, 0, 'a2')
    const [board, head, current] = [
      await view(college, 'board', true),
      await view(college, 'head0'),
      await view(college, 'head0', true),
    ]
    expect([board, head, current].map((v) => [counted(v), v.isSent, v.changed])).toEqual([
      [1, true, true],
      [1, true, true],
      [2, false, true],
    ])
    expect([board.decides, head.decides]).toEqual([true, false])
  })

  it('shows leaders the current content again once it was rejected', async () => {
    const college = await openCollege()
    await send(college)
    const seen = { round: 1, state: 'sent' } as const
    await college.run('board', (use) =>
      rejectReport(use, college.campaign, unitId(college, 0), kind, seen, 'Thiếu số liệu'),
    )
    expect(await view(college, 'head0')).toMatchObject({ isSent: false, report: { state: 'rejected' } })
    expect(await view(college, 'board')).toMatchObject({ isSent: true, report: { state: 'rejected' } })
  })
})

describe('the list of reports', () => {
  it('counts every state and pages the units, those that wait for the Board first', async () => {
    const college = await openCollege()
    await send(college)
    const list = (page: number) => college.run('board', (use) => unitReportList(use, college.campaign, kind, page, 2))
    expect(await list(0)).toMatchObject({ counts: { sent: 1, draft: 2, rejected: 0, approved: 0 }, page: 0, pages: 2 })
    expect((await list(0)).lines.map((l) => [l.unit.code, l.state])).toEqual([
      ['K0', 'sent'],
      ['K1', 'draft'],
    ])
    expect(await list(9)).toMatchObject({ page: 1, lines: [{ unit: { code: 'K2' } }] })
  })
})

describe('a notice of a report', () => {
  it('offers a unit’s report with its state; an unknown unit has none', async () => {
    const college = await openCollege()
    const offer = (id: string) => college.store.read((tx) => reportOffer(tx, college.campaign, id, kind))
    expect(await offer(unitId(college, 0))).toMatchObject({ state: 'draft', isComplete: false })
    await send(college)
    expect(await offer(unitId(college, 0))).toMatchObject({ state: 'sent', isComplete: false })
    expect(await offer('nothing')).toBeUndefined()
  })

  it('is put before members of the Command Board alone', async () => {
    const college = await openCollege()
    await send(college)
    const toDecide = async (who: string) => {
      const { person } = await college.as(who)
      return college.run(who, (use) => reportToDecide(use, college.campaign, unitId(college, 0), kind, person.id))
    }
    expect(await toDecide('board')).toMatchObject({ decides: true, report: { state: 'sent' } })
    for (const who of ['head0', 'member1', 'office']) expect(await toDecide(who)).toBeUndefined()
  })
})
