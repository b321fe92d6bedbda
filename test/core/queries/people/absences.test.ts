import { describe, expect, it } from 'vitest'
import { cancelAbsence, enterAbsence } from '../../../../src/core/people/enter-absence.js'
import { absenceById, presentStandIns, unitsCovered } from '../../../../src/core/queries/people/absence-notice.js'
import { absenceCover, absencesOf } from '../../../../src/core/queries/people/absences.js'
import { rosterPeople } from '../../../../src/core/queries/people/roster-people.js'
import { type College, foundCollege, personIdOf } from '../../../store/college.js'
import { temporaryStores } from '../../../store/temporary-store.js'

const open = temporaryStores()
const away = async (college: College, name: string, from: string, until: string) =>
  college.run(name, (use) => enterAbsence(use, use.actor.person.id, from, until))

describe('absencesOf', () => {
  it("lists a person's absences that are neither over nor cancelled, by date", async () => {
    const college = await foundCollege(await open())
    await away(college, 'head0', '2024-06-10', '2024-06-14')
    await away(college, 'head0', '2024-05-20', '2024-05-21')
    const { absence } = await away(college, 'head0', '2024-07-01', '2024-07-02')
    await college.run('head0', (use) => cancelAbsence(use, absence.id))
    const found = await college.run('head0', (use) => absencesOf(use, use.actor.person.id))
    expect(found.person.fullName).toBe('head 0')
    expect(found.absences.map((a) => a.from)).toEqual(['2024-05-20', '2024-06-10'])
  })

  it('refuses a colleague, and allows the Office', async () => {
    const college = await foundCollege(await open())
    const head = await personIdOf(college, 'head0')
    await expect(college.run('member0', (use) => absencesOf(use, head))).rejects.toMatchObject({ key: 'access.denied' })
    expect((await college.run('office', (use) => absencesOf(use, head))).absences).toEqual([])
  })
})

describe('absenceCover', () => {
  it('names the deputy, with their own absence where the two overlap', async () => {
    const college = await foundCollege(await open())
    await away(college, 'deputy0', '2024-06-14', '2024-06-20')
    const { absence } = await away(college, 'head0', '2024-06-10', '2024-06-14')
    const cover = await college.run('head0', (use) => absenceCover(use, absence, 20))
    expect(cover.leadsUnit).toBe(true)
    const people = cover.units.flatMap((u) => u.people.map((p) => [u.unit.code, u.role, p.fullName, p.absence?.from]))
    expect(people).toEqual([['K0', 'deputy', 'deputy 0', '2024-06-14']])
    const early = await college.run('head0', (use) => absenceCover(use, { ...absence, until: '2024-06-13' }, 20))
    expect(early.units[0]?.people[0]?.absence).toBeUndefined()
  })

  it.each([
    ['deputy0', true],
    ['member0', false],
  ])('names no unit for %s, to whom no reminders come', async (name, leadsUnit) => {
    const college = await foundCollege(await open())
    const { absence } = await away(college, name, '2024-06-10', '2024-06-14')
    const cover = await college.run(name, (use) => absenceCover(use, absence, 20))
    expect(cover).toMatchObject({ units: [], leadsUnit })
  })
})

describe('messages about an absence', () => {
  it('read its name, the units that a deputy covers, and nothing of an erased one', async () => {
    const college = await foundCollege(await open())
    const { absence } = await away(college, 'head0', '2024-06-10', '2024-06-14')
    const { workspaceId, store } = college
    const deputies = [await personIdOf(college, 'deputy0'), await personIdOf(college, 'deputy1')]
    expect(await store.read((tx) => absenceById(tx, workspaceId, absence.id))).toMatchObject({ name: 'head 0' })
    expect(await store.read((tx) => absenceById(tx, workspaceId, 'erased'))).toBeUndefined()
    const covered = await Promise.all(
      deputies.map((id) => store.read((tx) => unitsCovered(tx, workspaceId, absence.personId, id))),
    )
    expect(covered).toEqual([['Khoa K0'], []])
  })

  it('leave out stand-ins who are away on the day', async () => {
    const college = await foundCollege(await open())
    await away(college, 'deputy0', '2024-06-14', '2024-06-20')
    const head = await personIdOf(college, 'head0')
    const on = (date: string, id: string | undefined) =>
      college.store.read((tx) => presentStandIns(tx, college.workspaceId, id, date))
    expect((await on('2024-06-13', head)).map((s) => s.people.map((p) => p.fullName))).toEqual([['deputy 0']])
    expect((await on('2024-06-14', head)).map((s) => s.people)).toEqual([[]])
    expect(await on('2024-06-14', undefined)).toEqual([])
  })
})

describe('rosterPeople', () => {
  it('lists everyone once, with a unit of theirs', async () => {
    const college = await foundCollege(await open(), 1)
    const people = await college.run('office', rosterPeople)
    const listed = people.map((p) => `${p.fullName}: ${p.unit}`).sort()
    expect(listed).toEqual([
      'board: Ban Giám hiệu',
      'deputy 0: Khoa K0',
      'head 0: Khoa K0',
      'member 0: Khoa K0',
      'office: Ban Giám hiệu',
    ])
  })
})
