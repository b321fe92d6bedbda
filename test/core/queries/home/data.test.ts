import { describe, expect, it } from 'vitest'
import { changeSetting } from '../../../../src/core/campaign/change-setting.js'
import { type HomeLimits, homeData } from '../../../../src/core/queries/home/data.js'
import { returnToAuthor } from '../../../../src/core/submission/decide.js'
import type { College } from '../../../store/college.js'
import { handIn, handInConfirmed } from '../../../store/college.js'
import { openCollege } from '../open-college.js'

const limits: HomeLimits = { returned: 1, latest: 2, latestOfLeaders: 1, waiting: 2, units: 1, mostMissing: 2 }
const home = (college: College, who: string) =>
  college.run(who, async (use) => {
    const reviews = await use.tx.reviews.list(college.campaign.id)
    return homeData(use, college.campaign, reviews, limits)
  })
const numbers = (views: readonly { submission: { number: number } }[]) => views.map((v) => v.submission.number)

describe('the data of a home', () => {
  it('holds a person’s own submissions: returned ones apart, the newest of the others', async () => {
    const college = await openCollege()
    const ids: string[] = []
    for (let n = 0; n < 5; n++) ids.push(await handIn(college, 0, 'a1'))
    for (const id of ids.slice(0, 2))
      await college.run('head0', (use) => returnToAuthor(use, college.campaign, id, 'Thiếu số liệu'))
    const { mine } = await home(college, 'member0')
    expect(mine).toMatchObject({ total: 5, returned: 2 })
    expect(mine.returnedFirst).toHaveLength(1)
    expect(mine.returnedFirst[0]?.submission.state).toBe('returned')
    expect(numbers(mine.latest)).toEqual([5, 4])
    expect((await home(college, 'member1')).mine).toEqual({ total: 0, returned: 0, returnedFirst: [], latest: [] })
  })

  it('holds what waits for a leader, the oldest first, unless heads need not confirm', async () => {
    const college = await openCollege()
    for (const criterion of ['b1', 'a1', 'a2']) await handIn(college, 0, criterion)
    const { waiting } = await home(college, 'deputy0')
    expect(waiting?.total).toBe(3)
    expect(numbers(waiting?.first ?? [])).toEqual([1, 2])
    expect((await home(college, 'member0')).waiting).toBeUndefined()
    await college.run('office', (use) => changeSetting(use, 'headConfirms', false))
    expect((await home(college, 'deputy0')).waiting).toBeUndefined()
  })

  it('tells the units that a person leads from the others', async () => {
    const college = await openCollege()
    const units = ({ led, member }: Awaited<ReturnType<typeof home>>) =>
      [led, member].map(({ total, first }) => [total, first.map((f) => f.unit.code)])
    expect(units(await home(college, 'head0'))).toEqual([
      [1, ['K0']],
      [0, []],
    ])
    expect(units(await home(college, 'member0'))).toEqual([
      [0, []],
      [1, ['K0']],
    ])
  })

  it('gives an overview to those who see all units, by who has to act', async () => {
    const college = await openCollege()
    await handInConfirmed(college, 0, 'a1')
    await handIn(college, 1, 'a1')
    const { overview } = await home(college, 'board')
    expect(overview).toMatchObject({ waitingForHeads: 1, waitingForBoard: 1, totals: { units: 3, complete: 0 } })
    expect(overview?.mostMissing.map((l) => l.unit.code)).toEqual(['K2', 'K0'])
    expect((await home(college, 'head0')).overview).toBeUndefined()
    await college.run('office', (use) => changeSetting(use, 'headConfirms', false))
    expect((await home(college, 'board')).overview).toMatchObject({ waitingForHeads: 0, waitingForBoard: 2 })
  })
})
