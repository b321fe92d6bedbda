import { describe, expect, it } from 'vitest'
import { verifyAudit } from '../../../src/core/audit/chain.js'
import { criteriaOf } from '../../../src/core/campaign/campaign.js'
import { bindAccount } from '../../../src/core/people/bind-account.js'
import { decideErasure, requestErasure, withdrawErasure } from '../../../src/core/privacy/decide-erasure.js'
import { rejectReport, sendReport } from '../../../src/core/report/decide.js'
import { setReviewDates } from '../../../src/core/report/set-review-dates.js'
import { importPlan } from '../../../src/core/setup/import-plan.js'
import { importRoster } from '../../../src/core/setup/import-roster.js'
import { confirm, returnToAuthor, submit } from '../../../src/core/submission/decide.js'
import { deletePaper, recordPaper } from '../../../src/core/submission/record-paper.js'
import { reportNil } from '../../../src/core/submission/report-nil.js'
import { at, examplePlan } from '../../example.js'
import { type College, content, foundCollege, rosterOf } from '../college.js'
import type { OpenStore } from '../open-store.js'

const now = at('2024-05-20')

/** The audit log, the queries on it, and erasures, which remove personal data from everything else. */
export function auditContract(open: OpenStore): void {
  const log = (college: College) => college.store.read((tx) => tx.audit.after(college.workspaceId, 0, 1000))
  const since = async (college: College, work: () => Promise<unknown>) => {
    const before = (await log(college)).length
    await work()
    return (await log(college)).slice(before)
  }
  const load = (college: College, roster: ReturnType<typeof rosterOf>, replace = false) =>
    college.write((tx) =>
      importRoster({ tx, now, newId: college.newId, workspaceId: college.workspaceId }, roster, replace),
    )

  describe('the audit log', () => {
    it('has a row for each unit and person of the first roster, with roles and codes only', async () => {
      const college = await foundCollege(await open(), 2)
      const rows = await log(college)
      expect(rows.map((r) => r.seq)).toEqual(rows.map((_, i) => i + 1))
      expect(rows.map((r) => r.action)).toEqual([
        'plan.imported',
        ...Array(3).fill('unit.added'),
        ...Array(8).fill('person.roles_changed'),
      ])
      expect(rows[1]).toMatchObject({ byId: null, data: { code: 'K0', kind: 'faculty', via: 'cli' } })
      expect(rows[4]).toMatchObject({ data: { before: [], after: ['head K0'], via: 'cli' } })
      await college.store.close()
    })

    it('has no rows for a repeated roster or plan, and only the changes of a changed one', async () => {
      const college = await foundCollege(await open(), 2)
      const { workspaceId, newId } = college
      expect(await since(college, () => load(college, rosterOf(2)))).toEqual([])
      const roster = rosterOf(2)
      roster.units[1] = { code: 'K1', name: 'Khoa Mới', kind: 'centre', position: 1 }
      roster.roles.push({ unitCode: 'K1', email: 'member0@cdn.example', role: 'deputy' })
      const changed = await since(college, () => load(college, roster))
      expect(changed.map((r) => [r.action, r.data])).toEqual([
        ['unit.changed', { code: 'K1', kind: 'centre', changed: ['name', 'kind'], via: 'cli' }],
        ['person.roles_changed', { before: ['member K0'], after: ['deputy K1', 'member K0'], via: 'cli' }],
      ])
      const plan = (hash: string) =>
        college.write((tx) => importPlan({ tx, now, newId, workspaceId }, examplePlan(), hash))
      expect(await since(college, () => plan('hash'))).toEqual([])
      expect((await since(college, () => plan('other'))).map((r) => r.action)).toEqual(['plan.changed'])
      await college.store.close()
    })

    it('shows who was removed from the roster and who was restored', async () => {
      const college = await foundCollege(await open(), 2)
      const id = (await college.as('head1')).person.id
      const gone = await since(college, () => load(college, rosterOf(1), true))
      expect(gone.map((r) => r.action)).toEqual(Array(3).fill('person.retired'))
      expect(gone.find((r) => r.subject === `person:${id}`)?.data).toEqual({ before: ['head K1'], via: 'cli' })
      const back = await since(college, () => load(college, rosterOf(2)))
      expect(back.find((r) => r.subject === `person:${id}`)?.data).toMatchObject({ before: [], after: ['head K1'] })
      await college.store.close()
    })

    it('has one row for a bound account, however often it is seen', async () => {
      const college = await foundCollege(await open(), 1)
      const { workspaceId } = college
      const { person } = await college.as('head0')
      const ref = { workspaceId, platform: 'slack', externalId: 'U1' }
      const bind = (personId: string) => college.write((tx) => bindAccount({ tx, now }, ref, personId, null))
      const rows = await since(college, async () => {
        await bind(person.id)
        await bind(person.id)
        // The account of somebody on the roster stays theirs, and so does a person's account.
        const other = (await college.as('member0')).person.id
        expect(await bind(other)).toBe('held')
        const second = { ...ref, externalId: 'U2' }
        expect(await college.write((tx) => bindAccount({ tx, now }, second, person.id, null))).toBe('taken')
        await college.write((tx) => tx.people.retire(workspaceId, person.id))
        expect(await bind(other)).toBe('bound')
        // Erased during the request to the chat for the account.
        expect(await bind(person.id)).toBe('gone')
      })
      const account = await college.store.read((tx) => tx.accounts.byExternalId(workspaceId, 'slack', 'U1'))
      expect(account?.personId).not.toBe(person.id)
      expect(rows.map((r) => [r.action, r.data])).toEqual(Array(2).fill(['account.bound', { platform: 'slack' }]))
      await college.store.close()
    })

    it('has no row of a use case that fails, and stays valid', async () => {
      const college = await foundCollege(await open(), 1)
      const rows = await since(college, async () => {
        const failing = college.run('member0', async (use) => {
          await submit(use, college.campaign, content(college.units[0]?.id as string, 'a1'), null)
          throw new Error('the power went')
        })
        await expect(failing).rejects.toThrow('the power went')
      })
      expect(rows).toEqual([])
      const proof = await college.store.read((tx) => verifyAudit(tx, college.workspaceId))
      expect(proof).toMatchObject({ rows: (await log(college)).length, broken: undefined })
      await college.store.close()
    })

    it('can be queried by subject, by actor and by what a person may see', async () => {
      const college = await foundCollege(await open(), 2)
      const { campaign, workspaceId, units, store } = college
      const [one, two] = units.map((u) => u.id) as [string, string]
      const mine = await college.run('member0', (use) => submit(use, campaign, content(one, 'a1'), null))
      await college.run('head0', (use) => confirm(use, campaign, mine.id))
      const office = await college.run('office', (use) => submit(use, campaign, content(one, 'a2'), null))
      await college.run('head1', (use) => reportNil(use, campaign, two, 'b1', 'final'))
      await college.run('board', (use) =>
        recordPaper(use, campaign, { unitId: one, criterion: 'a3', receivedOn: '2024-05-17' }),
      )
      const author = (await college.as('member0')).person.id
      await store.read(async (tx) => {
        const events = async (of: Parameters<typeof tx.submissions.latestEvents>[1], limit = 20) =>
          (await tx.submissions.latestEvents(workspaceId, of, limit)).map((e) => `${e.submissionId} ${e.to}`)
        expect(await events({ authorId: author })).toEqual([`${mine.id} confirmed`, `${mine.id} submitted`])
        expect(await events({ authorId: author }, 1)).toEqual([`${mine.id} confirmed`])
        expect(await events({ unitIds: [one] })).toEqual([
          `${office.id} submitted`,
          `${mine.id} confirmed`,
          `${mine.id} submitted`,
        ])
        expect(await events({ unitIds: [] })).toEqual([])
        const latest = async (filter: Parameters<typeof tx.audit.latest>[1], limit = 20, offset = 0) =>
          (await tx.audit.latest(workspaceId, filter, limit, offset)).map((r) => r.action)
        expect(await latest({ scope: 'own', personId: author })).toEqual([])
        expect(await latest({ scope: 'units', unitIds: [one] })).toEqual(['paper.recorded'])
        expect(await latest({ scope: 'units', unitIds: [two] })).toEqual(['nil.said'])
        expect(await latest({ scope: 'units', unitIds: [] })).toEqual([])
        expect(await latest({ scope: 'all' })).toEqual([
          'paper.recorded',
          'nil.said',
          'submission.submitted',
          'submission.confirmed',
          'submission.submitted',
        ])
        expect(await latest({ scope: 'all' }, 2, 3)).toEqual(['submission.confirmed', 'submission.submitted'])
        expect(new Set(await latest({ scope: 'workspace' }))).toEqual(
          new Set(['plan.imported', 'unit.added', 'person.roles_changed']),
        )
        expect((await tx.audit.ofSubject(workspaceId, `unit:${two}`)).map((r) => r.action)).toEqual([
          'unit.added',
          'nil.said',
        ])
        expect(await tx.audit.countBy(workspaceId, author)).toBe(1)
        expect(await tx.audit.latest('another workspace', { scope: 'all' }, 20, 0)).toEqual([])
        expect((await tx.submissions.byNumber(campaign.id, 2))?.id).toBe(office.id)
        expect((await tx.submissions.writtenBy(workspaceId, author, 5)).map((s) => s.id)).toEqual([mine.id])
      })
      await store.close()
    })
  })

  describe('a paper receipt', () => {
    it('is stored once, with its recorder, and deleted by an undo', async () => {
      const college = await foundCollege(await open(), 1)
      const { campaign, store } = college
      const unitId = college.units[0]?.id as string
      const paper = { unitId, criterion: 'a3', receivedOn: '2024-05-17' }
      const record = (some = {}) => college.run('board', (use) => recordPaper(use, campaign, { ...paper, ...some }))
      const rows = await since(college, async () => {
        await record()
        await record()
        await record({ receivedOn: '2024-05-16' })
      })
      expect(rows).toHaveLength(2)
      const kept = () => store.read((tx) => tx.paperReceipts.ofUnit(campaign.id, unitId))
      expect((await kept()).map((p) => [p.receivedOn, p.byName])).toEqual([
        ['2024-05-16', 'board'],
        ['2024-05-17', 'board'],
      ])
      const back = () => college.run('board', (use) => deletePaper(use, campaign, paper))
      expect((await since(college, async () => [await back(), await back()])).map((r) => r.action)).toEqual([
        'paper.taken_back',
      ])
      expect(await kept()).toHaveLength(1)
      await expect(record({ receivedOn: '2024-05-21' })).rejects.toMatchObject({ faults: [{ field: 'date' }] })
      await expect(record({ unitId: undefined, criterion: 'x9', receivedOn: '' })).rejects.toMatchObject({
        faults: [{ field: 'unit' }, { field: 'criterion' }, { field: 'date' }],
      })
      await expect(college.run('office', (use) => recordPaper(use, campaign, paper))).rejects.toMatchObject({
        key: 'access.denied',
      })
      await store.close()
    })

    it('prevents a plan from dropping its criterion', async () => {
      const college = await foundCollege(await open(), 1)
      const { campaign, workspaceId, newId } = college
      const paper = { unitId: college.units[0]?.id as string, criterion: 'b6', receivedOn: '2024-05-17' }
      await college.run('board', (use) => recordPaper(use, campaign, paper))
      const plan = examplePlan()
      for (const group of plan.groups) group.criteria = group.criteria.filter((c) => c.code !== 'b6')
      const done = await college.write((tx) => importPlan({ tx, now, newId, workspaceId }, plan, 'x'))
      expect(done).toEqual({ outcome: 'refused', criteria: ['b6'] })
      await college.store.close()
    })
  })

  describe('an erasure', () => {
    const placeholder = (code: string) => `gone ${code}`
    /** The office has two people here, since nobody may decide on their own request. */
    async function found() {
      const college = await foundCollege(await open(), 2)
      const roster = rosterOf(2)
      roster.people.push({ fullName: 'office 2', email: 'office2@cdn.example' })
      roster.roles.push({ unitCode: 'BGH', email: 'office2@cdn.example', role: 'org_office' })
      await load(college, roster)
      return college
    }

    it('is requested once at a time and decided once, not by the person who requested it', async () => {
      const college = await found()
      const ask = (who: string) => college.run(who, (use) => requestErasure(use, 'name', ' Vì '))
      const { id } = await ask('office')
      await expect(ask('office')).rejects.toMatchObject({ key: 'erasure.waiting' })
      const decide = (who: string, reason: string | null) =>
        college.run(who, (use) => decideErasure(use, id, reason, placeholder))
      for (const who of ['office', 'head0', 'board'])
        await expect(decide(who, null)).rejects.toMatchObject({ key: 'access.denied' })
      await expect(decide('office2', ' ')).rejects.toMatchObject({ faults: [{ key: 'erasure.reason_empty' }] })
      expect(await decide('office2', ' Chưa được ')).toMatchObject({ state: 'refused', decisionReason: 'Chưa được' })
      expect(await since(college, () => decide('office2', 'Lại'))).toEqual([])
      await expect(decide('office2', null)).rejects.toMatchObject({
        key: 'erasure.decided',
        params: { by: 'office 2', state: 'refused' },
      })
      const again = await ask('office')
      await college.run('office', (use) => withdrawErasure(use, again.id))
      await expect(
        college.run('office2', (use) => decideErasure(use, again.id, null, placeholder)),
      ).rejects.toMatchObject({ key: 'erasure.decided' })
      await college.store.close()
    })

    it('cannot be requested when nobody else could decide on it', async () => {
      const college = await foundCollege(await open(), 1)
      const asking = college.run('office', (use) => requestErasure(use, 'all', ''))
      await expect(asking).rejects.toMatchObject({ key: 'erasure.nobody' })
      await college.store.close()
    })

    it('of everything leaves the records and the log without a trace of the person, and does not touch a namesake', async () => {
      const college = await found()
      const { campaign, workspaceId, units, store } = college
      const roster = rosterOf(2)
      for (const p of roster.people) if (p.email.startsWith('head')) p.fullName = 'Cùng Tên'
      await load(college, roster)
      const unit = (n: number) => units[n]?.id as string
      const [one, two] = await Promise.all(
        [0, 1].map((n) =>
          college.run(`member${n}`, (use) => submit(use, campaign, content(unit(n), 'a1'), `form:U${n}`)),
        ),
      )
      for (const [n, s] of [one, two].entries())
        await college.run(`head${n}`, (use) => returnToAuthor(use, campaign, s?.id as string, 'Thiếu ảnh'))
      const { person } = await college.as('head0')
      await college.write((tx) =>
        bindAccount({ tx, now }, { workspaceId, platform: 'slack', externalId: 'UHEAD' }, person.id, null),
      )
      const { id } = await college.run('head0', (use) => requestErasure(use, 'all', ''))
      await college.run('office', (use) => decideErasure(use, id, null, placeholder))
      await store.read(async (tx) => {
        expect(await tx.people.byId(workspaceId, person.id)).toBeUndefined()
        expect(await tx.people.everById(workspaceId, person.id)).toEqual({
          id: person.id,
          fullName: `gone ${person.id.slice(-6).toUpperCase()}`,
          email: null,
        })
        expect(await tx.people.rolesOf(workspaceId, person.id)).toEqual([])
        expect(await tx.accounts.byExternalId(workspaceId, 'slack', 'UHEAD')).toBeUndefined()
        expect((await tx.submissions.events(one?.id as string)).map((e) => e.byName)).toEqual([
          'member 0',
          expect.stringMatching(/^gone /),
        ])
        expect((await tx.submissions.events(two?.id as string)).map((e) => e.byName)).toEqual(['member 1', 'Cùng Tên'])
        const told = (await tx.outbox.due(at('2024-06-01'), 1000)).filter((m) => m.kind === 'submission.outcome')
        expect(told.map((m) => m.payload.by).sort()).toEqual(['Cùng Tên', expect.stringMatching(/^gone /)])
        // The erased person gets nothing more except the final message.
        const mine = (await tx.outbox.due(at('2024-06-01'), 1000)).filter((m) => m.personId === person.id)
        expect(mine.map((m) => [m.kind, m.payload.erasedAccountOf])).toEqual([['erasure.outcome', 'UHEAD']])
        expect((await verifyAudit(tx, workspaceId)).broken).toBeUndefined()
      })
      await load(college, roster)
      expect((await college.as('head0')).person.id).not.toBe(person.id)
      await store.close()
    })

    it('of everything removes the name from messages about reports', async () => {
      const college = await found()
      const { campaign, units, store, workspaceId } = college
      const unitId = units[0]?.id as string
      const roster = rosterOf(2)
      roster.people.push({ fullName: 'office 2', email: 'office2@cdn.example' })
      roster.people.push({ fullName: 'Chủ Nhiệm', email: 'board2@cdn.example' })
      roster.roles.push({ unitCode: 'BGH', email: 'office2@cdn.example', role: 'org_office' })
      roster.roles.push({ unitCode: 'BGH', email: 'board2@cdn.example', role: 'command_board' })
      await load(college, roster)
      const all = { missing: criteriaOf(campaign).map((c) => c.code), waiting: 0 }
      await college.run('board', (use) => setReviewDates(use, campaign, { preliminary: '2024-06-28' }))
      await college.run('head0', (use) =>
        sendReport(use, campaign, unitId, 'preliminary', { round: 0, agreed: all, isEarlyAgreed: true }),
      )
      await college.run('board2', (use) =>
        rejectReport(use, campaign, unitId, 'preliminary', { round: 1, state: 'sent' }, 'Còn thiếu'),
      )
      const told = async () =>
        (await store.read((tx) => tx.outbox.due(at('2024-07-01'), 1000))).filter((m) => m.kind === 'unitReport.outcome')
      expect((await told()).map((m) => m.payload.by)).toContain('Chủ Nhiệm')
      const { id } = await college.run('board2', (use) => requestErasure(use, 'all', ''))
      await college.run('office', (use) => decideErasure(use, id, null, placeholder))
      for (const message of await told()) expect(message.payload.by).toMatch(/^gone /)
      const report = await store.read((tx) => tx.unitReports.of(campaign.id, 'preliminary', unitId))
      expect(report?.last?.byName).toMatch(/^gone /)
      expect((await store.read((tx) => verifyAudit(tx, workspaceId))).broken).toBeUndefined()
      await store.close()
    })

    it('of the name gives submissions to a placeholder, and keeps their form ids distinct', async () => {
      const college = await found()
      const { campaign, workspaceId, units, store } = college
      const written = content(units[0]?.id as string, 'a1')
      const { id: submissionId } = await college.run('member0', (use) => submit(use, campaign, written, 'form:U0'))
      const { person } = await college.as('member0')
      const { id } = await college.run('member0', (use) => requestErasure(use, 'name', ''))
      await college.run('office', (use) => decideErasure(use, id, null, placeholder))
      await store.read(async (tx) => {
        const s = await tx.submissions.byId(workspaceId, submissionId)
        expect(s).toMatchObject({ ...written, state: 'submitted' })
        expect(s?.authorId).not.toBe(person.id)
        expect((await tx.submissions.events(submissionId)).map((e) => e.byName)).toEqual([
          expect.stringMatching(/^gone /),
        ])
        expect(await tx.submissions.writtenBy(workspaceId, person.id, 5)).toEqual([])
        expect(await tx.submissions.byRequest(workspaceId, 'form:U0')).toBeUndefined()
        expect((await tx.people.byId(workspaceId, person.id))?.fullName).toBe('member 0')
        expect(await tx.people.count(workspaceId)).toBe(9)
      })
      await store.close()
    })
  })
}
