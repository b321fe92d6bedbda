import { describe, expect, it } from 'vitest'
import { decideErasure, requestErasure, withdrawErasure } from '../../../../src/core/privacy/decide-erasure.js'
import { erasureRequest } from '../../../../src/core/queries/privacy/erasure-request.js'
import { heldData } from '../../../../src/core/queries/privacy/held-data.js'
import { handOver } from '../../../../src/core/reminder/handover.js'
import { setReviewDates } from '../../../../src/core/report/set-review-dates.js'
import { submit } from '../../../../src/core/submission/decide.js'
import { content, foundCollege } from '../../../store/college.js'
import { temporaryStores } from '../../../store/temporary-store.js'

const open = temporaryStores()

describe('heldData', () => {
  it('counts everything and lists at most the wanted number', async () => {
    const college = await foundCollege(await open(), 1)
    const { campaign } = college
    const unitId = college.units[0]?.id as string
    const member = (await college.as('member0')).person.id
    for (const form of ['one', 'two', 'three'])
      await college.run('member0', (use) => submit(use, campaign, content(unitId, 'a1'), form))
    await college.run('board', (use) => setReviewDates(use, campaign, { preliminary: '2024-06-28' }))
    await college.run('head0', (use) => handOver(use, campaign, { unitId, kind: 'preliminary' }, member))
    const held = await college.run('member0', (use) => heldData(use, 2))
    expect(held.counts.submissions).toBe(3)
    expect(held.submissions).toHaveLength(2)
    expect(held.handovers).toEqual([{ unitName: 'Khoa K0', kind: 'preliminary' }])
    expect(held.auditRows).toBeGreaterThan(0)
    expect(held.waiting).toBeUndefined()
    await college.run('member0', (use) => requestErasure(use, 'drafts', ''))
    const asked = await college.run('member0', (use) => heldData(use, 2))
    expect(asked.waiting).toMatchObject({ what: 'drafts', state: 'waiting' })
  })
})

describe('erasureRequest', () => {
  it('warns of a unit that loses its head only while everything is to be erased', async () => {
    const college = await foundCollege(await open(), 1)
    const { workspaceId, store } = college
    const request = async (id: string) => store.read((tx) => erasureRequest(tx, workspaceId, id))
    const drafts = await college.run('head0', (use) => requestErasure(use, 'drafts', ''))
    expect(await request(drafts.id)).toMatchObject({ name: 'head 0', warnings: { headOf: [], isLastAdmin: false } })
    await college.run('head0', (use) => withdrawErasure(use, drafts.id))
    expect(await request(drafts.id)).toMatchObject({ warnings: undefined, decidedBy: '' })
    const all = await college.run('head0', (use) => requestErasure(use, 'all', ''))
    expect((await request(all.id))?.warnings?.headOf.map((u) => u.code)).toEqual(['K0'])
    await college.run('office', (use) => decideErasure(use, all.id, 'Còn công tác', (code) => code))
    expect(await request(all.id)).toMatchObject({ warnings: undefined, decidedBy: 'office' })
    expect(await request('none')).toBeUndefined()
  })
})
