import { describe, expect, it } from 'vitest'
import type { SubmissionDraft } from '../../../src/core/submission/content.js'
import { confirm, revise, submit, withdraw, withdrawn } from '../../../src/core/submission/decide.js'
import {
  closeDraft,
  draftsOf,
  ownDraft,
  saveDraft,
  sweepDrafts,
  whenClosed,
} from '../../../src/core/submission/keep-draft.js'
import { missingCriteria, reportNil, reportNilForAll } from '../../../src/core/submission/report-nil.js'
import { formKey } from '../../../src/core/submission/submission.js'
import { WHEN_REFUSED } from '../../../src/core/withheld.js'
import { at } from '../../example.js'
import { type College, content, foundCollege } from '../college.js'
import type { OpenStore } from '../open-store.js'

const now = at('2024-05-20')

/** Drafts, nil reports, and submissions on behalf of others. */
export function draftsContract(open: OpenStore): void {
  const type = (
    { run, campaign }: College,
    typed: SubmissionDraft,
    { who = 'member0', id = 'nonce', form = 'V1', micros = 1, when = now, hinted = false } = {},
  ) => run(who, (use) => saveDraft(use, campaign, id, typed, hinted, { form, micros }), when)
  const seen = async ({ run, campaign }: College, who = 'member0', when = now) =>
    (await run(who, (use) => draftsOf(use, campaign), when)).map((d) => d.content)

  describe('drafts', () => {
    it('are returned as typed, to their owner only', async () => {
      const college = await foundCollege(await open())
      const unitId = college.units[0]?.id as string
      const typed = { unitId, criterion: 'a2', text: 'Huấn luyện “đợt 1”\n', doneOn: '2024-05-17', figure: '2' }
      await type(college, { ...typed, figureUnit: 'buổi', links: 'chưa có' }, { hinted: true })
      const kept = { ...typed, figureUnit: 'buổi', links: 'chưa có' }
      expect(await college.run('member0', (use) => ownDraft(use, 'nonce'))).toMatchObject({
        id: 'nonce',
        content: kept,
        hinted: true,
        updatedAt: now,
      })
      expect(await seen(college)).toEqual([kept])
      expect(await seen(college, 'head0')).toEqual([])
      await expect(college.run('head0', (use) => ownDraft(use, 'nonce'))).rejects.toMatchObject({
        key: 'access.denied',
      })
      await expect(college.run('member0', (use) => ownDraft(use, 'other'))).rejects.toMatchObject({ key: 'draft.gone' })
      // Another person can neither overwrite nor delete it.
      await type(college, { text: 'Của người khác' }, { who: 'head0', micros: 9 })
      await college.run('head0', (use) => closeDraft(use, 'nonce'))
      expect(await seen(college)).toEqual([kept])
      await college.store.close()
    })

    it('hold what was typed last, in any order of the events', async () => {
      const college = await foundCollege(await open())
      for (const [text, micros] of [
        ['H', 10],
        ['Huấn', 30],
        ['Hu', 20],
        ['Huấn', 30],
      ] as const)
        await type(college, { text }, { micros })
      expect(await seen(college)).toEqual([{ text: 'Huấn' }])
      // Emptied, it is no draft any more; a late event of earlier text does not restore it.
      await type(college, { text: '' }, { micros: 50 })
      await type(college, { text: 'Huấn l' }, { micros: 40 })
      expect(await seen(college)).toEqual([])
      // The same draft in another form; the chat's clock is behind.
      await type(college, { text: 'Trên máy khác' }, { form: 'V2', micros: 5 })
      expect(await seen(college)).toEqual([{ text: 'Trên máy khác' }])
      await college.store.close()
    })

    it('keep the fields that the event of a closed form does not have', async () => {
      const college = await foundCollege(await open())
      await type(college, { criterion: 'a2', text: 'Huấn luyện' })
      await type(college, {}, { micros: whenClosed })
      expect(await seen(college)).toEqual([{ criterion: 'a2', text: 'Huấn luyện' }])
      await type(college, { text: 'Huấn luyện đợt 1' }, { form: 'V2', micros: whenClosed })
      expect(await seen(college)).toEqual([{ criterion: 'a2', text: 'Huấn luyện đợt 1' }])
      await college.store.close()
    })

    it('are not created from an empty form', async () => {
      const college = await foundCollege(await open())
      await type(college, { unitId: college.units[0]?.id, criterion: 'a1', doneOn: '2024-05-20', text: '  ' })
      await type(college, {}, { micros: whenClosed })
      expect(await college.store.read((tx) => tx.drafts.byId(college.workspaceId, 'nonce'))).toBeUndefined()
      await college.store.close()
    })

    it('are not stored with a secrecy mark or a text longer than the form allows', async () => {
      const college = await foundCollege(await open())
      const strange = { unitId: college.units[1]?.id, criterion: 'z9', doneOn: 'hôm qua', figureUnit: 'x'.repeat(51) }
      await type(college, { ...strange, text: 'Theo văn bản MẬT', links: 'https://a.vn' })
      expect(await seen(college)).toEqual([{ links: 'https://a.vn' }])
      // The rest of such a text is not stored either; a text that is written anew is.
      await type(college, { text: 'Theo văn bản', links: 'TỐI MẬT' }, { micros: 2 })
      expect(await seen(college)).toEqual([])
      await type(college, { text: 'Huấn luyện đợt 1', links: '' }, { micros: 3 })
      expect(await seen(college)).toEqual([{ text: 'Huấn luyện đợt 1' }])
      await college.store.close()
    })

    it('lose what was typed of a field before its stamp, in any order of the events', async () => {
      const college = await foundCollege(await open())
      const say = (text: string | undefined, micros: number, form = 'V1') =>
        type(college, { ...(text === undefined ? {} : { text }), links: 'https://a.vn' }, { micros, form })
      await say('Theo văn bản TỐI MẬ', 10)
      await say('Theo văn bản TỐI MẬT', 20)
      await say('Theo văn bản TỐI M', 5)
      await say('Theo văn bản TỐI MẬ', 30)
      await say('Theo văn bản', 40)
      await say('heo văn bản', 45)
      expect(await seen(college)).toEqual([{ links: 'https://a.vn' }])
      await say('heo văn bản', whenClosed)
      await say(undefined, whenClosed)
      expect(await seen(college)).toEqual([{ links: 'https://a.vn' }])
      // In another form it is written anew.
      await say('Theo kế hoạch', 10, 'V2')
      expect(await seen(college)).toEqual([{ text: 'Theo kế hoạch', links: 'https://a.vn' }])
      await say('Theo kế hoạch M Ậ T', WHEN_REFUSED, 'V2')
      expect(await seen(college)).toEqual([{ links: 'https://a.vn' }])
      await say('', 20, 'V2')
      await say('Theo kế hoạch', 30, 'V2')
      expect(await seen(college)).toEqual([{ text: 'Theo kế hoạch', links: 'https://a.vn' }])
      await college.store.close()
    })

    it('are deleted when the form is submitted, and not restored by late events', async () => {
      const college = await foundCollege(await open())
      const { campaign, units } = college
      await type(college, { text: 'Huấn luyện' })
      await type(college, { text: 'Việc khác' }, { id: 'other' })
      const person = (await college.as('member0')).person
      await college.run('member0', async (use) => {
        await submit(use, campaign, content(units[0]?.id as string, 'a2'), `${formKey('nonce', person.id)}V1`)
        await closeDraft(use, 'nonce')
      })
      for (const micros of [2, whenClosed]) await type(college, { text: 'Huấn luyện' }, { micros })
      expect(await seen(college)).toEqual([{ text: 'Việc khác' }])
      // The same nonce from another person is another form.
      await type(college, { text: 'Của tôi' }, { who: 'head0' })
      expect(await seen(college, 'head0')).toEqual([{ text: 'Của tôi' }])
      await college.store.close()
    })

    it('can be several per person, newest first, and expire after thirty days', async () => {
      const college = await foundCollege(await open())
      await type(college, { text: 'Cũ' }, { id: 'A', when: at('2024-04-19') })
      await type(college, { text: 'Một' }, { id: 'B', when: at('2024-05-01') })
      await type(college, { text: 'Hai' }, { id: 'C', when: at('2024-05-02') })
      expect(await seen(college)).toEqual([{ text: 'Hai' }, { text: 'Một' }])
      await college.write((tx) => sweepDrafts(tx, at('2024-05-31', '10:00')))
      const left = ['A', 'B', 'C'].map((id) => college.store.read((tx) => tx.drafts.byId(college.workspaceId, id)))
      expect((await Promise.all(left)).map((d) => d?.id)).toEqual([undefined, undefined, 'C'])
      await college.store.close()
    })
  })

  describe('a nil report', () => {
    it('stores its reason, and a new one given later', async () => {
      const college = await foundCollege(await open())
      const { campaign, units } = college
      const unitId = units[0]?.id as string
      const reasons = async () =>
        (await college.store.read((tx) => tx.nilReports.ofUnit(campaign.id, unitId))).map((n) => n.reason)
      const say = (reason?: string) =>
        college.run('head0', (use) => reportNil(use, campaign, unitId, 'a4', 'final', reason))
      const audited = async () => (await college.store.read((tx) => tx.audit.after(college.workspaceId, 0, 99))).length
      await say()
      expect(await reasons()).toEqual([null])
      await say(' Không có đợt tuyển quân ')
      expect(await reasons()).toEqual(['Không có đợt tuyển quân'])
      const before = await audited()
      await say('Không có đợt tuyển quân')
      await say('')
      expect(await reasons()).toEqual(['Không có đợt tuyển quân'])
      expect(await audited()).toBe(before)
      for (const reason of ['Theo văn bản MẬT', 'x'.repeat(301)])
        await expect(say(reason)).rejects.toMatchObject({ faults: [{ field: 'reason' }] })
      await college.store.close()
    })

    it('for all remaining criteria needs a reason, and skips those filled meanwhile', async () => {
      const college = await foundCollege(await open())
      const { campaign, units } = college
      const unitId = units[0]?.id as string
      const left = () => college.run('head0', (use) => missingCriteria(use, campaign, unitId, 'preliminary'))
      await college.run('head0', (use) => reportNil(use, campaign, unitId, 'a1', 'preliminary'))
      const listed = await left()
      expect(listed).toEqual(['a2', 'a3', 'a4', 'a5', 'b1', 'b2', 'b3', 'b4', 'b5', 'b6'])
      await college.run('member0', (use) => submit(use, campaign, content(unitId, 'b2'), null))
      const sayAll = (who: string, reason: string, codes = listed) =>
        college.run(who, (use) => reportNilForAll(use, campaign, unitId, codes, 'preliminary', reason))
      await expect(sayAll('member0', 'Không có')).rejects.toMatchObject({ key: 'access.denied' })
      await expect(sayAll('head1', 'Không có')).rejects.toMatchObject({ key: 'access.denied' })
      await expect(sayAll('head0', '  ')).rejects.toMatchObject({ faults: [{ key: 'nil.reason_empty' }] })
      const said = await sayAll('deputy0', 'Không có', ['a2', 'b1', 'b2', 'z9'])
      expect(said).toEqual(['a2', 'b1'])
      expect(await left()).toEqual(['a3', 'a4', 'a5', 'b3', 'b4', 'b5', 'b6'])
      expect(await college.store.read((tx) => tx.progress.standing(campaign.id, 'preliminary', unitId))).toMatchObject({
        have: 4,
        waiting: 1,
      })
      await expect(sayAll('head0', 'Không có', ['a2', 'b2'])).rejects.toMatchObject({ key: 'nil.nothing_left' })
      await college.store.close()
    })
  })

  describe('a submission on behalf of a unit', () => {
    it('stays marked as such, and its author may revise and withdraw it', async () => {
      const college = await foundCollege(await open())
      const { campaign, units, workspaceId } = college
      const unitId = units[0]?.id as string
      const one = await college.run('office', (use) => submit(use, campaign, content(unitId, 'a1'), null))
      const read = (id: string) => college.store.read((tx) => tx.submissions.byId(workspaceId, id))
      expect(await read(one.id)).toMatchObject({ onBehalf: true })
      const log = await college.store.read((tx) => tx.audit.after(workspaceId, 0, 99))
      expect(log.find((r) => r.subject === `submission:${one.id}`)?.data).toMatchObject({ onBehalf: true })
      const ids = log.map((r) => r.byId)
      expect(ids).toContain((await college.as('office')).person.id)
      await college.run('office', (use) => revise(use, campaign, one.id, content(unitId, 'a2')))
      expect(await read(one.id)).toMatchObject({ onBehalf: true, criterion: 'a2' })
      await college.run('head0', (use) => confirm(use, campaign, one.id))
      await college.run('office', (use) => withdraw(use, campaign, one.id))
      expect(await read(one.id)).toMatchObject({ state: 'withdrawn' })
      const own = await college.run('member0', (use) => submit(use, campaign, content(unitId, 'a1'), null))
      expect(await read(own.id)).toMatchObject({ onBehalf: false })
      await college.store.close()
    })

    it('is withdrawn once when withdrawn twice, and only its author can resubmit it', async () => {
      const college = await foundCollege(await open())
      const { campaign, units, workspaceId } = college
      const { id } = await college.run('member0', (use) =>
        submit(use, campaign, content(units[0]?.id as string, 'a1'), null),
      )
      const reopen = (who: string) => college.run(who, (use) => withdrawn(use, campaign, id))
      await expect(reopen('member0')).rejects.toMatchObject({ key: 'submission.state_changed' })
      for (let twice = 0; twice < 2; twice++) await college.run('member0', (use) => withdraw(use, campaign, id))
      const log = await college.store.read((tx) => tx.audit.after(workspaceId, 0, 99))
      expect(log.filter((r) => r.action === 'submission.withdrawn')).toHaveLength(1)
      expect((await reopen('member0')).id).toBe(id)
      await expect(reopen('head0')).rejects.toMatchObject({ key: 'access.denied' })
      await college.store.close()
    })
  })
}
