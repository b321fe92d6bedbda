import { describe, expect, it } from 'vitest'
import { saveHolidays } from '../../../../src/core/calendar/holiday-table.js'
import { calendarFileData } from '../../../../src/core/queries/calendar/calendar-file.js'
import { holidayYear } from '../../../../src/core/queries/calendar/holiday-year.js'
import { scheduleOf } from '../../../../src/core/queries/calendar/schedule.js'
import { setReviewDates } from '../../../../src/core/report/set-review-dates.js'
import { at, timeZone } from '../../../example.js'
import { type College, foundCollege } from '../../../store/college.js'
import { temporaryStores } from '../../../store/temporary-store.js'

const open = temporaryStores()
const now = at('2024-06-13', '10:00')

async function withDates(): Promise<College> {
  const college = await foundCollege(await open(), 2)
  await college.run('board', (use) => setReviewDates(use, college.campaign, { preliminary: '2024-06-28' }))
  return college
}
const scheduleFor = (college: College, name: string) =>
  college.run(name, (use) => scheduleOf(use, college.campaign), now)

describe('scheduleOf', () => {
  it('has every review, and neither reminders nor the ladder while none has a date', async () => {
    const college = await foundCollege(await open(), 1)
    const schedule = await scheduleFor(college, 'head0')
    expect(schedule).toMatchObject({ hasDates: false, own: undefined, rungs: undefined })
    expect(schedule.reviews.map((r) => [r.kind, r.date])).toEqual([
      ['preliminary', undefined],
      ['final', undefined],
    ])
  })

  it('shows a head their own reminders with the names of units, and not the ladder', async () => {
    const { own, rungs, reviews } = await scheduleFor(await withDates(), 'head0')
    expect(reviews[0]).toMatchObject({ kind: 'preliminary', date: '2024-06-28', daysLeft: 11 })
    expect(rungs).toBeUndefined()
    const first = own?.toCome[0]
    expect(first?.units.map((id) => own?.unitNames.get(id))).toEqual(['Khoa K0'])
    expect(own?.toCome.every((r) => r.at > now)).toBe(true)
  })

  it('shows the ladder from now on to those who see all units, and nothing to members', async () => {
    const college = await withDates()
    const office = await scheduleFor(college, 'office')
    expect(office.own).toBeUndefined()
    expect(office.rungs?.length).toBeGreaterThan(0)
    expect(office.rungs?.every((r) => r.at > now && r.units === 2)).toBe(true)
    expect(await scheduleFor(college, 'member0')).toMatchObject({ own: undefined, rungs: undefined })
  })
})

describe('calendarFileData', () => {
  const dataFor = async (college: College, name: string, isAdmin = false, campaignId = college.campaign.id) => {
    const personId = (await college.as(name)).person.id
    const work = { workspaceId: college.workspaceId, personId, payload: { campaignId, isAdmin } }
    return college.store.read((tx) => calendarFileData({ tx, now, timeZone }, work))
  }

  it('has the reminders of the person, and the ladder only for those who see all units or were admins', async () => {
    const college = await withDates()
    const head = await dataFor(college, 'head0')
    expect(head?.reviews).toHaveLength(1)
    expect(head?.own.length).toBeGreaterThan(0)
    expect(head?.rungs).toEqual([])
    const board = await dataFor(college, 'board')
    expect(board?.own).toEqual([])
    expect(board?.rungs.length).toBeGreaterThan(0)
    expect((await dataFor(college, 'head0', true))?.rungs).toEqual(board?.rungs)
  })

  it('is undefined for a campaign that is gone', async () => {
    expect(await dataFor(await withDates(), 'head0', false, 'gone')).toBeUndefined()
  })
})

describe('holidayYear', () => {
  it('has nothing saved at first, then the table and the name of the person who saved it', async () => {
    const college = await foundCollege(await open(), 1)
    const read = () => college.store.read((tx) => holidayYear(tx, college.workspaceId, 2025))
    expect(await read()).toEqual({ year: 2025, saved: undefined, savedBy: undefined })
    const days = [{ date: '2025-01-01', kind: 'off' as const, name: 'Tết Dương lịch' }]
    await college.run('office', (use) => saveHolidays(use, 2025, days, ''))
    expect(await read()).toMatchObject({ saved: { days }, savedBy: 'office' })
  })
})
