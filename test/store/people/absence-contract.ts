import { describe, expect, it } from 'vitest'
import { absentOn, cancelAbsence, enterAbsence } from '../../../src/core/people/enter-absence.js'
import { standInsOf } from '../../../src/core/people/stand-in.js'
import { preferencesOf, setPreference } from '../../../src/core/reminder/set-preference.js'
import { at } from '../../example.js'
import { type College, foundCollege, personIdOf } from '../college.js'
import type { OpenStore } from '../open-store.js'

/** Reports an absence in June, one's own unless somebody else is named. */
const tell = async (college: College, from: number | string, until: number | string, by = 'head0', of = by) => {
  const day = (d: number | string) => (typeof d === 'number' ? `2024-06-${String(d).padStart(2, '0')}` : d)
  const personId = await personIdOf(college, of)
  return college.run(by, (use) => enterAbsence(use, personId, day(from), day(until)))
}
const spans = async (college: College, who = 'head0') => {
  const id = await personIdOf(college, who)
  const standing = await college.store.read((tx) => tx.absences.active(college.workspaceId, id, '2024-01-01'))
  return standing.map((a) => `${Number(a.from.slice(8))}-${Number(a.until.slice(8))}`).join(' ')
}
const messages = (college: College, about: string) =>
  college.store.read((tx) => tx.outbox.byKeys(college.workspaceId, about))

export function absenceContract(open: OpenStore): void {
  describe('absences', () => {
    it('show who is absent on a day, first and last day included, and until when', async () => {
      const college = await foundCollege(await open())
      await tell(college, 10, 14)
      await tell(college, 12, 12, 'member1')
      await tell(college, 20, 21, 'head1')
      const away = async (day: number) => {
        const on = await college.store.read((tx) => absentOn(tx, college.workspaceId, `2024-06-${day}`))
        return [...on.values()].sort()
      }
      expect(await away(10)).toEqual(['2024-06-14'])
      expect(await away(12)).toEqual(['2024-06-12', '2024-06-14'])
      expect(await away(14)).toEqual(['2024-06-14'])
      expect(await away(15)).toEqual([])
      expect(await away(21)).toEqual(['2024-06-21'])
      expect((await college.store.read((tx) => absentOn(tx, 'elsewhere', '2024-06-12'))).size).toBe(0)
      await college.store.close()
    })

    it.each([
      [
        'does not change when it is repeated',
        [
          [10, 14],
          [10, 14],
        ],
        '10-14',
        'same',
      ],
      [
        'does not change when a part of it is reported',
        [
          [10, 14],
          [11, 13],
        ],
        '10-14',
        'same',
      ],
      [
        'is corrected by another last day',
        [
          [10, 14],
          [10, 12],
        ],
        '10-12',
        'changed',
      ],
      [
        'is corrected by another first day',
        [
          [10, 14],
          [12, 14],
        ],
        '12-14',
        'changed',
      ],
      [
        'is replaced by a longer one',
        [
          [10, 14],
          [8, 20],
        ],
        '8-20',
        'changed',
      ],
      [
        'is merged with an overlapping one',
        [
          [10, 14],
          [13, 18],
        ],
        '10-18',
        'changed',
      ],
      [
        'is merged with two that it connects',
        [
          [10, 12],
          [16, 18],
          [11, 17],
        ],
        '10-18',
        'changed',
      ],
      [
        'stays separate from one that does not overlap',
        [
          [10, 12],
          [13, 14],
        ],
        '10-12 13-14',
        'new',
      ],
    ] as const)('%s', async (_, told, left, change) => {
      const college = await foundCollege(await open())
      let last = ''
      for (const [from, until] of told) last = (await tell(college, from, until)).change
      expect([await spans(college), last]).toEqual([left, change])
      await college.store.close()
    })

    it('are refused with the wrong field named, and nothing is stored', async () => {
      const college = await foundCollege(await open())
      const cases = [
        ['2024-02-30', '2024-06-14', 'from absence.date_invalid'],
        ['2024-06-10', '', 'until absence.date_invalid'],
        ['x', 'y', 'from absence.date_invalid, until absence.date_invalid'],
        ['2024-06-14', '2024-06-10', 'until absence.order'],
        ['2024-05-13', '2024-05-19', 'until absence.past'],
        ['2024-06-10', '2025-06-11', 'until absence.too_long'],
        ['2025-06-10', '2025-06-12', 'from absence.too_far'],
      ] as const
      for (const [from, until, wrong] of cases) {
        const error = await tell(college, from, until).catch((e: unknown) => e)
        const { faults } = error as { faults?: { field: string; key: string }[] }
        expect(faults?.map((f) => `${f.field} ${f.key}`).join(', '), `${from} ${until}`).toBe(wrong)
      }
      expect(await spans(college)).toBe('')
      // Began in the past, ends today, and lasts exactly a year.
      await tell(college, '2024-05-13', '2024-05-20')
      await tell(college, '2024-06-10', '2025-06-10')
      expect(await spans(college)).toBe('13-20 10-10')
      await college.store.close()
    })

    it('can be reported by oneself, and for anybody by the office or an admin', async () => {
      const college = await foundCollege(await open())
      for (const who of ['member0', 'deputy0', 'head1', 'board'])
        await expect(tell(college, 10, 14, who, 'head0')).rejects.toMatchObject({ params: { need: 'absence' } })
      const { absence } = await tell(college, 10, 14, 'office', 'head0')
      for (const who of ['deputy0', 'head1', 'board'])
        await expect(college.run(who, (use) => cancelAbsence(use, absence.id))).rejects.toMatchObject({
          params: { need: 'absence' },
        })
      await expect(college.run('head0', (use) => cancelAbsence(use, 'none'))).rejects.toMatchObject({
        key: 'absence.gone',
      })
      const tellNobody = college.run('office', (use) => enterAbsence(use, 'none', '2024-06-10', '2024-06-14'))
      await expect(tellNobody).rejects.toMatchObject({ key: 'request.stale' })
      await college.store.close()
    })

    it('are cancelled once, and can be reported again', async () => {
      const college = await foundCollege(await open())
      const { absence } = await tell(college, 10, 14)
      for (let twice = 0; twice < 2; twice++) await college.run('head0', (use) => cancelAbsence(use, absence.id))
      expect(await spans(college)).toBe('')
      expect((await college.store.read((tx) => absentOn(tx, college.workspaceId, '2024-06-12'))).size).toBe(0)
      expect((await tell(college, 10, 14)).change).toBe('new')
      const rows = await college.store.read((tx) => tx.audit.after(college.workspaceId, 0, 500))
      const logged = rows.filter((r) => r.action.startsWith('absence.'))
      expect(logged.map((r) => r.action)).toEqual(['absence.told', 'absence.cancelled', 'absence.told'])
      expect(JSON.stringify(logged.map((r) => r.data))).not.toContain('2024')
      const old = await tell(college, '2024-05-15', '2024-05-20')
      const late = college.run('head0', (use) => cancelAbsence(use, old.absence.id), at('2024-05-21'))
      await expect(late).rejects.toMatchObject({ key: 'absence.gone' })
      await college.store.close()
    })

    it('send one message per deputy and absence, however often they change, and one to a person whose absence others report', async () => {
      const college = await foundCollege(await open())
      const { absence } = await tell(college, 10, 14)
      await tell(college, 10, 14)
      await tell(college, 13, 18)
      const deputy = await personIdOf(college, 'deputy0')
      expect((await messages(college, `absence:${absence.id}:`)).map((m) => m.key)).toEqual([
        `absence:${absence.id}:stand_in:${deputy}`,
      ])
      await college.run('office', (use) => cancelAbsence(use, absence.id))
      const head = await personIdOf(college, 'head0')
      const told = (await messages(college, `absence:${absence.id}:`)).filter((m) => m.personId === head)
      expect(told.map((m) => m.key)).toEqual([`absence:${absence.id}:cancelled`])
      // A deputy is not reminded while there is a head, so nobody stands in.
      const other = await tell(college, 10, 14, 'deputy1')
      expect(await messages(college, `absence:${other.absence.id}:`)).toEqual([])
      expect(await college.store.read((tx) => standInsOf(tx, college.workspaceId, deputy))).toEqual([])
      await college.store.close()
    })
  })

  describe('the reminder preferences of a leader', () => {
    const ladder = { at: '08:00', until: '18:00' }

    it('are stored per person, with a new hour from the next day on, and do not change when saved again', async () => {
      const college = await foundCollege(await open())
      const set = (hour: string, early: boolean, day: number, who = 'head0') =>
        college.run(who, (use) => setPreference(use, ladder, { at: hour, early }), at(`2024-05-${day}`))
      const wishes = () => college.store.read((tx) => preferencesOf(tx, college.workspaceId))
      const head = await personIdOf(college, 'head0')
      expect(await set('08:00', true, 20)).toBe(false)
      expect(await wishes()).toEqual(new Map())
      expect(await set('10:00', true, 20)).toBe(true)
      expect((await wishes()).get(head)).toEqual({ at: '10:00', atBefore: null, atFrom: '2024-05-21', early: true })
      // Changed twice in a day: until tomorrow yesterday's hour is used.
      await set('14:00', true, 20)
      expect((await wishes()).get(head)).toEqual({ at: '14:00', atBefore: null, atFrom: '2024-05-21', early: true })
      await set('14:00', false, 23)
      expect((await wishes()).get(head)).toEqual({ at: '14:00', atBefore: null, atFrom: '2024-05-21', early: false })
      expect(await set('14:00', false, 23)).toBe(false)
      await set('08:00', false, 23)
      expect((await wishes()).get(head)).toEqual({ at: null, atBefore: '14:00', atFrom: '2024-05-24', early: false })
      await set('09:00', false, 23, 'deputy1')
      expect((await wishes()).size).toBe(2)
      expect(await college.store.read((tx) => preferencesOf(tx, 'elsewhere'))).toEqual(new Map())
      await college.store.close()
    })

    it('can be set only by leaders, and only to an hour within sending hours', async () => {
      const college = await foundCollege(await open())
      const set = (who: string, hour: string) =>
        college.run(who, (use) => setPreference(use, ladder, { at: hour, early: true }))
      for (const who of ['member0', 'office', 'board'])
        await expect(set(who, '10:00')).rejects.toMatchObject({ key: 'access.denied', params: { need: 'wish' } })
      for (const hour of ['', '07:00', '18:00', '10:30', '23:00'])
        await expect(set('head0', hour)).rejects.toMatchObject({ faults: [{ field: 'at', key: 'wish.hour_invalid' }] })
      await college.store.close()
    })
  })
}
