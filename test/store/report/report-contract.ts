import { describe, expect, it } from 'vitest'
import { criteriaOf } from '../../../src/core/campaign/campaign.js'
import { FormError, UserError } from '../../../src/core/errors.js'
import { approveReport, ownReport, rejectReport, reportState, sendReport } from '../../../src/core/report/decide.js'
import { saveTexts, storeTexts } from '../../../src/core/report/draft.js'
import { setReviewDates } from '../../../src/core/report/set-review-dates.js'
import { confirm, submit } from '../../../src/core/submission/decide.js'
import { reportNilForAll } from '../../../src/core/submission/report-nil.js'
import { at } from '../../example.js'
import { type College, content, foundCollege, handInConfirmed } from '../college.js'
import type { OpenStore } from '../open-store.js'

const kind = 'preliminary' as const
const nothing = { missing: [], waiting: 0 }
const all = { missing: Array.from({ length: 11 }, (_, i) => (i < 5 ? `a${i + 1}` : `b${i - 4}`)), waiting: 9 }

async function found(open: OpenStore, size = 3) {
  const college = await foundCollege(await open(), size)
  const { campaign, units } = college
  const idOf = (n: number) => units[n]?.id as string
  await college.run('board', (use) => setReviewDates(use, campaign, { preliminary: '2024-06-14' }))
  const send = (who: string, n: number, round = 0, agreed = all, now = at('2024-05-20')) =>
    college.run(who, (use) => sendReport(use, campaign, idOf(n), kind, { round, agreed, isEarlyAgreed: true }), now)
  const achieve = (n: number, criterion: string, text = 'Huấn luyện 25/25') =>
    handInConfirmed(college, n, criterion, { text, figure: '25', figureUnit: 'người' })
  const fill = (n: number) =>
    college.run(`head${n}`, (use) =>
      reportNilForAll(
        use,
        campaign,
        idOf(n),
        criteriaOf(campaign).map((c) => c.code),
        kind,
        'Chưa có',
      ),
    )
  const report = (n: number) => college.store.read((tx) => tx.unitReports.of(campaign.id, kind, idOf(n)))
  const offers = async (n: number) =>
    (await college.store.read((tx) => tx.outbox.byKeys(college.workspaceId, `unitReport:${idOf(n)}:`))).filter((m) =>
      m.key.includes(':offer:'),
    )
  return { ...college, college, idOf, send, achieve, fill, report, offers }
}

const keyOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: unknown) => {
      if (error instanceof UserError) return error.key
      if (error instanceof FormError) return error.faults.map((f) => `${f.field} ${f.key}`).join()
      throw error
    },
  )

/** A unit's report, from its first draft to the Command Board's decision. */
export function unitReportContract(open: OpenStore): void {
  describe('unit reports', () => {
    it('are stored as sent, for each round, with the sender', async () => {
      const { college, campaign, store, send, achieve, report, idOf } = await found(open)
      await achieve(0, 'a2')
      const at0 = { form: 'f', seen: 0 }
      await college.run('head0', (use) =>
        saveTexts(use, campaign, idOf(0), kind, { selfAssessment: ' Tốt ', difficulties: 'Thiếu “súng” 😀' }, at0),
      )
      await send('deputy0', 0)
      const first = await report(0)
      expect(first).toMatchObject({ state: 'sent', round: 1, last: { byName: 'deputy 0', reason: null } })
      const sentFirst = await store.read((tx) => tx.unitReports.sent(first?.id ?? '', 1))
      expect(sentFirst).toMatchObject({ round: 1, byName: 'deputy 0', at: at('2024-05-20') })
      expect(sentFirst?.content).toMatchObject({ selfAssessment: 'Tốt', difficulties: 'Thiếu “súng” 😀' })
      expect(sentFirst?.content.lines.find((l) => l.criterion === 'a2')).toMatchObject({
        state: 'confirmed',
        items: [{ number: 1, text: 'Huấn luyện 25/25', doneOn: '2024-05-17', figure: '25', figureUnit: 'người' }],
      })
      await achieve(0, 'a2', 'Đợt hai')
      await send('head0', 0, 1)
      expect(await store.read((tx) => tx.unitReports.sent(first?.id ?? '', 1))).toEqual(sentFirst)
      const second = await store.read((tx) => tx.unitReports.sent(first?.id ?? '', 2))
      expect(second?.content.lines.find((l) => l.criterion === 'a2')?.items.map((i) => i.text)).toEqual([
        'Huấn luyện 25/25',
        'Đợt hai',
      ])
      await store.close()
    })

    it('write an event and an audit row for each change', async () => {
      const { college, campaign, store, send, report, idOf, workspaceId } = await found(open)
      await send('head0', 0)
      const seen = { round: 1, state: 'sent' as const }
      await college.run('board', (use) => rejectReport(use, campaign, idOf(0), kind, seen, ' Thiếu số liệu '))
      await send('head0', 0, 1)
      await college.run('board', (use) => approveReport(use, campaign, idOf(0), kind, { round: 2, state: 'sent' }))
      const events = await store.read(async (tx) => tx.unitReports.events((await report(0))?.id ?? ''))
      expect(events.map((e) => [e.from, e.to, e.round, e.reason])).toEqual([
        ['draft', 'sent', 1, null],
        ['sent', 'rejected', 1, 'Thiếu số liệu'],
        ['rejected', 'sent', 2, null],
        ['sent', 'approved', 2, null],
      ])
      const audit = (await store.read((tx) => tx.audit.after(workspaceId, 0, 100))).filter((r) =>
        r.action.startsWith('unitReport.'),
      )
      expect(audit.map((r) => [r.action, r.subject])).toEqual(
        ['sent', 'rejected', 'sent', 'approved'].map((to) => [`unitReport.${to}`, `unit:${idOf(0)}`]),
      )
      expect(JSON.stringify(audit)).not.toContain('Thiếu')
      expect(await store.read((tx) => reportState(tx, campaign, idOf(0), kind))).toBe('approved')
      expect(await store.read((tx) => reportState(tx, campaign, idOf(0), 'final'))).toBe('draft')
      await store.close()
    })

    it('are sent once when the button is pressed twice, and the second person is told who was first', async () => {
      const { send, report, store, workspaceId, idOf } = await found(open)
      await Promise.all([send('head0', 0), send('head0', 0)])
      expect(await report(0)).toMatchObject({ state: 'sent', round: 1 })
      await expect(send('deputy0', 0)).rejects.toMatchObject({
        key: 'unitReport.state_changed',
        params: { unit: 'Khoa K0', state: 'sent', by: 'head 0' },
      })
      // Unchanged since: a forged request with the right round sends nothing again.
      expect(await keyOf(send('head0', 0, 1))).toBe('unitReport.state_changed')
      const messages = await store.read((tx) => tx.outbox.byKeys(workspaceId, `unitReport:${idOf(0)}:`))
      expect(messages).toHaveLength(1)
      await store.close()
    })

    it('are not sent with missing criteria that the person did not see', async () => {
      const { college, campaign, send, report, achieve, idOf, store } = await found(open)
      await achieve(0, 'a1')
      const asked = await send('head0', 0, 0, nothing)
      expect(asked.lacking?.missing).toHaveLength(10)
      expect(await report(0)).toMatchObject({ state: 'draft', round: 0 })
      const some = { ...all, waiting: 0 }
      await college.run('member0', (use) => submit(use, campaign, content(idOf(0), 'a2'), null))
      expect((await send('head0', 0, 0, some)).lacking).toMatchObject({ waiting: 1 })
      expect((await send('head0', 0, 0, { ...all, waiting: 1 })).lacking).toBeUndefined()
      expect(await report(0)).toMatchObject({ state: 'sent' })
      await store.close()
    })

    it('are decided once: the second member of the Board is told who was first, and an old button decides nothing', async () => {
      const { college, campaign, send, achieve, report, idOf, store } = await found(open)
      await send('head0', 0)
      const seen = { round: 1, state: 'sent' as const }
      const approve = (s: Parameters<typeof approveReport>[4] = seen, who = 'board') =>
        college.run(who, (use) => approveReport(use, campaign, idOf(0), kind, s))
      const reject = (s: Parameters<typeof approveReport>[4] = seen, reason = 'Thiếu') =>
        college.run('board', (use) => rejectReport(use, campaign, idOf(0), kind, s, reason))
      expect(await keyOf(approve(seen, 'head0'))).toBe('access.denied')
      expect(await keyOf(approve(seen, 'office'))).toBe('access.denied')
      expect(await keyOf(reject(seen, '  '))).toBe('reason unitReport.reason_empty')
      await achieve(0, 'a1')
      await send('head0', 0, 1)
      // They saw the first round.
      expect(await keyOf(approve())).toBe('unitReport.state_changed')
      await approve({ round: 2, state: 'sent' })
      await approve({ round: 2, state: 'sent' })
      expect(await keyOf(reject({ round: 2, state: 'sent' }))).toBe('unitReport.state_changed')
      expect(await report(0)).toMatchObject({ state: 'approved', round: 2 })
      // Returned after the approval, on purpose and knowing of it.
      await reject({ round: 2, state: 'approved' }, 'Có số liệu mới')
      expect(await report(0)).toMatchObject({ state: 'rejected', last: { reason: 'Có số liệu mới' } })
      expect(await keyOf(approve({ round: 2, state: 'rejected' }))).toBe('unitReport.state_changed')
      await store.close()
    })

    it('cannot be seen, written or sent by others', async () => {
      const { college, campaign, send, idOf, store } = await found(open)
      expect(await keyOf(send('head1', 0))).toBe('access.denied')
      expect(await keyOf(send('member0', 0))).toBe('access.denied')
      expect(await keyOf(send('office', 0))).toBe('access.denied')
      const write = (who: string) =>
        college.run(who, (use) => saveTexts(use, campaign, idOf(0), kind, {}, { form: 'f', seen: 0 }))
      expect(await keyOf(write('head1'))).toBe('access.denied')
      expect(await keyOf(write('board'))).toBe('access.denied')
      await store.close()
    })

    it('cannot be sent before the review has a date', async () => {
      const { college, campaign, idOf, store } = await found(open)
      const work = college.run('head0', (use) =>
        sendReport(use, campaign, idOf(0), 'final', { round: 0, agreed: all, isEarlyAgreed: true }),
      )
      expect(await keyOf(work)).toBe('unitReport.no_date')
      await store.close()
    })

    it('store drafts in the order of typing, and never over text of somebody else that was not seen', async () => {
      const { college, campaign, report, idOf, store } = await found(open)
      const type = (who: string, form: string, seen: number, micros: number | null, text: string | undefined) =>
        college.run(who, (use) =>
          storeTexts(use, campaign, idOf(0), kind, text === undefined ? {} : { selfAssessment: text }, {
            form,
            seen,
            micros,
          }),
        )
      await type('head0', 'A', 0, 10, 'Một')
      await type('head0', 'A', 0, 30, 'Một hai ba')
      await type('head0', 'A', 0, 20, 'Một hai')
      expect(await report(0)).toMatchObject({ selfAssessment: 'Một hai ba', textVersion: 1 })
      // A field with a secrecy stamp is emptied; the rest of its text is not stored.
      await type('head0', 'A', 0, 33, 'Kế hoạch MẬ')
      await type('head0', 'A', 0, 35, 'Kế hoạch MẬT')
      await type('head0', 'A', 0, 36, 'Kế hoạch MẬ')
      expect((await report(0))?.selfAssessment).toBe('')
      await type('head0', 'A', 0, 40, 'Một hai ba')
      expect((await report(0))?.selfAssessment).toBe('Một hai ba')
      // The deputy opened the form before the head typed, so the head's text stays.
      await type('deputy0', 'B', 0, 50, 'Khác')
      expect((await report(0))?.selfAssessment).toBe('Một hai ba')
      const save = (form: string, seen: number) =>
        college.run('deputy0', (use) =>
          saveTexts(use, campaign, idOf(0), kind, { selfAssessment: 'Khác' }, { form, seen }),
        )
      expect(await keyOf(save('B', 0))).toBe('selfAssessment unitReport.texts_changed')
      await type('head0', 'A', 0, null, undefined)
      expect((await report(0))?.selfAssessment).toBe('Một hai ba')
      await save('C', 1)
      // A late event: the form was closed by then, and the deputy has written since.
      await type('head0', 'A', 0, 35, 'Một hai ba bốn')
      expect(await report(0)).toMatchObject({ selfAssessment: 'Khác', textVersion: 2, textBy: { name: 'deputy 0' } })
      await store.close()
    })

    it('are offered once to the heads of a unit that becomes complete', async () => {
      const { college, campaign, offers, fill, achieve, send, idOf, store, workspaceId } = await found(open)
      await achieve(0, 'a1')
      expect(await offers(0)).toEqual([])
      await fill(0)
      const head = (await college.as('head0')).person.id
      expect((await offers(0)).map((m) => [m.state, m.personId])).toEqual([['waiting', head]])
      // Another submission awaits the head: not complete, so the unsent offer is dropped when it is due.
      const { id } = await college.run('member0', (use) => submit(use, campaign, content(idOf(0), 'a1'), null))
      const key = (await offers(0))[0]?.key as string
      await college.write((tx) => tx.outbox.end(key, 'dropped', 'no longer wanted', at('2024-05-20')))
      await college.run('head0', (use) => confirm(use, campaign, id))
      expect((await offers(0)).map((m) => m.state)).toEqual(['waiting'])
      await college.write((tx) => tx.outbox.sent(key, { channel: 'D', ts: '1' }, at('2024-05-20')))
      await achieve(0, 'a2')
      await achieve(0, 'a1')
      expect((await offers(0)).map((m) => m.state)).toEqual(['stale'])
      // A sent offer is not sent again.
      await college.write((tx) => tx.outbox.end(key, 'dropped', 'message_not_found', at('2024-05-20')))
      await achieve(0, 'a1')
      expect((await offers(0)).map((m) => m.state)).toEqual(['dropped'])
      await send('head1', 1)
      await fill(1)
      expect(await offers(1)).toEqual([])
      expect(await store.read((tx) => tx.outbox.byKeys(workspaceId, 'unitReport:'))).toHaveLength(2)
      await store.close()
    })

    it('are offered to complete units when the date is set', async () => {
      const college: College = await foundCollege(await open(), 2)
      const { campaign, units, store, workspaceId } = college
      const codes = criteriaOf(campaign).map((c) => c.code)
      await college.run('head1', (use) => reportNilForAll(use, campaign, units[1]?.id as string, codes, kind, 'Chưa'))
      const offers = () => store.read((tx) => tx.outbox.byKeys(workspaceId, 'unitReport:'))
      expect(await offers()).toEqual([])
      await college.run('board', (use) => setReviewDates(use, campaign, { preliminary: '2024-06-14' }))
      expect(await offers()).toHaveLength(1)
      await college.run('board', (use) => setReviewDates(use, campaign, { preliminary: '2024-06-27' }))
      expect(await offers()).toHaveLength(1)
      await store.close()
    })

    it('are listed by pages, those awaiting the Board first, and counted', async () => {
      const { college, campaign, send, idOf, store } = await found(open, 30)
      const decide = (n: number, approves: boolean) =>
        college.run('board', (use) =>
          approves
            ? approveReport(use, campaign, idOf(n), kind, { round: 1, state: 'sent' })
            : rejectReport(use, campaign, idOf(n), kind, { round: 1, state: 'sent' }, 'Thiếu'),
        )
      for (const n of [3, 7, 20, 29]) await send(`head${n}`, n)
      await decide(3, true)
      await decide(7, false)
      await college.run('head5', (use) => ownReport(use, campaign, idOf(5), kind))
      const counts = () => store.read((tx) => tx.unitReports.counts(campaign.id, kind))
      expect(await counts()).toEqual({ draft: 26, sent: 2, approved: 1, rejected: 1 })
      const page = (offset: number) => store.read((tx) => tx.unitReports.page(campaign.id, kind, 25, offset))
      const lines = [...(await page(0)), ...(await page(25))]
      const drafts = Array.from({ length: 30 }, (_, n) => n).filter((n) => ![3, 7, 20, 29].includes(n))
      expect(lines.map((l) => l.unit.code)).toEqual([20, 29, ...drafts, 7, 3].map((n) => `K${n}`))
      expect(lines[0]).toMatchObject({ state: 'sent', last: { byName: 'head 20' }, have: 0, missing: 11 })
      expect(lines[2]).toMatchObject({ state: 'draft', last: null })
      expect(await store.read((tx) => tx.unitReports.counts(campaign.id, 'final'))).toMatchObject({
        draft: 30,
        sent: 0,
      })
      await store.close()
    })
  })
}
