import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { affectedHomesSince, isAffected } from '../../../src/core/queries/home/affected.js'
import { setReviewDates } from '../../../src/core/report/set-review-dates.js'
import { confirm, returnToAuthor, revise, submit, withdraw } from '../../../src/core/submission/decide.js'
import { reportNil } from '../../../src/core/submission/report-nil.js'
import { at } from '../../example.js'
import { type College, content, foundCollege } from '../college.js'
import type { OpenStore } from '../open-store.js'

const now = at('2024-05-20')
const later = at('2024-05-21')

/** The queries for App Homes, and the record of published ones. */
export function homesContract(open: OpenStore): void {
  describe('homes', () => {
    let college: College
    const unitId = (n: number) => college.units[n]?.id as string
    const ref = (externalId: string) => ({ workspaceId: college.workspaceId, platform: 'slack', externalId })
    const hand = (who: string, criterion: string, unit = 0) =>
      college.run(who, (use) => submit(use, college.campaign, content(unitId(unit), criterion), null))
    beforeEach(async () => {
      college = await foundCollege(await open())
    })
    afterEach(() => college.store.close())

    it('are listed after they were opened, with what they show, newest first, until they are deleted', async () => {
      const { store, write, workspaceId } = college
      const since = (when: Date) => store.read((tx) => tx.homes.openedSince(workspaceId, 'slack', when))
      const home = (id: string) => store.read((tx) => tx.homes.byAccount(ref(id)))
      // It was never opened, so there is no row to update.
      await write((tx) => tx.homes.published(ref('U1'), { digest: 'x', viewHash: null }, now))
      expect(await home('U1')).toBeUndefined()
      await write((tx) => tx.homes.opened(ref('U1'), now))
      await write((tx) => tx.homes.opened(ref('U2'), later))
      await write((tx) => tx.homes.opened({ ...ref('U3'), platform: 'teams' }, later))
      expect(await home('U1')).toEqual({ externalId: 'U1', openedAt: now, digest: null, viewHash: null })
      expect([await since(now), await since(later)]).toEqual([['U2', 'U1'], ['U2']])
      await write((tx) => tx.homes.published(ref('U1'), { digest: 'd', viewHash: 'h' }, now))
      await write((tx) => tx.homes.opened(ref('U1'), at('2024-05-22')))
      expect(await home('U1')).toMatchObject({ digest: 'd', viewHash: 'h', openedAt: at('2024-05-22') })
      expect(await since(now)).toEqual(['U1', 'U2'])
      await write((tx) => tx.homes.forget(ref('U1')))
      expect([await home('U1'), await since(now)]).toEqual([undefined, ['U2']])
    })

    it('have a new version after each change of what they show, and only then', async () => {
      const { store, campaign, workspaceId } = college
      const version = async () => JSON.stringify(await store.read((tx) => tx.homes.version(workspaceId)))
      let before = await version()
      expect(await version()).toBe(before)
      let id = ''
      const content2 = () => content(unitId(0), 'a2')
      const changes: [string, () => Promise<unknown>][] = [
        [
          'submit',
          async () => {
            id = (await hand('member0', 'a1')).id
          },
        ],
        ['revise', () => college.run('member0', (use) => revise(use, campaign, id, content2()))],
        ['return', () => college.run('head0', (use) => returnToAuthor(use, campaign, id, 'thiếu'))],
        ['revise', () => college.run('member0', (use) => revise(use, campaign, id, content2()))],
        ['confirm', () => college.run('head0', (use) => confirm(use, campaign, id))],
        ['withdraw', () => college.run('member0', (use) => withdraw(use, campaign, id))],
        ['nil', () => college.run('head0', (use) => reportNil(use, campaign, unitId(0), 'b1', 'final'))],
        ['dates', () => college.run('board', (use) => setReviewDates(use, campaign, { final: '2024-12-20' }))],
        [
          'roster',
          async () => college.write((tx) => tx.people.put(workspaceId, { id: 'x', fullName: 'X', email: null }, true)),
        ],
        ['unreachable', () => unreachable('member1', now)],
      ]
      for (const [name, change] of changes) {
        await change()
        expect([name, (await version()) === before]).toEqual([name, false])
        before = await version()
      }
    })

    it('of both units change when a submission moves from one to the other', async () => {
      const { campaign, store, workspaceId } = college
      const { id } = await hand('office', 'a1', 0)
      const { audit } = await store.read((tx) => tx.homes.version(workspaceId))
      await college.run('office', (use) => revise(use, campaign, id, content(unitId(1), 'a1')))
      const concern = await store.read((tx) => affectedHomesSince(tx, workspaceId, audit))
      const told = []
      for (const who of ['head0', 'head1', 'head2', 'office', 'board'])
        if (isAffected(concern, await college.as(who))) told.push(who)
      expect(told).toEqual(['head0', 'head1', 'office', 'board'])
    })

    it('show a person’s submissions in all units, returned ones first, then the newest', async () => {
      const { campaign, store } = college
      const mine = [await hand('office', 'a1'), await hand('office', 'a1', 1), await hand('office', 'b6', 2)]
      await hand('member0', 'a1')
      const gone = await hand('office', 'a2')
      await college.run('office', (use) => withdraw(use, campaign, gone.id))
      await college.run('head0', (use) => returnToAuthor(use, campaign, mine[0]?.id as string, 'thiếu'))
      const { person } = await college.as('office')
      const list = (limit: number) => store.read((tx) => tx.submissions.ofAuthor(campaign.id, person.id, limit))
      expect((await list(9)).map((s) => s.number)).toEqual([1, 3, 2])
      expect((await list(2)).map((s) => s.number)).toEqual([1, 3])
      expect((await list(1))[0]).toMatchObject({ criterion: 'a1', links: [], submittedAt: now })
      const counts = await store.read((tx) => tx.submissions.countOfAuthor(campaign.id, person.id))
      expect(counts).toEqual({ submitted: 2, returned: 1 })
    })

    it('show what awaits a head, oldest first, and the totals', async () => {
      const { campaign, store } = college
      const first = await hand('member0', 'b1')
      for (const criterion of ['a1', 'a1', 'b1']) await hand('member0', criterion)
      await hand('member1', 'a1', 1)
      await college.run('head0', (use) => confirm(use, campaign, first.id))
      const waiting = await store.read((tx) => tx.submissions.waitingOf(campaign.id, unitId(0), 2))
      expect(waiting.map((s) => s.number)).toEqual([2, 3])
      const all = await store.read((tx) => tx.progress.tallyOfAll(campaign.id))
      expect(all).toEqual({ submitted: 4, confirmed: 1, accepted: 0, returned: 0, paper: 0 })
      expect(await store.read((tx) => tx.progress.tallyOfAll('none'))).toMatchObject({ submitted: 0 })
    })

    it('name people who could not be reached, until they are reached or it is long ago', async () => {
      const { store, workspaceId } = college
      const named = async (since = now) =>
        (await store.read((tx) => tx.people.unreachable(workspaceId, since))).map((p) => p.fullName)
      expect(await named()).toEqual([])
      await unreachable('member1', now)
      await unreachable('member1', now)
      await unreachable('head2', now)
      expect((await named()).sort()).toEqual(['head 2', 'member 1'])
      expect(await named(later)).toEqual([])
      const { person } = await college.as('member1')
      const account = { platform: 'slack', externalId: 'U1', personId: person.id }
      await college.write((tx) => tx.accounts.bind(workspaceId, account, later))
      expect(await named()).toEqual(['head 2'])
      await college.write(async (tx) => tx.people.retire(workspaceId, (await college.as('head2')).person.id))
      expect(await named()).toEqual([])
    })

    /** Adds a message that could not be delivered. */
    async function unreachable(who: string, when: Date): Promise<void> {
      const { workspaceId, newId } = college
      const { person } = await college.as(who)
      const key = `reminder:${person.id}:${newId()}`
      await college.write(async (tx) => {
        const message = { workspaceId, key, kind: 'reminder' as const, personId: person.id, payload: {}, dueAt: when }
        await tx.outbox.add(message, when)
        await tx.outbox.end(key, 'unreachable', 'no account', when)
      })
    }
  })
}
