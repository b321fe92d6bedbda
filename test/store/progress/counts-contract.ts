import { describe, expect, it } from 'vitest'
import { criteriaOf } from '../../../src/core/campaign/campaign.js'
import { type ReviewKind, reviewKinds } from '../../../src/core/campaign/review.js'
import { UserError } from '../../../src/core/errors.js'
import { type CellState, cellState, emptyTally, isMissing } from '../../../src/core/progress/progress.js'
import { verifyCounts } from '../../../src/core/progress/tally.js'
import { importRoster } from '../../../src/core/setup/import-roster.js'
import { accept, confirm, returnToAuthor, revise, submit, withdraw } from '../../../src/core/submission/decide.js'
import { deletePaper, recordPaper } from '../../../src/core/submission/record-paper.js'
import { reportNil, withdrawNilReport } from '../../../src/core/submission/report-nil.js'
import type { SubmissionState } from '../../../src/core/submission/state.js'
import { type College, content, foundCollege, rosterOf } from '../college.js'
import type { OpenStore } from '../open-store.js'

/** A seeded pseudo-random generator (mulberry32). */
function dice(seed: number) {
  let a = seed
  const next = () => {
    a = (a + 0x6d2b79f5) | 0
    let t = Math.imul(a ^ (a >>> 15), 1 | a)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
  return <T>(from: readonly T[]): T => from[Math.floor(next() * from.length)] as T
}

const deeds = [
  ...([
    'submit',
    'submit',
    'confirm',
    'confirm',
    'accept',
    'accept',
    'return',
    'board returns',
    'revise',
    'withdraw',
  ] as const),
  ...(['nil', 'nil', 'take back', 'paper', 'paper back'] as const),
] as const
type Deed = (typeof deeds)[number]

/** What happened, as a simple model. */
interface Known {
  submissions: Map<string, { unit: number; criterion: string; author: string; state: SubmissionState }>
  nil: Set<string>
  /** Unit, criterion and date of each paper receipt. */
  paper: Set<string>
  /** Kinds of actions that were allowed. */
  done: Set<Deed>
}

/** People do random things one after another; some are not allowed and must change nothing. */
async function wander(college: College, seed: number, steps: number): Promise<Known> {
  const pick = dice(seed)
  const { campaign, units } = college
  // Few criteria, so that submissions meet in the same cell.
  const criteria = criteriaOf(campaign)
    .map((c) => c.code)
    .slice(0, 5)
  const known: Known = { submissions: new Map(), nil: new Set(), paper: new Set(), done: new Set() }
  const idOf = (unit: number) => units[unit]?.id as string
  async function step(n: number, deed: Deed): Promise<void> {
    const unit = pick(units.map((_, i) => i))
    const criterion = pick(criteria)
    const [id = '', one] = pick([...known.submissions]) ?? []
    const who = one && { confirm: `head${one.unit}`, return: `deputy${one.unit}` }
    if (deed === 'submit') {
      const author = pick([`member${unit}`, 'office'])
      const written = content(idOf(unit), criterion)
      const made = await college.run(author, (use) => submit(use, campaign, written, `form ${n}`))
      known.submissions.set(made.id, { unit, criterion, author, state: 'submitted' })
    } else if (deed === 'nil') {
      const kind = pick(reviewKinds)
      await college.run(`head${unit}`, (use) => reportNil(use, campaign, idOf(unit), criterion, kind))
      known.nil.add(`${unit} ${criterion} ${kind}`)
    } else if (deed === 'take back') {
      const [said = ''] = [pick([...known.nil])]
      if (said === '') return
      const [of = '', code = '', kind] = said.split(' ') as [string, string, ReviewKind]
      const unitId = idOf(Number(of))
      await college.run(`deputy${of}`, (use) => withdrawNilReport(use, campaign, unitId, code, kind))
      known.nil.delete(said)
    } else if (deed === 'paper') {
      const on = pick(['2024-05-13', '2024-05-14'])
      const paper = { unitId: idOf(unit), criterion, receivedOn: on }
      await college.run('board', (use) => recordPaper(use, campaign, paper))
      known.paper.add(`${unit} ${criterion} ${on}`)
    } else if (deed === 'paper back') {
      const [came = ''] = [pick([...known.paper])]
      if (came === '') return
      const [of, code = '', on = ''] = came.split(' ')
      const paper = { unitId: idOf(Number(of)), criterion: code, receivedOn: on }
      await college.run('board', (use) => deletePaper(use, campaign, paper))
      known.paper.delete(came)
    } else if (!one || !who) return
    else if (deed === 'confirm') {
      await college.run(who.confirm, (use) => confirm(use, campaign, id))
      one.state = 'confirmed'
    } else if (deed === 'return') {
      await college.run(who.return, (use) => returnToAuthor(use, campaign, id, 'Thiếu ảnh'))
      one.state = 'returned'
    } else if (deed === 'accept') {
      await college.run('board', (use) => accept(use, campaign, id, null))
      one.state = 'accepted'
    } else if (deed === 'board returns') {
      await college.run('board', (use) => returnToAuthor(use, campaign, id, 'Thiếu số liệu'))
      one.state = 'returned'
    } else if (deed === 'withdraw') {
      await college.run(one.author, (use) => withdraw(use, campaign, id))
      one.state = 'withdrawn'
    } else {
      // The office submits for any unit, so its submissions may move from one to another.
      await college.run(one.author, (use) => revise(use, campaign, id, content(idOf(unit), criterion)))
      Object.assign(one, { unit, criterion, state: 'submitted' })
    }
    known.done.add(deed)
  }
  for (let n = 0; n < steps; n++)
    await step(n, pick(deeds)).catch((error: unknown) => {
      if (!(error instanceof UserError)) throw error
    })
  return known
}

const papersOf = (known: Known, unit: number, criterion: string): number =>
  [...known.paper].filter((p) => p.startsWith(`${unit} ${criterion} `)).length

/** Whether the Board accepted evidence of a cell, or received its paper. */
const isAccepted = (known: Known, unit: number, criterion: string): boolean =>
  papersOf(known, unit, criterion) > 0 ||
  [...known.submissions.values()].some((s) => s.unit === unit && s.criterion === criterion && s.state === 'accepted')

/** Every cell, counted from the model alone. */
function recount(known: Known, units: number, criteria: readonly string[], kind: ReviewKind) {
  return Array.from({ length: units }, (_, unit) =>
    criteria.map((criterion): CellState => {
      const tally = { ...emptyTally }
      for (const s of known.submissions.values())
        if (s.unit === unit && s.criterion === criterion && s.state !== 'withdrawn') tally[s.state] += 1
      tally.paper = papersOf(known, unit, criterion)
      return cellState(tally, known.nil.has(`${unit} ${criterion} ${kind}`))
    }),
  )
}

async function holds(college: College, known: Known): Promise<void> {
  const { campaign, units, store } = college
  const criteria = criteriaOf(campaign).map((c) => c.code)
  expect(await store.read((tx) => verifyCounts(tx, campaign))).toEqual([])
  for (const kind of reviewKinds) {
    const cells = recount(known, units.length, criteria, kind)
    const lines = units.map((unit, i) => {
      const states = cells[i] as CellState[]
      const missing = criteria.filter((_, c) => isMissing(states[c] as CellState))
      return {
        unitId: unit.id,
        have: criteria.length - missing.length,
        waiting: states.filter((s) => s === 'waiting').length,
        missing,
      }
    })
    await store.read(async (tx) => {
      const { progress } = tx
      for (const line of lines) expect(await progress.standing(campaign.id, kind, line.unitId)).toEqual(line)
      expect(await progress.standings(campaign.id, kind)).toEqual(lines)
      const have = (group: string) =>
        lines.reduce((n, l) => n + criteria.filter((c) => c.startsWith(group) && !l.missing.includes(c)).length, 0)
      const { version, ...totals } = (await progress.totals(campaign.id, kind)) ?? { version: 0 }
      expect(version).toBeGreaterThan(0)
      expect(totals).toEqual({
        units: units.length,
        groups: { a: have('a'), b: have('b') },
        complete: lines.filter((l) => l.missing.length === 0).length,
        missing: lines.reduce((n, l) => n + l.missing.length, 0),
        waiting: lines.reduce((n, l) => n + l.waiting, 0),
      })
      const inOrder = lines
        .map((line, i) => ({ ...line, unit: { id: line.unitId, code: units[i]?.code, name: units[i]?.name } }))
        .sort((a, b) => a.have - b.have)
      expect(await progress.page(campaign.id, kind, 100, 0)).toEqual(inOrder)
      expect([
        ...(await progress.page(campaign.id, kind, 2, 0)),
        ...(await progress.page(campaign.id, kind, 2, 2)),
        ...(await progress.page(campaign.id, kind, 2, 4)),
      ]).toEqual(inOrder)
      // None of these units has sent its report.
      expect(await tx.unitReports.owing(campaign.id, kind)).toEqual(
        lines.map((l) => ({ unitId: l.unitId, missing: l.missing.length, report: 'draft' })),
      )
      const byCriterion = criteria.map((criterion, c) => {
        const count = (state: CellState) => cells.filter((row) => row[c] === state).length
        const accepted = units.filter((_, i) => isAccepted(known, i, criterion)).length
        const [waiting, nil] = [count('waiting'), count('nil')]
        const confirmed = count('confirmed') - accepted
        const paper = units.filter((_, i) => papersOf(known, i, criterion) > 0).length
        const [returned, missing] = [count('returned'), count('missing')]
        return { criterion, accepted, confirmed, waiting, nil, returned, missing, paper }
      })
      expect(await progress.missingByCriterion(campaign.id, kind, criteria)).toEqual(byCriterion)
      for (const [c, criterion] of criteria.entries())
        expect((await progress.unitsMissing(campaign.id, kind, criterion)).map((u) => u.code)).toEqual(
          units.filter((_, i) => isMissing(cells[i]?.[c] as CellState)).map((u) => u.code),
        )
    })
  }
}

/** The stored counts equal a recount. */
export function countsContract(open: OpenStore): void {
  describe('the stored counts', () => {
    it('say that everything is missing at first', async () => {
      const college = await foundCollege(await open(), 6)
      await holds(college, { submissions: new Map(), nil: new Set(), paper: new Set(), done: new Set() })
      await college.store.close()
    })

    it.each([1, 484, 20_240_311])('equal a recount after random actions (seed %i)', async (seed) => {
      const college = await foundCollege(await open(), 5)
      const known = await wander(college, seed, 250)
      // Every kind of action was allowed at least once.
      const states = new Set([...known.submissions.values()].map((s) => s.state))
      expect([...states].sort()).toEqual(['accepted', 'confirmed', 'returned', 'submitted', 'withdrawn'])
      expect(known.done).toEqual(new Set(deeds))
      await holds(college, known)
      await college.store.close()
    })

    it('follow a new roster: without a unit that no longer reports, with a new one', async () => {
      const college = await foundCollege(await open(), 4)
      const known = await wander(college, 7, 80)
      const { workspaceId } = college
      const roster = rosterOf(5)
      roster.units[3] = { code: 'K3', name: 'Khoa K3', kind: 'board', position: 3 }
      await college.write((tx) => importRoster({ tx, now: new Date(), newId: college.newId, workspaceId }, roster))
      const units = (await college.store.read((tx) => tx.units.list(workspaceId))).filter((u) => u.kind !== 'board')
      expect(units.map((u) => u.code)).toEqual(['K0', 'K1', 'K2', 'K4'])
      const submissions = new Map([...known.submissions].filter(([, s]) => s.unit !== 3))
      const [nil, paper] = [known.nil, known.paper].map((all) => new Set([...all].filter((n) => !n.startsWith('3 '))))
      await holds(
        { ...college, units },
        { ...known, submissions, nil: nil as Set<string>, paper: paper as Set<string> },
      )
      await college.store.close()
    })

    it('are named when they are wrong', async () => {
      const college = await foundCollege(await open(), 2)
      const { campaign, workspaceId, units } = college
      const unit = units[1] as (typeof units)[0]
      await college.write(async (tx) => {
        await tx.progress.addToTally(workspaceId, campaign.id, unit.id, 'a2', 'confirmed', 1)
        const line = { unitId: unit.id, have: 11, waiting: 0, missing: [] }
        await tx.progress.putStanding(workspaceId, campaign.id, 'final', unit, line)
      })
      const wrong = await college.store.read((tx) => verifyCounts(tx, campaign))
      expect(wrong).toEqual(['K1 a2', 'K1 preliminary', 'K1 final', 'final'])
      await college.store.close()
    })

    it('are named when they differ from the paper receipts in either direction', async () => {
      const college = await foundCollege(await open(), 2)
      const { campaign, workspaceId, units } = college
      const [one, two] = units.map((u) => u.id) as [string, string]
      const by = (await college.as('board')).person.id
      await college.write(async (tx) => {
        await tx.progress.addToTally(workspaceId, campaign.id, one, 'a2', 'paper', 1)
        const receipt = { unitId: two, criterion: 'b1', receivedOn: '2024-05-13' }
        await tx.paperReceipts.add(workspaceId, campaign.id, receipt, by, new Date())
      })
      const wrong = await college.store.read((tx) => verifyCounts(tx, campaign))
      expect(wrong.filter((w) => w.includes(' a') || w.includes(' b'))).toEqual(['K0 a2', 'K1 b1'])
      await college.store.close()
    })
  })
}
