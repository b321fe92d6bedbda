import { describe, expect, it } from 'vitest'
import { mondayToFriday } from '../../../../src/core/calendar/working-day.js'
import { isOwed, missingCells, owedReviews, reminderParts } from '../../../../src/core/queries/reminder/parts.js'
import { handOver } from '../../../../src/core/reminder/handover.js'
import { setReviewDates } from '../../../../src/core/report/set-review-dates.js'
import { returnToAuthor, submit } from '../../../../src/core/submission/decide.js'
import { content, foundCollege } from '../../../store/college.js'
import { temporaryStores } from '../../../store/temporary-store.js'

const open = temporaryStores()
const kind = 'preliminary' as const
const reviewDate = '2024-06-28'

async function started() {
  const college = await foundCollege(await open(), 2)
  const { campaign, workspaceId, store } = college
  await college.run('board', (use) => setReviewDates(use, campaign, { [kind]: reviewDate }))
  const unitIds = college.units.map((u) => u.id)
  const items = [{ campaignId: campaign.id, kind, reviewDate, units: [...unitIds, 'gone'] }]
  const partsOf = async (name: string) => {
    const personId = (await college.as(name)).person.id
    return store.read((tx) => reminderParts(tx, { workspaceId, personId }, items, '2024-06-13'))
  }
  return { college, unitIds, partsOf }
}

describe('reminderParts', () => {
  it('has each unit that still exists; only the own one is owed', async () => {
    const { partsOf } = await started()
    const parts = await partsOf('head0')
    expect(parts.map((p) => [p.unit.code, p.leads, isOwed(p)])).toEqual([
      ['K0', true, true],
      ['K1', false, false],
    ])
    expect(parts[0]?.missing).toHaveLength(parts[0]?.of ?? 0)
  })

  it('is owed by a colleague to whom it was handed over, who is named to the head', async () => {
    const { college, unitIds, partsOf } = await started()
    const member = (await college.as('member0')).person.id
    const part = { unitId: unitIds[0] as string, kind }
    expect((await partsOf('member0')).map(isOwed)).toEqual([false, false])
    await college.run('head0', (use) => handOver(use, college.campaign, part, member))
    expect((await partsOf('member0')).map(isOwed)).toEqual([true, false])
    expect((await partsOf('head0'))[0]?.helpers).toEqual([{ id: member, name: 'member 0' }])
  })
})

describe('missingCells', () => {
  it('names the own returned submission to its author, and to others only that something was returned', async () => {
    const { college, unitIds, partsOf } = await started()
    const { campaign, store } = college
    const unitId = unitIds[0] as string
    const { id } = await college.run('member0', (use) => submit(use, campaign, content(unitId, 'a1'), 'form'))
    await college.run('head0', (use) => returnToAuthor(use, campaign, id, 'Thiếu ảnh'))
    const [part] = await partsOf('head0')
    if (!part) throw new Error('no part')
    const cellFor = async (name: string) => {
      const personId = (await college.as(name)).person.id
      const cells = await store.read((tx) => missingCells(tx, part, personId))
      expect(cells.map((c) => c.code)).toEqual(part.missing)
      return cells.find((c) => c.code === 'a1')
    }
    expect(await cellFor('member0')).toEqual({ code: 'a1', isReturned: true, ownReturnedId: id })
    expect(await cellFor('head0')).toEqual({ code: 'a1', isReturned: true, ownReturnedId: undefined })
  })
})

describe('owedReviews', () => {
  it('groups parts by review and counts criteria, units with only a report, and days from the given day', async () => {
    const { partsOf } = await started()
    const [one, two] = await partsOf('head0')
    if (!one || !two) throw new Error('no parts')
    const final = { ...one, kind: 'final' as const, reviewDate: '2024-12-20' }
    const reviews = owedReviews([one, final, { ...two, missing: [], leads: true }], '2024-06-26', mondayToFriday)
    expect(reviews.map((r) => [r.kind, r.days, r.missing, r.reports, r.parts.length])).toEqual([
      ['preliminary', 2, one.of, 1, 2],
      ['final', 127, one.of, 0, 1],
    ])
  })
})
