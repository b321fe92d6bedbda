import { describe, expect, it } from 'vitest'
import { search } from '../../../src/core/queries/search/search.js'
import { importPlan } from '../../../src/core/setup/import-plan.js'
import { importRoster } from '../../../src/core/setup/import-roster.js'
import { confirm, revise, submit, withdraw } from '../../../src/core/submission/decide.js'
import { updateIndex } from '../../../src/core/submission/update-index.js'
import { at, examplePlan } from '../../example.js'
import { type College, content, foundCollege, handIn, rosterOf } from '../college.js'
import type { OpenStore } from '../open-store.js'

/** Hands in this text; returns the id. */
const handInText = (college: College, unit: number, text: string, criterion = 'a2') =>
  handIn(college, unit, criterion, { text })

async function find(college: College, typed: string, who = 'board', page = 0, size = 8) {
  await updateIndex(college.store, college.workspaceId)
  return college.run(who, (use) => search(use, typed, page, size))
}
const numbers = async (college: College, typed: string, who?: string) =>
  (await find(college, typed, who)).submissions.map((s) => s.number)

export function searchContract(open: OpenStore): void {
  describe('a search', () => {
    it.each([
      ['đường', [1]],
      ['duong', [1]],
      ['DUONG', [1]],
      ['Đường'.normalize('NFD'), [1]],
      ['tuần tra đường', [1]],
      ['huấn luyện', [2]],
      ['huan luy', [2]],
      ['TĐ-2024-000002', [2]],
      ['td 2024 000002', [2]],
      ['khoa k1', [2]],
      // The first one has number 1.
      ['member 1', [2, 1]],
      ['25', [1]],
      // By the criterion's code and name.
      ['b1', [2]],
      ['a2', [1]],
      ['không có ở đâu', []],
      ['', []],
      ['…—!?', []],
    ])('finds for “%s” %j', async (typed, expected) => {
      const college = await foundCollege(await open())
      await handInText(college, 0, 'Tuần tra bảo vệ đường phố, 25 lượt')
      await handInText(college, 1, 'Huấn luyện chiến sĩ mới', 'b1')
      expect(await numbers(college, typed)).toEqual(expected)
      await college.store.close()
    })

    it.each([
      '"',
      '" OR "1',
      'a*',
      'NEAR(huan luyen)',
      'text: huấn',
      '-huấn',
      '^huấn',
      '(',
      'huấn AND',
      "' --",
      '{a}',
      '"huấn',
    ])('treats %s as words and does not fail', async (typed) => {
      const college = await foundCollege(await open())
      await handInText(college, 0, 'Huấn luyện')
      await handInText(college, 1, 'Tuần tra')
      const found = await numbers(college, typed)
      // No syntax in it widens the search: the second submission has none of these words.
      expect(found).not.toContain(2)
      await college.store.close()
    })

    it('ranks a matching number before a mention of it, and adjacent words before scattered ones', async () => {
      const college = await foundCollege(await open())
      await handInText(college, 0, 'Nhắc đến 3 và 3 và 3', 'b5')
      await handInText(college, 0, 'Vệ sinh, tự giác, quân số đủ, dân vận tốt', 'b5')
      await handInText(college, 0, 'Xây dựng dân quân tự vệ vững mạnh', 'b5')
      expect(await numbers(college, '3')).toEqual([3, 1])
      expect(await numbers(college, 'dân quân tự vệ')).toEqual([3, 2])
      await college.store.close()
    })

    it('ranks the words side by side first, however long their text and however frequent the words are', async () => {
      const college = await foundCollege(await open())
      await handInText(
        college,
        0,
        `Tổ chức dọn vệ sinh khuôn viên ${'và nhiều việc khác nữa trong tuần '.repeat(20)}`,
        'b5',
      )
      for (let n = 0; n < 4; n++) await handInText(college, 0, 'Vệ sinh an toàn, dọn kho', 'b5')
      await handInText(college, 0, 'Học sinh vẽ, don ve sinh', 'b5')
      expect((await numbers(college, 'dọn vệ sinh')).slice(0, 2)).toEqual([1, 6])
      await college.store.close()
    })

    it('is narrowed down by states, criteria, units and days in words, and says why it finds nothing', async () => {
      const college = await foundCollege(await open())
      const id = await handInText(college, 0, 'Huấn luyện đợt một')
      await handInText(college, 0, 'Huấn luyện đợt hai')
      await handInText(college, 1, 'Trực lễ', 'b1')
      await college.run('head0', (use) => confirm(use, college.campaign, id))
      expect(await numbers(college, 'đã xác nhận')).toEqual([1])
      expect(await numbers(college, 'CHO DUYET huấn luyện')).toEqual([1])
      expect(await numbers(college, 'huan luyen chờ xác nhận')).toEqual([2])
      expect(await numbers(college, 'cho xac nhan k1')).toEqual([3])
      expect(await numbers(college, 'chờ xác nhận b1')).toEqual([3])
      expect(await numbers(college, 'tháng 5 b1')).toEqual([3])
      expect(await numbers(college, 'tháng 4 năm 2024 b1')).toEqual([])
      const { why } = await find(college, 'đã duyệt huấn luyện')
      expect(why).toEqual({ unknown: [], unfiltered: 2 })
      expect((await find(college, 'huấn luyện xyz')).why).toEqual({ unknown: ['xyz'], unfiltered: 0 })
      expect((await find(college, 'huấn luyện trực')).why).toEqual({ unknown: [], unfiltered: 0 })
      expect((await find(college, 'huấn luyện')).why).toBeUndefined()
      await college.store.close()
    })

    it('finds only what the person may see: their units and own submissions, or everything', async () => {
      const college = await foundCollege(await open())
      await handInText(college, 0, 'Huấn luyện của khoa 0')
      await handInText(college, 1, 'Huấn luyện của khoa 1')
      const { campaign, units } = college
      await college.run('office', (use) =>
        submit(use, campaign, content(units[2]?.id as string, 'a1', { text: 'Huấn luyện thay mặt' }), null),
      )
      const by = async (who: string) => (await numbers(college, 'huấn luyện', who)).sort()
      expect(await by('member0')).toEqual([1])
      expect(await by('head1')).toEqual([2])
      expect(await by('member2')).toEqual([3])
      expect(await by('office')).toEqual([1, 2, 3])
      expect((await find(college, 'huấn luyện', 'member0')).total).toBe(1)
      expect(await numbers(college, 'TĐ-2024-000002', 'member0')).toEqual([])
      await college.store.close()
    })

    it('finds the current content after a revision, a move to another unit, a new name and a new plan', async () => {
      const college = await foundCollege(await open(), 2)
      const { campaign, units, workspaceId, newId } = college
      const id = await handInText(college, 0, 'Chữ cũ')
      expect(await numbers(college, 'cũ')).toEqual([1])
      await college.run('member0', (use) =>
        revise(use, campaign, id, content(units[0]?.id as string, 'a2', { text: 'Chữ mới' })),
      )
      expect([await numbers(college, 'cũ'), await numbers(college, 'mới')]).toEqual([[], [1]])
      // A change of state changes no indexed text.
      await college.run('head0', (use) => confirm(use, campaign, id))
      expect(await numbers(college, 'mới')).toEqual([1])
      expect(await college.store.read((tx) => tx.search.marked(college.workspaceId, 1))).toEqual([])
      const roster = rosterOf(2)
      Object.assign(roster.units[0] as object, { name: 'Khoa Thủy sản' })
      Object.assign(roster.people.find((p) => p.email.startsWith('member0')) as object, { fullName: 'Lý Thị Đào' })
      await college.write((tx) => importRoster({ tx, now: new Date(), newId, workspaceId }, roster))
      expect([await numbers(college, 'thuy san'), await numbers(college, 'ly dao')]).toEqual([[1], [1]])
      expect(await numbers(college, 'khoa k0')).toEqual([1])
      expect(await numbers(college, 'member 0')).toEqual([])
      const plan = examplePlan()
      for (const g of plan.groups) for (const c of g.criteria) if (c.code === 'a2') c.short = 'Lời khác hẳn'
      await college.write((tx) => importPlan({ tx, now: at('2024-05-20'), newId, workspaceId }, plan, 'other'))
      expect(await numbers(college, 'khac han')).toEqual([1])
      await college.run('member0', (use) => withdraw(use, campaign, id))
      expect(await numbers(college, 'mới')).toEqual([1])
      await college.store.close()
    })

    it('returns pages, newest first among equal ranks, and the last page when a later one is requested', async () => {
      const college = await foundCollege(await open())
      for (let n = 0; n < 20; n++) await handInText(college, 0, 'Cùng một lời')
      const first = await find(college, 'cùng lời')
      expect(first).toMatchObject({ total: 20, page: 0, pages: 3 })
      expect(first.submissions.map((s) => s.number)).toEqual([20, 19, 18, 17, 16, 15, 14, 13])
      const last = await find(college, 'cùng lời', 'board', 9)
      expect(last).toMatchObject({ total: 20, page: 2 })
      expect(last.submissions.map((s) => s.number)).toEqual([4, 3, 2, 1])
      await college.store.close()
    })

    it('finds submissions whose indexing was deferred, once they are indexed', async () => {
      const college = await foundCollege(await open())
      await handInText(college, 0, 'Tuần tra đêm')
      await updateIndex(college.store, college.workspaceId, () => false)
      const found = () => college.run('board', (use) => search(use, 'tuan tra', 0, 8))
      expect((await found()).total).toBe(0)
      expect((await find(college, 'tuan tra')).total).toBe(1)
      await college.store.close()
    })

    it('indexes thousands of deferred submissions in batches, so that nobody waits long', async () => {
      const college = await foundCollege(await open())
      const { campaign, store, units } = college
      const actor = await college.as('member0')
      const { newId } = college
      await Promise.all(
        Array.from({ length: 1100 }, (_, n) =>
          store.write((tx) =>
            submit(
              { tx, actor, now: at('2024-05-20'), newId, timeZone: 'Asia/Ho_Chi_Minh' },
              campaign,
              content(units[0]?.id as string, 'a2', { text: `Việc số ${n}` }),
              null,
            ),
          ),
        ),
      )
      expect((await find(college, 'việc')).total).toBe(1100)
      expect(await numbers(college, 'việc 777')).toContain(778)
      await store.close()
    })
  })
}
