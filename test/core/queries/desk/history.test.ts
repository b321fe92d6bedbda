import { describe, expect, it } from 'vitest'
import { historyByNumber, latestChanges } from '../../../../src/core/queries/desk/history.js'
import { importPlan } from '../../../../src/core/setup/import-plan.js'
import { newId } from '../../../../src/new-id.js'
import { at, examplePlan } from '../../../example.js'
import type { College } from '../../../store/college.js'
import { handInConfirmed } from '../../../store/college.js'
import { openCollege } from '../open-college.js'

const subjects = async (college: College) =>
  (await college.run('board', (use) => latestChanges(use, 'all', 0))).changes.map((c) => c.subject)
const importNext = async ({ store, workspaceId }: College): Promise<void> => {
  const plan = { ...examplePlan(), code: 'qptd-2025', submissionPrefix: 'TĐ-2025' }
  await store.write((tx) => importPlan({ tx, now: at('2024-05-21'), newId, workspaceId }, plan, 'hash of 2025'))
}

describe('the latest changes', () => {
  it('name what each is about, and the campaign only where there are several', async () => {
    const college = await openCollege()
    await handInConfirmed(college, 0, 'a1')
    expect((await subjects(college)).slice(0, 2)).toEqual([
      ['TĐ-2024-000001', 'a1', 'Khoa K0'],
      ['TĐ-2024-000001', 'a1', 'Khoa K0'],
    ])
    expect(await subjects(college)).toContainEqual([])
    await importNext(college)
    expect(await subjects(college)).toContainEqual(['TĐ-2024'])
  })
})

describe('the history by number', () => {
  const find = (college: College, prefix: string, number: number, who = 'board') =>
    college.run(who, (use) => historyByNumber(use, college.campaign, prefix, number))

  it('is that of the campaign with this prefix, however it is typed', async () => {
    const college = await openCollege()
    const id = await handInConfirmed(college, 0, 'a1')
    await importNext(college)
    for (const prefix of ['', 'TĐ-2024', 'td2024', '2024']) {
      const { submission, history, campaign } = await find(college, prefix, 1)
      expect([submission.id, campaign.prefix]).toEqual([id, 'TĐ-2024'])
      expect(history.map((c) => ('to' in c ? c.to : c.action))).toEqual(['submitted', 'confirmed'])
    }
  })

  it('is not found in another campaign, for another prefix, or for another number', async () => {
    const college = await openCollege()
    await handInConfirmed(college, 0, 'a1')
    await importNext(college)
    for (const [prefix, number] of [
      ['TĐ-2025', 1],
      ['2023', 1],
      ['', 2],
    ] as const)
      await expect(find(college, prefix, number)).rejects.toMatchObject({ key: 'submission.not_found' })
    await expect(find(college, '', 1, 'member1')).rejects.toMatchObject({ key: 'access.denied' })
  })
})
