import { describe, expect, it } from 'vitest'
import { overdueReviews, reviewEve } from '../../../../src/core/queries/digest/overdue.js'
import { getsDigest } from '../../../../src/core/queries/people/recipient.js'
import { nudge } from '../../../../src/core/reminder/nudge.js'
import { at, timeZone } from '../../../example.js'
import type { College } from '../../../store/college.js'
import { handInConfirmed, unitId } from '../../../store/college.js'
import { openCollege } from '../open-college.js'

const kind = 'preliminary'
const monday = at('2024-07-01', '09:00')
const overdue = (college: College, reviewDate = '2024-06-28', limit = 2, now = monday) =>
  college.store.read((tx) =>
    overdueReviews(
      { tx, now, timeZone },
      college.workspaceId,
      [{ campaignId: college.campaign.id, kind, reviewDate }],
      limit,
    ),
  )

describe('overdue units', () => {
  it('come with what they lack and whom to remind, the most missing first, up to the limit', async () => {
    const college = await openCollege()
    await handInConfirmed(college, 0, 'a1')
    const [review] = await overdue(college)
    expect(review).toMatchObject({ kind, late: 3 })
    expect(review?.units.map((u) => [u.name, u.missing.includes('a1'), u.recipients.names])).toEqual([
      ['Khoa K1', true, ['head 1']],
      ['Khoa K2', true, ['head 2']],
    ])
    expect(review?.units[0]).toMatchObject({ reminded: 0, recipients: { canSend: true, heldAt: undefined } })
  })

  it('cannot be reminded again within four hours', async () => {
    const college = await openCollege()
    const scope = { kind, units: [unitId(college, 0)] } as const
    await college.run('office', (use) => nudge(use, college.campaign, scope), monday)
    const [review] = await overdue(college, '2024-06-28', 3, at('2024-07-01', '10:00'))
    const unit = review?.units.find((u) => u.unitId === unitId(college, 0))
    expect(unit).toMatchObject({ reminded: 1, lastReminded: monday, recipients: { canSend: false, heldAt: monday } })
  })

  it('are not listed for a review that was moved to another date', async () => {
    const college = await openCollege()
    expect(await overdue(college, '2024-06-21')).toEqual([])
  })
})

describe('the eve of a review', () => {
  const eve = (college: College, reviewDate: string, now: Date) =>
    college.store.read((tx) => reviewEve({ tx, now, timeZone }, college.campaign, { kind, reviewDate }, 2))

  it('sums up the units and their reports, with the units that lack the most', async () => {
    const college = await openCollege()
    await handInConfirmed(college, 0, 'a1')
    const found = await eve(college, '2024-06-28', at('2024-06-27'))
    expect(found).toMatchObject({
      isDue: true,
      daysLeft: 1,
      owing: { criteria: 3, reportOnly: 0 },
      totals: { units: 3 },
      reports: { draft: 3 },
    })
    expect(found.mostMissing.map((l) => l.unit.code)).toEqual(['K1', 'K2'])
  })

  it('is not due for a review that was moved, or whose day has passed', async () => {
    const college = await openCollege()
    expect((await eve(college, '2024-06-21', at('2024-06-20'))).isDue).toBe(false)
    expect((await eve(college, '2024-06-28', at('2024-06-29'))).isDue).toBe(false)
    expect((await eve(college, '2024-06-28', at('2024-06-28'))).isDue).toBe(true)
  })
})

describe('a digest', () => {
  it('is for those who may get it now', async () => {
    const college = await openCollege()
    const { person } = await college.as('office')
    const gets = (need: 'digest.overdue' | 'digest.progress') =>
      college.store.read((tx) => getsDigest(tx, { workspaceId: college.workspaceId, personId: person.id }, need))
    expect([await gets('digest.overdue'), await gets('digest.progress')]).toEqual([true, false])
  })
})
