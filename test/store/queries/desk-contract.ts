import { describe, expect, it } from 'vitest'
import { changeSetting } from '../../../src/core/campaign/change-setting.js'
import { deskPage } from '../../../src/core/queries/desk/desk.js'
import { accept, confirm, returnToAuthor, withdraw } from '../../../src/core/submission/decide.js'
import { postpone } from '../../../src/core/submission/postpone.js'
import { at } from '../../example.js'
import { type College, foundCollege, handIn } from '../college.js'
import type { OpenStore } from '../open-store.js'

const may = (day: number) => at(`2024-05-${String(day).padStart(2, '0')}`)
/** Submits on a day of May; returns the id. */
const submitted = (college: College, unit: number, criterion: string, day: number) =>
  handIn(college, unit, criterion, {}, may(day))
const confirmed = async (college: College, unit: number, criterion: string, day: number): Promise<string> => {
  const id = await submitted(college, unit, criterion, day)
  await college.run(`head${unit}`, (use) => confirm(use, college.campaign, id))
  return id
}

interface Asked {
  unit?: number
  criterion?: string
  page?: number
  size?: number
  who?: string
  now?: Date
}
const page = (college: College, { unit, criterion, page = 0, size = 5, who = 'board', now }: Asked = {}) => {
  const filter = { unitId: unit === undefined ? undefined : college.units[unit]?.id, criterion }
  return college.run(who, (use) => deskPage(use, college.campaign, filter, page, size), now)
}
const numbers = async (college: College, asked?: Asked) =>
  (await page(college, asked)).items.map((i) => i.submission.number)

export function deskContract(open: OpenStore): void {
  describe('the desk', () => {
    it('lists confirmed submissions, oldest first whenever they were confirmed, without decided ones', async () => {
      const college = await foundCollege(await open())
      const { campaign, units } = college
      const first = await submitted(college, 0, 'a1', 3)
      await confirmed(college, 1, 'a2', 4)
      await submitted(college, 1, 'a2', 5)
      const done = [await confirmed(college, 0, 'a1', 6), await confirmed(college, 0, 'a1', 7)]
      await confirmed(college, 2, 'b1', 8)
      await college.run('head0', (use) => confirm(use, campaign, first))
      await college.run('board', (use) => accept(use, campaign, done[0] as string, null))
      await college.run('board', (use) => returnToAuthor(use, campaign, done[1] as string, 'x'))
      const one = await page(college)
      expect(one.items.map((i) => i.submission.number)).toEqual([1, 2, 6])
      expect(one).toMatchObject({ total: 3, oldest: at('2024-05-03'), page: 0, pages: 1, withHeads: 1 })
      expect([...one.byUnit]).toEqual(units.map((u) => [u.id, 1]))
      expect([...one.byCriterion].sort()).toEqual([
        ['a1', 1],
        ['a2', 1],
        ['b1', 1],
      ])
      // The page names the event that wrote the text it shows, so that only this text can be accepted.
      for (const { submission, writingId } of one.items)
        expect(await college.store.read((tx) => tx.submissions.lastWriting(submission.id))).toMatchObject({
          id: writingId,
        })
      await college.store.close()
    })

    it('lists unconfirmed submissions too, when heads need not confirm', async () => {
      const college = await foundCollege(await open())
      await submitted(college, 0, 'a1', 3)
      await confirmed(college, 0, 'a1', 4)
      expect(await numbers(college)).toEqual([2])
      await college.run('office', (use) => changeSetting(use, 'headConfirms', false))
      expect(await numbers(college)).toEqual([1, 2])
      expect(await page(college)).toMatchObject({ total: 2, withHeads: 0, oldest: at('2024-05-03') })
      await college.store.close()
    })

    it('filters by unit, criterion or both, and shows the last page when a later one is requested', async () => {
      const college = await foundCollege(await open())
      for (let day = 1; day <= 4; day++) {
        await confirmed(college, 0, 'a1', day)
        await confirmed(college, 0, 'a2', day)
        await confirmed(college, 1, 'a1', day)
      }
      expect(await numbers(college, { unit: 0 })).toEqual([1, 2, 4, 5, 7])
      expect(await numbers(college, { unit: 0, page: 1 })).toEqual([8, 10, 11])
      expect(await numbers(college, { criterion: 'a1' })).toEqual([1, 3, 4, 6, 7])
      expect(await numbers(college, { unit: 1, criterion: 'a1' })).toEqual([3, 6, 9, 12])
      expect(await numbers(college, { unit: 2 })).toEqual([])
      expect(await page(college, { page: 99 })).toMatchObject({ page: 2, pages: 3, total: 12 })
      expect(await numbers(college, { page: 99 })).toEqual([11, 12])
      const one = await page(college, { unit: 0, criterion: 'a1' })
      expect(one.total).toBe(4)
      // Each menu's counts respect the other menu's choice.
      expect([...one.byUnit.values()]).toEqual([4, 4])
      expect([...one.byCriterion]).toEqual([
        ['a1', 4],
        ['a2', 4],
      ])
      await college.store.close()
    })

    it('postpones until tomorrow for one member only, to the end of the queue', async () => {
      const college = await foundCollege(await open())
      const [first] = [await confirmed(college, 0, 'a1', 1), await confirmed(college, 0, 'a1', 2)]
      await confirmed(college, 1, 'a1', 3)
      for (let twice = 0; twice < 2; twice++) await college.run('board', (use) => postpone(use, first as string))
      expect(await numbers(college)).toEqual([2, 3, 1])
      expect((await page(college)).items.map((i) => i.postponed)).toEqual([false, false, true])
      expect(await numbers(college, { size: 2, page: 1 })).toEqual([1])
      expect(await page(college)).toMatchObject({ total: 3, oldest: at('2024-05-01') })
      expect(await numbers(college, { now: at('2024-05-20', '23:59') })).toEqual([2, 3, 1])
      expect(await numbers(college, { now: at('2024-05-21', '00:00') })).toEqual([1, 2, 3])
      await college.write((tx) => tx.desk.forgetPostponed(at('2024-05-21', '00:01')))
      expect(await numbers(college)).toEqual([1, 2, 3])
      await college.store.close()
    })

    it('is available to the Command Board only', async () => {
      const college = await foundCollege(await open())
      const id = await confirmed(college, 0, 'a1', 1)
      for (const who of ['member0', 'head0', 'office']) {
        await expect(page(college, { who })).rejects.toMatchObject({ key: 'access.denied', params: { need: 'accept' } })
        await expect(college.run(who, (use) => postpone(use, id))).rejects.toMatchObject({ key: 'access.denied' })
      }
      await college.run('member0', (use) => withdraw(use, college.campaign, id))
      expect(await numbers(college)).toEqual([])
      expect((await page(college)).oldest).toBeUndefined()
      await college.store.close()
    })
  })
}
