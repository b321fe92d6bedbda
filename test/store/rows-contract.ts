import { describe, expect, it } from 'vitest'
import { criteriaOf } from '../../src/core/campaign/campaign.js'
import { importPlan } from '../../src/core/setup/import-plan.js'
import { importRoster } from '../../src/core/setup/import-roster.js'
import { confirm, returnToAuthor, revise, submit } from '../../src/core/submission/decide.js'
import { at, examplePlan } from '../example.js'
import { content, foundCollege, rosterOf } from './college.js'
import type { OpenStore } from './open-store.js'

const now = at('2024-05-20')

/** Rows are returned as they were stored, subject by subject. */
export function rowsContract(open: OpenStore): void {
  describe('rows', () => {
    it('of a workspace created by an import are adopted by the first chat workspace, and by no other', async () => {
      const store = await open()
      const made = await store.write((tx) => tx.workspaces.only(now))
      expect(await store.write((tx) => tx.workspaces.only(now))).toBe(made)
      expect(await store.write((tx) => tx.workspaces.adopt('slack', 'T1', now))).toBe(made)
      expect(await store.write((tx) => tx.workspaces.adopt('slack', 'T1', now))).toBe(made)
      expect(await store.write((tx) => tx.workspaces.adopt('slack', 'T2', now))).not.toBe(made)
      expect(await store.read((tx) => tx.workspaces.all())).toHaveLength(2)
      await store.close()
    })

    it('of a submission are returned as they were stored', async () => {
      const college = await foundCollege(await open())
      const { campaign, units, workspaceId } = college
      const written = content(units[0]?.id as string, 'b2', {
        text: 'Kết nạp “2” đảng viên\n— 100% ✅ 😀',
        figure: '1250.5',
        figureUnit: 'lượt',
        links: ['https://cdn.example/a?b=c&d=đ', 'http://cdn.example'],
      })
      const { id } = await college.run('member0', (use) => submit(use, campaign, written, 'form 1'))
      const read = await college.store.read((tx) => tx.submissions.byId(workspaceId, id))
      expect(read).toMatchObject({ ...written, number: 1, state: 'submitted', submittedAt: now })
      expect(await college.store.read((tx) => tx.submissions.byId('another workspace', id))).toBeUndefined()
      await college.store.close()
    })

    it('of a form that is submitted twice exist once', async () => {
      const college = await foundCollege(await open())
      const { campaign, units, workspaceId } = college
      const send = () =>
        college.run('member0', (use) => submit(use, campaign, content(units[0]?.id as string, 'a1'), 'form 1'))
      const [first, second] = await Promise.all([send(), send()])
      expect(second).toEqual(first)
      expect(await college.store.read((tx) => tx.outbox.byKeys(workspaceId, 'submission:'))).toHaveLength(2)
      await college.store.close()
    })

    it('of a submission’s events name the last actor and reason', async () => {
      const college = await foundCollege(await open())
      const { campaign, units } = college
      const unitId = units[0]?.id as string
      const { id } = await college.run('member0', (use) => submit(use, campaign, content(unitId, 'a1'), null))
      const last = () => college.store.read((tx) => tx.submissions.lastEvent(id))
      expect(await last()).toMatchObject({ from: null, to: 'submitted', byName: 'member 0', reason: null })
      // All in the same millisecond: ordered by id.
      await college.run('head0', (use) => returnToAuthor(use, campaign, id, ' Thiếu ảnh '))
      expect(await last()).toMatchObject({ from: 'submitted', to: 'returned', byName: 'head 0', reason: 'Thiếu ảnh' })
      await college.run('member0', (use) => revise(use, campaign, id, content(unitId, 'a2')))
      await college.run('deputy0', (use) => confirm(use, campaign, id))
      expect(await last()).toMatchObject({ from: 'submitted', to: 'confirmed', byName: 'deputy 0', at: now })
      await college.store.close()
    })

    it('of a plan do not change when it is imported again, and stay one campaign when it has changed', async () => {
      const college = await foundCollege(await open())
      const { workspaceId, campaign } = college
      const again = (plan = examplePlan(), hash = 'hash') =>
        college.write((tx) => importPlan({ tx, now, newId: college.newId, workspaceId }, plan, hash))
      expect(await again()).toEqual({ outcome: 'same' })
      expect(await again({ ...examplePlan(), title: 'Khác' }, 'other')).toEqual({ outcome: 'changed' })
      const current = await college.store.read((tx) => tx.campaigns.current(workspaceId))
      expect(current).toMatchObject({ id: campaign.id, title: 'Khác' })
      await college.store.close()
    })

    it('of several campaigns are all listed, the last imported first, and none for another workspace', async () => {
      const college = await foundCollege(await open())
      const { workspaceId, campaign, store } = college
      const later = new Date(now.getTime() + 1000)
      const plan = { ...examplePlan(), code: 'khac-2024', title: 'Khác', submissionPrefix: 'KH-2024' }
      await college.write((tx) => importPlan({ tx, now: later, newId: college.newId, workspaceId }, plan, 'h2'))
      const all = await store.read((tx) => tx.campaigns.all(workspaceId))
      expect(all.map((c) => c.code)).toEqual(['khac-2024', campaign.code])
      const byId = (workspace: string, id: string) => store.read((tx) => tx.campaigns.byId(workspace, id))
      // The same object, since caches use the campaign as their key.
      expect(await store.read((tx) => tx.campaigns.current(workspaceId))).toBe(all[0])
      expect(await byId(workspaceId, campaign.id)).toBe(all[1])
      await college.write((tx) => tx.workspaces.adopt('slack', 'T1', now))
      const other = await college.write((tx) => tx.workspaces.adopt('slack', 'T2', now))
      expect(await byId(other, campaign.id)).toBeUndefined()
      expect(await store.read((tx) => tx.campaigns.all(other))).toEqual([])
      expect(await byId(workspaceId, 'nonsense')).toBeUndefined()
      await store.close()
    })

    it('of submissions prevent a plan from dropping their criterion', async () => {
      const college = await foundCollege(await open())
      const { campaign, workspaceId, units } = college
      await college.run('member0', (use) => submit(use, campaign, content(units[0]?.id as string, 'b6'), null))
      const plan = examplePlan()
      for (const group of plan.groups) group.criteria = group.criteria.filter((c) => c.code !== 'b6' && c.code !== 'b5')
      const importing = college.write((tx) => importPlan({ tx, now, newId: college.newId, workspaceId }, plan, 'x'))
      expect(await importing).toEqual({ outcome: 'refused', criteria: ['b6'] })
      const current = await college.store.read((tx) => tx.campaigns.current(workspaceId))
      expect(current && criteriaOf(current)).toHaveLength(11)
      await college.store.close()
    })

    it('of a roster follow the file for people in it, and stay for others', async () => {
      const college = await foundCollege(await open(), 2)
      const { workspaceId } = college
      const roster = rosterOf(2)
      const before = (await college.as('head0')).person.id
      // head0 is not in the file, member0 becomes head of K0 and member of K1, K1 is renamed.
      roster.people = roster.people.filter((p) => p.email.startsWith('member0'))
      roster.roles = [
        { unitCode: 'k0', email: 'member0@cdn.example', role: 'head' },
        { unitCode: 'K1', email: 'member0@cdn.example', role: 'member' },
      ]
      roster.units = [
        { code: 'k0', name: 'Khoa K0', kind: 'faculty', position: 0 },
        { code: 'K1', name: 'Khoa Mới', kind: 'faculty', position: 1 },
      ]
      const done = await college.write((tx) => importRoster({ tx, now, newId: college.newId, workspaceId }, roster))
      expect(done).toMatchObject({ units: 2, people: 1, roles: 2, withoutHead: ['Khoa Mới'] })
      expect(done.others).toHaveLength(7)
      const roles = (await college.as('member0')).roles.map((r) => [r.role, r.unit.name])
      expect(roles).toEqual([
        ['head', 'Khoa K0'],
        ['member', 'Khoa Mới'],
      ])
      expect((await college.as('head0')).person.id).toBe(before)
      expect(await college.store.read((tx) => tx.units.list(workspaceId))).toHaveLength(3)
      await college.store.close()
    })

    it('of a replacing roster are only its people, and a returning person keeps their id', async () => {
      const college = await foundCollege(await open(), 2)
      const { workspaceId, campaign, units } = college
      const head = (await college.as('head1')).person
      const { id } = await college.run('member1', (use) =>
        submit(use, campaign, content(units[1]?.id as string, 'a1'), null),
      )
      const load = (size: number) =>
        college.write((tx) => importRoster({ tx, now, newId: college.newId, workspaceId }, rosterOf(size), true))
      expect((await load(1)).others.sort()).toEqual(['deputy 1', 'head 1', 'member 1'])
      await expect(college.as('head1')).rejects.toThrow('no head1')
      expect(await college.store.read((tx) => tx.people.count(workspaceId))).toBe(5)
      expect(await college.store.read((tx) => tx.submissions.byId(workspaceId, id))).toMatchObject({
        state: 'submitted',
      })
      await load(2)
      const back = await college.as('head1')
      expect([back.person, back.roles.map((r) => r.role)]).toEqual([head, ['head']])
      await college.run('head1', (use) => confirm(use, campaign, id))
      await college.store.close()
    })

    it('of processed events are found until they are deleted', async () => {
      const store = await open()
      const [a, b] = [
        await store.write((tx) => tx.workspaces.adopt('slack', 'T1', now)),
        await store.write((tx) => tx.workspaces.adopt('slack', 'T2', now)),
      ]
      const first = (workspaceId: string, key: string, when = now) =>
        store.write((tx) => tx.processedEvents.firstTime(workspaceId, key, when))
      expect([await first(a, 'E1'), await first(a, 'E1'), await first(b, 'E1'), await first(a, 'E2')]).toEqual([
        true,
        false,
        true,
        true,
      ])
      await store.write((tx) => tx.processedEvents.forget(now))
      expect(await first(a, 'E1', at('2024-05-22'))).toBe(false)
      await store.write((tx) => tx.processedEvents.forget(at('2024-05-21')))
      expect(await first(a, 'E1', at('2024-05-22'))).toBe(true)
      await store.close()
    })

    it('of planned reminders belong to the campaign', async () => {
      const college = await foundCollege(await open())
      const { campaign, workspaceId } = college
      const rung = 'final:2024-12-27:-5'
      for (let twice = 0; twice < 2; twice++)
        await college.write((tx) => tx.rungs.markPlanned(workspaceId, campaign.id, rung, now))
      expect(await college.store.read((tx) => tx.rungs.planned(campaign.id))).toEqual(new Set([rung]))
      await college.store.close()
    })

    it('of accounts name the person last bound to them, and a person’s last bound account', async () => {
      const college = await foundCollege(await open())
      const { workspaceId } = college
      const ids = [(await college.as('head0')).person.id, (await college.as('head1')).person.id]
      const bind = (externalId: string, personId: string | undefined, when = now) =>
        college.write((tx) =>
          tx.accounts.bind(workspaceId, { platform: 'slack', externalId, personId: personId ?? null }, when),
        )
      await bind('U1', ids[0])
      await bind('U2', ids[0], at('2024-05-21'))
      const account = await college.store.read((tx) => tx.accounts.ofPerson(workspaceId, 'slack', ids[0] as string))
      expect(account?.externalId).toBe('U2')
      await bind('U1', ids[1], at('2024-05-22'))
      const of = await college.store.read((tx) => tx.accounts.byExternalId(workspaceId, 'slack', 'U1'))
      expect(of?.personId).toBe(ids[1])
      expect(await college.store.read((tx) => tx.accounts.byExternalId(workspaceId, 'teams', 'U1'))).toBeUndefined()
      await college.store.close()
    })
  })
}
