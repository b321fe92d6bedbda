import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Holiday } from '../../../src/core/calendar/holiday.js'
import { calendarOf, proposedCalendar } from '../../../src/core/calendar/holiday-calendar.js'
import { importHolidays, resetHolidays, saveHolidays, versionOf } from '../../../src/core/calendar/holiday-table.js'
import { setReviewDates } from '../../../src/core/report/set-review-dates.js'
import { type HolidayEffect, saveWithEffect } from '../../../src/core/setup/holiday-effect.js'
import { at } from '../../example.js'
import { type College, foundCollege } from '../college.js'
import type { OpenStore } from '../open-store.js'

const off = (date: string, name = 'Nghỉ'): Holiday => ({ date, kind: 'off', name })
const work = (date: string, name = 'Làm bù'): Holiday => ({ date, kind: 'work', name })

/** Saved tables of holidays, and the calendar computed from them. */
export function holidayContract(open: OpenStore): void {
  describe('holidays', () => {
    let college: College
    beforeEach(async () => {
      college = await foundCollege(await open())
    })
    afterEach(() => college.store.close())
    const save = (year: number, days: Holiday[], seen = '', who = 'office', now = at('2024-05-20')) =>
      college.run(who, (use) => saveHolidays(use, year, days, seen), now)
    const calendar = () => college.store.read((tx) => calendarOf(tx, college.workspaceId))
    const year = (of: number) => college.store.read((tx) => tx.holidays.year(college.workspaceId, of))

    it('are the proposed ones until a table is saved for the year, and then only that table', async () => {
      expect(await calendar()).toBe(proposedCalendar)
      expect(await save(2024, [off('2024-06-03'), work('2024-06-08')])).toBe(true)
      const isWorkingDay = await calendar()
      const days = ['2024-06-03', '2024-06-08', '2024-06-09', '2024-09-02', '2024-05-04', '2025-09-02', '2023-09-04']
      expect(days.filter(isWorkingDay)).toEqual(['2024-06-08', '2024-09-02'])
      expect(await year(2024)).toMatchObject({ year: 2024, days: [off('2024-06-03'), work('2024-06-08')] })
      expect(await year(2025)).toBeUndefined()
    })

    it('give the same calendar until a table changes, and a new one after each committed change', async () => {
      await save(2024, [off('2024-06-03')])
      const first = await calendar()
      expect(await calendar()).toBe(first)
      // Rolled back after the calendar was computed: the cached one must not be used for the next change.
      const undone = college.write(async (tx) => {
        const now = at('2024-05-21')
        await tx.holidays.put(college.workspaceId, { year: 2024, days: [off('2024-06-04')], by: null, at: now })
        expect((await calendarOf(tx, college.workspaceId))('2024-06-04')).toBe(false)
        throw new Error('undone')
      })
      await expect(undone).rejects.toThrow('undone')
      expect(['2024-06-03', '2024-06-04'].map(await calendar())).toEqual([false, true])
      const seen = versionOf(await year(2024))
      await save(2024, [off('2024-06-05')], seen)
      expect(['2024-06-03', '2024-06-04', '2024-06-05'].map(await calendar())).toEqual([true, true, false])
      await college.run('office', async (use) =>
        resetHolidays(use, 2024, versionOf(await use.tx.holidays.year(use.actor.workspaceId, 2024))),
      )
      expect(['2024-06-05', '2024-09-02'].map(await calendar())).toEqual([true, false])
      expect(await year(2024)).toBeUndefined()
    })

    it('can be changed only by the office and admins, and not over a change that they have not seen', async () => {
      for (const who of ['head0', 'member0', 'board'])
        await expect(save(2024, [], '', who)).rejects.toThrow('access.denied')
      await expect(save(1999, [])).rejects.toThrow('holiday.year')
      await save(2024, [off('2024-06-03')])
      await expect(save(2024, [off('2024-06-04')])).rejects.toThrow('holiday.changed')
      // The same again, as with a double click: changes nothing and reports no fault.
      expect(await save(2024, [off('2024-06-03')])).toBe(false)
      const again = () => college.run('office', async (use) => resetHolidays(use, 2024, versionOf(await year(2024))))
      expect([await again(), await again()]).toEqual([true, false])
      await expect(save(2024, [off('2024-06-04')], at('2024-05-20').toISOString())).rejects.toThrow('holiday.reset')
      const log = await college.store.read((tx) => tx.audit.ofSubject(college.workspaceId, 'workspace'))
      expect(log.filter((r) => r.action === 'holiday.changed').map((r) => r.data)).toEqual([
        { year: 2024, to: 'saved', off: 1, work: 0 },
        { year: 2024, to: 'proposal' },
      ])
    })

    it('show after a change which reminders move, and which review is on a day off', async () => {
      const { campaign, workspaceId } = college
      await college.run('board', (use) => setReviewDates(use, campaign, { preliminary: '2024-06-28' }))
      const [effect] = (await college.run('office', (use) =>
        saveWithEffect(use, () => saveHolidays(use, 2024, [off('2024-06-26'), off('2024-06-28')], '')),
      )) as HolidayEffect[]
      expect(effect?.freeReviews.map((r) => r.date)).toEqual(['2024-06-28'])
      expect(effect?.moved.map((r) => [r.offset, r.was, r.on])).toEqual(
        expect.arrayContaining([
          [-2, '2024-06-26', '2024-06-25'],
          [-5, '2024-06-21', '2024-06-20'],
        ]),
      )
      const none = await college.run('office', (use) =>
        saveWithEffect(use, () => saveHolidays(use, 2023, [off('2023-06-26')], '')),
      )
      expect(none).toEqual([{ campaign, moved: [], freeReviews: [] }])
      await college.write((tx) =>
        importHolidays({ tx, now: at('2024-05-20'), workspaceId }, [{ year: 2025, days: [off('2025-06-02')] }]),
      )
      expect((await year(2025))?.by).toBeNull()
    })
  })
}
