import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { currentReviewKind, type ReviewKind } from '../../../src/core/campaign/review.js'
import { verifyCounts } from '../../../src/core/progress/tally.js'
import { summaryCriteria, summaryHead, summaryUnits } from '../../../src/core/queries/progress/summary.js'
import { unitStatus } from '../../../src/core/queries/progress/unit-status.js'
import { viewUnitReport } from '../../../src/core/queries/report/unit-report.js'
import { closingPreview } from '../../../src/core/queries/review/closing-preview.js'
import { viewSubmission } from '../../../src/core/queries/submission/view.js'
import { owingFor } from '../../../src/core/reminder/inputs.js'
import { approveReport, sendReport, takeReportBack } from '../../../src/core/report/decide.js'
import { saveTexts, storeTexts } from '../../../src/core/report/draft.js'
import { setReviewDates } from '../../../src/core/report/set-review-dates.js'
import { closeReview, closingSeen, reopenReview } from '../../../src/core/review/close.js'
import type { Closing } from '../../../src/core/review/closing.js'
import { verifyClosings } from '../../../src/core/review/verify.js'
import { importRoster } from '../../../src/core/setup/import-roster.js'
import { returnToAuthor, withdraw } from '../../../src/core/submission/decide.js'
import { recordPaper } from '../../../src/core/submission/record-paper.js'
import { reportNil, withdrawNilReport } from '../../../src/core/submission/report-nil.js'
import type { UseCase } from '../../../src/core/use-case.js'
import { newId } from '../../../src/new-id.js'
import { openStore } from '../../../src/store/open.js'
import { at } from '../../example.js'
import { type College, handInConfirmed, rosterOf, unitId } from '../../store/college.js'
import { openCollege } from '../queries/open-college.js'

const kind = 'preliminary'
const reviewDay = at('2024-06-28', '15:00')
const later = at('2024-07-01', '10:00')

/** Closes a review as somebody does who has just seen its preview. */
async function closeOf(college: College, of: ReviewKind, who: string, now: Date): Promise<Closing> {
  const closing = await college.run(
    who,
    async (use) => closeReview(use, college.campaign, of, await closingSeen(use.tx, college.campaign, of)),
    now,
  )
  if (!closing) throw new Error('not closed')
  return closing
}
const close = (college: College, who = 'board', now = reviewDay) => closeOf(college, kind, who, now)
const reopen = (college: College, reason: string, who = 'office', now = later) =>
  college.run(who, (use) => reopenReview(use, college.campaign, kind, reason), now)
const status = (college: College, who: string, n = 0, now = later) =>
  college.run(who, (use) => unitStatus(use, college.campaign, college.units[n] as College['units'][number], kind), now)
const states = async (college: College, who: string, n = 0) =>
  Object.fromEntries((await status(college, who, n)).cells.map((c) => [c.criterion.code, c.state]))
const totals = (college: College) =>
  college.run('board', async (use) => (await summaryHead(use, college.campaign, kind)).totals, later)
const verify = (college: Pick<College, 'store' | 'campaign'>) =>
  college.store.read(async (tx) => [
    ...(await verifyCounts(tx, college.campaign)),
    ...(await verifyClosings(tx, college.campaign)),
  ])
const send = (college: College, n = 0, now = reviewDay) =>
  college.run(
    `head${n}`,
    (use) =>
      sendReport(use, college.campaign, unitId(college, n), kind, {
        round: 0,
        agreed: { missing: college.campaign.groups.flatMap((g) => g.criteria.map((c) => c.code)), waiting: 9 },
      }),
    now,
  )

describe('closing a review', () => {
  it('freezes what it shows, whatever is handed in, recorded or imported afterwards', async () => {
    const college = await openCollege()
    await handInConfirmed(college, 0, 'a1')
    await college.run('head0', (use) => reportNil(use, college.campaign, unitId(college, 0), 'a2', kind, 'Không có'))
    await close(college)
    const before = [await totals(college), await states(college, 'board')]
    await handInConfirmed(college, 0, 'b1')
    const paper = { unitId: unitId(college, 0), criterion: 'b2', receivedOn: '2024-05-20' }
    await college.run('board', (use) => recordPaper(use, college.campaign, paper), later)
    await college.store.write((tx) =>
      importRoster({ tx, now: later, newId, workspaceId: college.workspaceId }, rosterOf(5), true),
    )
    expect([await totals(college), await states(college, 'board')]).toEqual(before)
    expect(before[1]).toMatchObject({ a1: 'confirmed', a2: 'nil', b1: 'missing', b2: 'missing' })
    const criteria = await college.run('board', (use) => summaryCriteria(use, college.campaign, kind), later)
    expect(criteria.find((l) => l.criterion === 'b1')).toMatchObject({ confirmed: 0, missing: 3 })
    expect(criteria.find((l) => l.criterion === 'a2')).toMatchObject({ nil: 1, missing: 2 })
    // The next review counts all of it.
    const final = await college.run(
      'board',
      (use) => unitStatus(use, college.campaign, college.units[0] as College['units'][number], 'final'),
      later,
    )
    expect(final.cells.filter((c) => c.state === 'confirmed').map((c) => c.criterion.code)).toEqual(['a1', 'b1', 'b2'])
    expect(await verify(college)).toEqual([])
  })

  it('marks what did not count for it, in submissions and in the report for the next one', async () => {
    const college = await openCollege()
    const counted = await handInConfirmed(college, 0, 'a1')
    await close(college)
    const after = await handInConfirmed(college, 0, 'a1')
    const marks = await college.store.read(async (tx) => {
      const views = []
      for (const id of [counted, after]) {
        const submission = await tx.submissions.byId(college.workspaceId, id)
        if (submission) views.push((await viewSubmission(tx, college.campaign, submission, 'Asia/Ho_Chi_Minh')).after)
      }
      return views
    })
    expect(marks).toEqual([undefined, 'preliminary'])
    const items = async (of: 'preliminary' | 'final') =>
      (
        await college.run('head0', (use) => viewUnitReport(use, college.campaign, unitId(college, 0), of, true), later)
      ).content.lines.flatMap((l) => l.items.map((i) => i.isAfterPreliminary === true))
    expect(await items('preliminary')).toEqual([false])
    expect(await items('final')).toEqual([false, true])
  })

  it('refuses every later change of the review itself, and stores nothing of it', async () => {
    const college = await openCollege()
    await send(college)
    await close(college)
    const unit = unitId(college, 0)
    const closed = expect.objectContaining({ key: 'review.closed' })
    const asHead = (work: (use: UseCase) => Promise<unknown>) => college.run('head0', work, later)
    const { campaign } = college
    await expect(send(college, 1, later)).rejects.toEqual(closed)
    await expect(asHead((use) => takeReportBack(use, campaign, unit, kind, 1))).rejects.toEqual(closed)
    await expect(asHead((use) => reportNil(use, campaign, unit, 'a3', kind))).rejects.toEqual(closed)
    await expect(asHead((use) => withdrawNilReport(use, campaign, unit, 'a3', kind))).rejects.toEqual(closed)
    const form = { form: 'f', seen: 0 }
    await expect(
      asHead((use) => saveTexts(use, campaign, unit, kind, { selfAssessment: 'Muộn' }, form)),
    ).rejects.toEqual(closed)
    await asHead((use) => storeTexts(use, campaign, unit, kind, { selfAssessment: 'Muộn' }, { ...form, micros: 1 }))
    await expect(
      college.run('board', (use) => approveReport(use, campaign, unit, kind, { round: 1, state: 'sent' }), later),
    ).rejects.toEqual(closed)
    await expect(
      college.run('office', (use) => setReviewDates(use, campaign, { preliminary: '2024-07-05' }), later),
    ).rejects.toMatchObject({ faults: [{ field: 'preliminary', key: 'review.closed' }] })
    const report = await college.store.read((tx) => tx.unitReports.of(campaign.id, kind, unit))
    expect(report).toMatchObject({ state: 'sent', selfAssessment: '' })
    expect(await verify(college)).toEqual([])
  })

  it('ends what units owe, so that nobody is reminded of it', async () => {
    const college = await openCollege()
    const owing = () => college.store.read((tx) => owingFor(tx, college.campaign, kind))
    expect(await owing()).toHaveLength(3)
    await close(college)
    expect(await owing()).toEqual([])
  })

  it('is for the Command Board, from the day of the review on, and done once', async () => {
    const college = await openCollege()
    for (const who of ['head0', 'office', 'member0'])
      await expect(close(college, who)).rejects.toMatchObject({ key: 'access.denied', params: { need: 'close' } })
    await expect(close(college, 'board', at('2024-06-27', '17:00'))).rejects.toMatchObject({ key: 'review.too_early' })
    const first = await close(college)
    expect(await close(college)).toEqual(first)
    expect(await college.store.read((tx) => tx.closings.ofCampaign(college.campaign.id))).toHaveLength(1)
  })

  it('previews what will be frozen, who is late and what waits', async () => {
    const college = await openCollege()
    await handInConfirmed(college, 0, 'a1')
    await send(college)
    const preview = await college.run('board', (use) => closingPreview(use, college.campaign, kind), reviewDay)
    expect(preview).toMatchObject({
      totals: { units: 3, complete: 0 },
      tally: { confirmed: 1, submitted: 0 },
      reports: { sent: 1, draft: 2 },
      late: ['Khoa K0', 'Khoa K1', 'Khoa K2'],
      undecided: ['Khoa K0'],
    })
  })

  it('tells the Board and the Office, each once', async () => {
    const college = await openCollege()
    const { id } = await close(college)
    const messages = await college.store.read(async (tx) => {
      const found = []
      for (const who of ['office', 'board', 'head0']) {
        const person = await tx.people.byEmail(college.workspaceId, `${who}@cdn.example`)
        found.push((await tx.outbox.byKey(`closing:${id}:${person?.id}`))?.kind)
      }
      return found
    })
    expect(messages).toEqual(['review.closed', 'review.closed', undefined])
  })
})

describe('reopening a review', () => {
  it('lets its figures follow the evidence again; closing it again takes another snapshot', async () => {
    const college = await openCollege()
    await close(college)
    await handInConfirmed(college, 0, 'a1')
    await reopen(college, 'Khoa K0 nộp bổ sung theo chỉ đạo')
    expect(await states(college, 'board')).toMatchObject({ a1: 'confirmed' })
    await close(college, 'board', later)
    const closings = await college.store.read((tx) => tx.closings.ofCampaign(college.campaign.id))
    expect(closings.map((c) => [c.reopened?.reason, c.totals.groups.a])).toEqual([
      ['Khoa K0 nộp bổ sung theo chỉ đạo', 0],
      [undefined, 1],
    ])
    expect(await verify(college)).toEqual([])
  })

  it('is for the Organisation–Administration Office, with a reason, and only while no later one is closed', async () => {
    const college = await openCollege()
    await expect(reopen(college, 'x')).rejects.toMatchObject({ key: 'review.not_closed' })
    await close(college)
    await expect(reopen(college, 'x', 'board')).rejects.toMatchObject({ params: { need: 'reopen' } })
    await expect(reopen(college, '  ')).rejects.toMatchObject({ faults: [{ key: 'review.reason_empty' }] })
    await expect(reopen(college, 'Theo văn bản TỐI MẬT')).rejects.toMatchObject({ faults: [{ field: 'reason' }] })
    const end = at('2024-12-02', '10:00')
    await closeOf(college, 'final', 'board', end)
    await expect(reopen(college, 'x', 'office', end)).rejects.toMatchObject({ key: 'review.later_closed' })
  })
})

describe('what is shown of a closed review', () => {
  const report = (college: College, of: ReviewKind = kind) =>
    college.run('head0', (use) => viewUnitReport(use, college.campaign, unitId(college, 0), of, true), later)

  it('stays when its evidence is edited, returned or withdrawn afterwards', async () => {
    const college = await openCollege()
    const [kept, edited] = [await handInConfirmed(college, 0, 'a1'), await handInConfirmed(college, 0, 'a2')]
    await close(college)
    const before = (await report(college)).content
    await college.run('board', (use) => returnToAuthor(use, college.campaign, edited, 'Xin bổ sung'), later)
    await college.run('member0', (use) => withdraw(use, college.campaign, edited), later)
    expect((await report(college)).content).toEqual(before)
    expect(before.lines.flatMap((l) => l.items.map((i) => [l.criterion, i.id]))).toEqual([
      ['a1', kept],
      ['a2', edited],
    ])
    expect(await verify(college)).toEqual([])
  })

  it('keeps the criteria, the names of units and the papers of that time', async () => {
    const college = await openCollege()
    const paper = (receivedOn: string) => ({ unitId: unitId(college, 0), criterion: 'b2', receivedOn })
    await college.run('board', (use) => recordPaper(use, college.campaign, paper('2024-05-20')))
    await close(college)
    await college.run('board', (use) => recordPaper(use, college.campaign, paper('2024-06-30')), later)
    const groups = college.campaign.groups.map((g) => ({ ...g, criteria: g.criteria.slice(1) }))
    const amended = { ...college.campaign, groups }
    const roster = rosterOf(3)
    const renamed = { ...roster, units: roster.units.map((u) => ({ ...u, name: `${u.name} mới` })) }
    await college.store.write((tx) =>
      importRoster({ tx, now: later, newId, workspaceId: college.workspaceId }, renamed, true),
    )
    const shown = await college.run(
      'board',
      (use) => unitStatus(use, amended, college.units[0] as College['units'][number], kind),
      later,
    )
    expect(shown.cells).toHaveLength(11)
    expect(shown.cells.find((c) => c.criterion.code === 'b2')?.paperDates).toEqual(['2024-05-20'])
    const lines = await college.run(
      'board',
      async (use) => (await summaryUnits(use, amended, await summaryHead(use, amended, kind), 0, 9)).lines,
      later,
    )
    expect(lines.map((l) => l.unit.name).sort()).toEqual(['Khoa K0', 'Khoa K1', 'Khoa K2'])
    expect(await college.run('board', (use) => summaryCriteria(use, amended, kind), later)).toHaveLength(11)
    expect(await college.store.read((tx) => verifyClosings(tx, amended))).toEqual([])
  })
})

describe('the order of closings', () => {
  it('is that of the dates: an earlier review first, and none gets a date before a closed one', async () => {
    const college = await openCollege()
    const end = at('2024-12-02', '10:00')
    await expect(closeOf(college, 'final', 'board', end)).rejects.toMatchObject({
      key: 'review.earlier_open',
      params: { kind, date: '2024-06-28' },
    })
  })

  it('asks again where more is late or waits than was seen, and after a reopening', async () => {
    const college = await openCollege()
    const seen = await college.run('board', (use) => closingSeen(use.tx, college.campaign, kind), reviewDay)
    const press = () => college.run('board', (use) => closeReview(use, college.campaign, kind, seen), later)
    await send(college)
    expect(await press()).toBeUndefined()
    await close(college)
    await reopen(college, 'Bổ sung')
    expect(await press()).toBeUndefined()
    expect((await college.store.read((tx) => tx.reviews.list(college.campaign.id)))[0]?.closed).toBeUndefined()
  })

  it('lets people work for the review without a date once all others are closed', () => {
    const closed = { kind, date: '2024-06-28', closed: { id: 'c', at: later, byId: 'b' } } as const
    expect(currentReviewKind([closed], '2024-07-01')).toBe('final')
    expect(currentReviewKind([closed, { kind: 'final', date: '2024-12-20' }], '2024-07-01')).toBe('final')
  })
})

describe('a snapshot', () => {
  it('is proved against its submissions: a tampered count, submission or total is named', async () => {
    for (const [change, fault] of [
      ["update closing_unit set missing = '' where code = 'K0'", 'preliminary K0'],
      ["update closing_submission set state = 'returned'", 'preliminary K0 a1'],
      ['update closing set totals = replace(totals, \'"complete":0\', \'"complete":3\')', 'preliminary totals'],
      ["update standing set missing = '' where review_kind = 'preliminary' and position = 1", 'preliminary K1'],
    ] as const) {
      const college = await openCollege()
      await handInConfirmed(college, 0, 'a1')
      await close(college)
      expect(await verify(college)).toEqual([])
      const db = new Database(college.file)
      if (!change.includes('standing')) expect(() => db.exec(change)).toThrow('a closed review is never changed')
      for (const { name } of db.prepare("select name from sqlite_master where name like 'closing%is_final'").all() as {
        name: string
      }[])
        db.exec(`drop trigger ${name}`)
      db.exec(change)
      db.close()
      const store = await openStore(`file:${college.file}`)
      expect(await verify({ store, campaign: college.campaign }), change).toContain(fault)
      await store.close()
    }
  })
})
