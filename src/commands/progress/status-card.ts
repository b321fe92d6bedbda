import { calendarOf } from '../../core/calendar/holiday-calendar.js'
import { workingDaysLeft } from '../../core/calendar/working-day.js'
import { type Campaign, criteriaOf, currentReviewKind } from '../../core/campaign/campaign.js'
import type { ReviewKind } from '../../core/campaign/review.js'
import { localDate } from '../../core/date.js'
import { maySpeakFor, maySubmitFor } from '../../core/people/access.js'
import type { Unit } from '../../core/people/unit.js'
import type { Tx } from '../../core/ports.js'
import { type CellState, cellState, isMissing, type Tally } from '../../core/progress/progress.js'
import type { UseCase } from '../../core/use-case.js'
import { plainText } from '../../text/rich.js'
import { vi } from '../../text/vi.js'
import { paperButtons } from '../submission/paper-receipt-card.js'
import type { Block, Button, Card } from '../ui.js'

const { status: t, common, submission: ts, nil: tn, paperReceipt: paper } = vi

/** The unit's card for one review, the current one unless it is named, with the buttons that the person may press. */
export async function statusCard(use: UseCase, campaign: Campaign, unit: Unit, named?: ReviewKind): Promise<Card> {
  const today = localDate(use.now, use.timeZone)
  const reviews = await use.tx.reviews.list(campaign.id)
  const kind = named ?? currentReviewKind(reviews, today)
  const review = reviews.find((r) => r.kind === kind)
  const isWorkingDay = await calendarOf(use.tx, campaign.workspaceId)
  const cells = await unitCells(use, campaign, unit, kind)
  const [missing, standing] = [cells.filter((c) => isMissing(c.state)), cells.filter((c) => !isMissing(c.state))]
  const waiting = cells.reduce((n, c) => n + c.waiting, 0)
  const title = t.have(standing.length, cells.length)
  const onPaper = paperButtons(use.actor, unit.id)
  return {
    summary: `${unit.name}: ${plainText(title)}`,
    blocks: [
      { kind: 'heading', text: t.title(unit.name) },
      { kind: 'text', text: title },
      {
        kind: 'note',
        text: [
          review
            ? t.daysLeft(review.kind, review.date, workingDaysLeft(today, review.date, isWorkingDay))
            : t.noDate(reviews.length > 0 ? kind : undefined),
          ...(waiting > 0 ? [` · ${t.waiting(waiting)}`] : []),
        ],
      },
      ...under(t.missingTitle, missing),
      ...(maySpeakFor(use.actor, unit.id) && missing.length > 1
        ? [{ kind: 'buttons', buttons: [nilAllButton(unit.id, kind, 'status')] } as Block]
        : []),
      ...under(t.haveTitle, standing),
      ...(onPaper.length > 0 ? [{ kind: 'buttons', buttons: onPaper } as Block] : []),
    ],
  }
}

const under = (title: string, cells: readonly Cell[]): Block[] =>
  cells.length > 0 ? [{ kind: 'text', text: { bold: title } }, ...cells.map((c) => c.item)] : []

/** One criterion of a unit, with the buttons that the person may press. */
export interface Cell {
  state: CellState
  /** Submissions that wait for the head. */
  waiting: number
  item: Extract<Block, { kind: 'item' }>
}

/** Every criterion of a unit for one review, in the plan's order. */
export async function unitCells(use: UseCase, campaign: Campaign, unit: Unit, kind: ReviewKind): Promise<Cell[]> {
  const { tx, actor } = use
  const tallies = await tx.progress.talliesOf(campaign.id, unit.id)
  const said = (await tx.nilReports.ofUnit(campaign.id, unit.id)).filter((n) => n.reviewKind === kind)
  const nil = new Map(said.map((n) => [n.criterion, n.reason]))
  const may = { submit: maySubmitFor(actor, unit.id), nil: maySpeakFor(actor, unit.id) }
  const papers = await paperDates(tx, campaign, unit, tallies)
  const cells: Cell[] = []
  for (const c of criteriaOf(campaign)) {
    const tally = tallies.get(c.code)
    const state = cellState(tally, nil.has(c.code))
    const what = describe(state, tally, nil.get(c.code), papers.get(c.code))
    const text = t.cell(common.cellSign[state], c.code, c.short, what)
    const own = state === 'returned' ? await returnedOf(tx, campaign, unit.id, c.code, actor.person.id) : undefined
    const buttons = cellButtons(unit, c.code, state, kind, may, own, nil.get(c.code))
    cells.push({ state, waiting: tally?.submitted ?? 0, item: { kind: 'item', text, buttons } })
  }
  return cells
}

/** The person's own returned submission under one criterion, to be mended rather than handed in a second time. */
export async function returnedOf(
  tx: Tx,
  campaign: Campaign,
  unitId: string,
  criterion: string,
  personId: string,
): Promise<Button | undefined> {
  const list = await tx.submissions.ofCell(campaign.id, unitId, criterion)
  const own = list.find((s) => s.state === 'returned' && s.authorId === personId)
  return own && { label: ts.resubmit, action: 'submission.edit', value: { id: own.id }, style: 'primary' }
}

/** When paper came in for each criterion; asked for only where some did. */
async function paperDates(tx: Tx, campaign: Campaign, unit: Unit, tallies: ReadonlyMap<string, Tally>) {
  const dates = new Map<string, string[]>()
  if (![...tallies.values()].some((tally) => tally.paper > 0)) return dates
  for (const p of await tx.paperReceipts.ofUnit(campaign.id, unit.id))
    dates.set(p.criterion, [...(dates.get(p.criterion) ?? []), p.receivedOn])
  return dates
}

function describe(
  state: CellState,
  tally: Tally | undefined,
  reason: string | null | undefined,
  papers: readonly string[] | undefined,
): string {
  if (state === 'missing') return ''
  if (state === 'nil' && reason) return tn.because(reason)
  if (state === 'nil' || state === 'returned') return common.cell[state]
  const done = (tally?.confirmed ?? 0) + (tally?.accepted ?? 0)
  const waiting = tally?.submitted ?? 0
  const handedIn =
    done > 0 && waiting > 0
      ? t.both(done, waiting)
      : done > 0
        ? t.confirmed(done)
        : waiting > 0
          ? t.waitingCell(waiting)
          : ''
  return [handedIn, papers ? paper.cell(papers) : ''].filter(Boolean).join(' · ')
}

function cellButtons(
  unit: Unit,
  criterion: string,
  state: CellState,
  kind: ReviewKind,
  may: { submit: boolean; nil: boolean },
  mend: Button | undefined,
  reason: string | null | undefined,
): Button[] {
  const value = { unit: unit.id, criterion }
  const see: Button = { label: common.open, action: 'status.cell', value }
  if (state === 'nil' && may.nil)
    return [
      ...(reason ? [] : [{ ...nilButton(unit.id, criterion, kind, 'status'), label: tn.addReason }]),
      { label: tn.undo, action: 'nil.undo', value: { ...value, kind } },
    ]
  if (state === 'nil') return []
  if (!isMissing(state)) return [see]
  return [
    ...(mend ? [mend] : may.submit ? [{ label: common.submit, action: 'submission.new', value }] : []),
    ...(may.nil ? [nilButton(unit.id, criterion, kind, 'status')] : []),
    ...(state === 'returned' ? [see] : []),
  ]
}

export const nilButton = (unit: string, criterion: string, kind: ReviewKind, from: 'status' | 'reminder'): Button => ({
  label: common.nil,
  action: 'nil',
  value: { unit, criterion, kind, from },
})

/** Worth having where more than one is left. */
export const nilAllButton = (unit: string, kind: ReviewKind, from: 'status' | 'reminder'): Button => ({
  label: tn.all,
  action: 'nil.all',
  value: { unit, kind, from },
})
