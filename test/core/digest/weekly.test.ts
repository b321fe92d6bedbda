import { describe, expect, it } from 'vitest'
import { type Calendar, mondayToFriday } from '../../../src/core/calendar/working-day.js'
import { addDays } from '../../../src/core/date.js'
import { digestDue, digestOf, mondayOf, type Week, type WeekSnapshot } from '../../../src/core/digest/weekly.js'
import type { Standing } from '../../../src/core/progress/progress.js'
import { at, campaign, timeZone } from '../../example.js'

const { ladder } = campaign
const without =
  (...days: string[]): Calendar =>
  (date) =>
    mondayToFriday(date) && !days.includes(date)

describe('the week of a digest', () => {
  it.each([
    ['2024-06-17', '2024-06-17'],
    ['2024-06-18', '2024-06-17'],
    ['2024-06-23', '2024-06-17'],
    ['2024-06-24', '2024-06-24'],
    ['2025-01-01', '2024-12-30'],
  ])('of %s begins on Monday %s', (date, monday) => expect(mondayOf(date)).toBe(monday))

  const holiday = without('2024-06-17')
  const tet = without(...Array.from({ length: 5 }, (_, i) => addDays('2024-06-17', i)))
  it.each<[string, string | undefined, string, string, Calendar, string | undefined]>([
    ['is not due on Monday before 08:00', '2024-06-10', '2024-06-17', '07:59', mondayToFriday, undefined],
    ['is due on Monday at 08:00', '2024-06-10', '2024-06-17', '08:00', mondayToFriday, '2024-06-17'],
    ['is not due in the evening', '2024-06-10', '2024-06-17', '18:00', mondayToFriday, undefined],
    ['is not due twice', '2024-06-17', '2024-06-17', '08:01', mondayToFriday, undefined],
    ['is due on Tuesday when Monday is a holiday', '2024-06-10', '2024-06-18', '08:00', holiday, '2024-06-17'],
    ['is not due on a Monday that is a holiday', '2024-06-10', '2024-06-17', '09:00', holiday, undefined],
    ['is due on Wednesday when Monday was missed', '2024-06-10', '2024-06-19', '10:00', mondayToFriday, '2024-06-17'],
    ['is not due on Saturday', '2024-06-10', '2024-06-22', '09:00', mondayToFriday, undefined],
    ['is skipped in a week of holidays', '2024-06-10', '2024-06-21', '09:00', tet, undefined],
    ['is due after a week of holidays', '2024-06-10', '2024-06-24', '08:00', tet, '2024-06-24'],
    ['is due once after weeks of downtime', '2024-05-06', '2024-06-17', '08:00', mondayToFriday, '2024-06-17'],
    ['is not due when the clock is set back', '2024-06-17', '2024-06-10', '08:00', mondayToFriday, undefined],
    ['is first due on a first working day', undefined, '2024-06-17', '08:00', mondayToFriday, '2024-06-17'],
    ['is first due on Tuesday after a holiday', undefined, '2024-06-18', '08:00', holiday, '2024-06-17'],
    ['is not first due in the middle of a week', undefined, '2024-06-18', '08:00', mondayToFriday, undefined],
  ])('%s', (_, last, date, time, isWorkingDay, week) =>
    expect(digestDue(last, at(date, time), ladder, timeZone, isWorkingDay)).toBe(week),
  )
})

const codes = ['a1', 'a2', 'b1']
const all = 'a1 a2 b1'
const names = new Map(['x', 'y', 'z'].map((id) => [id, `Khoa ${id.toUpperCase()}`]))
const none = { handedIn: 0, confirmed: 0, accepted: 0 }
type Missing = Record<string, string>
const snapshot = (preliminary: Missing, some: Partial<WeekSnapshot> = {}): WeekSnapshot => ({
  on: '2024-06-10',
  criteria: codes,
  missing: { preliminary, final: { x: all, y: all, z: all } },
  evidence: none,
  reports: { preliminary: 0, final: 0 },
  ...some,
})
const standingsOf = (missing: Missing): Standing[] =>
  Object.entries(missing).map(([unitId, m]) => {
    const list = m === '' ? [] : m.split(' ')
    return { unitId, have: codes.length - list.length, waiting: 0, missing: list }
  })
const digest = (now: Missing, then?: WeekSnapshot, some: Partial<WeekSnapshot> = {}, week: Partial<Week> = {}) =>
  digestOf(
    {
      campaignId: 'c',
      campaign: null,
      kind: 'preliminary',
      review: { date: '2024-06-28', days: 9 },
      toClose: [],
      week: '2024-06-17',
      now: snapshot(now, { on: '2024-06-17', ...some }),
      standings: standingsOf(now),
      names,
      ...week,
    },
    then && { week: mondayOf(then.on), snapshot: then },
  )

describe('a digest', () => {
  it('shows what was added since last week, which units made progress and which have not begun', () => {
    const then = snapshot({ x: all, y: 'a1', z: all }, { evidence: { handedIn: 4, confirmed: 3, accepted: 1 } })
    const evidence = { handedIn: 9, confirmed: 6, accepted: 3 }
    expect(digest({ x: 'b1', y: '', z: all }, then, { evidence, reports: { preliminary: 1, final: 0 } })).toMatchObject(
      {
        since: '2024-06-10',
        isLastWeek: true,
        units: 3,
        complete: { n: 1, by: 1 },
        blanks: { missing: 4, closed: 3, reopened: 0 },
        evidence: { handedIn: 5, confirmed: 3, accepted: 2 },
        reports: { n: 1, by: 1 },
        closers: {
          units: [
            { name: 'Khoa X', n: 2 },
            { name: 'Khoa Y', n: 1 },
          ],
          more: 0,
        },
        idle: { units: ['Khoa Z'], more: 0 },
      },
    )
  })

  it('asks for the closing of a review whose reminders are over, also when nothing has changed', () => {
    const same = { x: 'a1', y: '' }
    const toClose = [{ kind: 'preliminary' as const, date: '2024-06-28' }]
    expect(digest(same, snapshot(same))).toBeUndefined()
    expect(digest(same, snapshot(same), {}, { toClose })).toMatchObject({ toClose })
  })

  it('counts from zero in the first week of a campaign', () => {
    expect(digest({ x: '', y: 'a1', z: all })).toMatchObject({
      since: null,
      complete: { n: 1, by: 1 },
      blanks: { missing: 4, closed: 5, reopened: 0 },
    })
    expect(digest({ x: all, y: all, z: all })).toBeUndefined()
  })

  it.each<[string, Missing, Missing, Partial<WeekSnapshot>, Partial<WeekSnapshot>]>([
    ['nothing has changed', { x: 'a1', y: '' }, { x: 'a1', y: '' }, {}, {}],
    ['only a unit was added', { x: 'a1' }, { x: 'a1', y: all }, {}, {}],
    ['only a unit was removed', { x: 'a1', y: '' }, { x: 'a1' }, {}, {}],
    ['only a criterion was added', { x: '' }, { x: 'b1' }, { criteria: ['a1', 'a2'] }, {}],
  ])('is not sent when %s', (_, then, now, before, after) =>
    expect(digest(now, snapshot(then, before), after)).toBeUndefined(),
  )

  it.each<[string, Missing, Partial<WeekSnapshot>]>([
    ['evidence was handed in for a criterion that has some', { x: 'a1' }, { evidence: { ...none, handedIn: 1 } }],
    ['a confirmation was undone', { x: 'a1' }, { evidence: { ...none, confirmed: -1 } }],
    ['a report was sent', { x: 'a1' }, { reports: { preliminary: 1, final: 0 } }],
    ['a criterion is missing again', { x: 'a1 a2' }, {}],
  ])('is sent when %s', (_, now, some) => expect(digest(now, snapshot({ x: 'a1' }), some)).toBeDefined())

  it('counts filled criteria and those missing again separately', () => {
    const found = digest({ x: 'a2', y: '' }, snapshot({ x: 'a1', y: 'b1' }))
    expect(found?.blanks).toEqual({ missing: 1, closed: 2, reopened: 1 })
  })

  it('compares with the earlier figures of the same review, not of the previous one', () => {
    const then = snapshot({ x: '', y: '', z: '' })
    const now = { x: 'a1 a2', y: all, z: all }
    const found = digest(now, then, {}, { kind: 'final', review: { date: '2024-12-20', days: 120 } })
    expect(found).toMatchObject({ complete: { n: 0, by: 0 }, blanks: { closed: 1, reopened: 0 } })
  })

  it('names the date that it compares with after weeks without a digest', () => {
    const found = digest({ x: '' }, snapshot({ x: 'a1' }, { on: '2024-05-27' }))
    expect(found).toMatchObject({ since: '2024-05-27', isLastWeek: false })
  })

  it('names a few of 500 units and counts the rest', () => {
    const ids = Array.from({ length: 500 }, (_, i) => `u${i}`)
    const now = Object.fromEntries(ids.map((id, i) => [id, i < 300 ? all : 'a1']))
    const found = digest(now, undefined, {}, { names: new Map(ids.map((id) => [id, id])) })
    expect(found?.closers).toMatchObject({ units: Array(8).fill({ n: 2 }), more: 192 })
    expect(found?.idle.units).toHaveLength(12)
    expect(found?.idle.more).toBe(288)
  })
})
