import type { ReviewKind } from '../../core/campaign/review.js'
import { may } from '../../core/people/access.js'
import type { Actor } from '../../core/people/person.js'
import { isMissing } from '../../core/progress/progress.js'
import { missingCells, type UnitCell, type UnitStatus } from '../../core/queries/progress/unit-status.js'
import { plainText } from '../../text/rich.js'
import { vi } from '../../text/vi.js'
import { block, when } from '../blocks.js'
import { reviewLine } from '../review/review-line.js'
import { confirmAllButtons } from '../submission/confirm-all.js'
import { paperButtons } from '../submission/paper-receipt-card.js'
import type { Block, Button, Card } from '../ui.js'

const { status: t, common, submission: ts, nilReport: tn, paperReceipt: paper } = vi

/** A unit's card for one review, with the buttons that the person may press. */
export function statusCard(actor: Actor, status: UnitStatus): Card {
  const { unit, deadline, hasDates, cells, isCounted, timeZone } = status
  const { kind, closedAt } = deadline
  const missing = missingCells(cells)
  const present = cells.filter((c) => !isMissing(c.state))
  const waiting = cells.reduce((n, c) => n + c.waiting, 0)
  const title = t.have(present.length, cells.length)
  const isOpen = closedAt === undefined
  const item = (cell: UnitCell) => cellItem(actor, unit.id, kind, cell, isOpen)
  const paperRow = isOpen ? paperButtons(actor, unit.id) : []
  return {
    summary: `${unit.name}: ${plainText(title)}`,
    blocks: [
      block.heading(t.title(unit.name)),
      block.text(isCounted ? title : t.notCounted),
      block.note([
        reviewLine(deadline, timeZone) ?? t.noDate(hasDates ? kind : undefined),
        ...(waiting > 0 ? [` · ${t.waiting(waiting, may(actor, 'submission.confirm', unit.id))}`] : []),
      ]),
      ...confirmAllButtons(isOpen ? status.waiting : [], kind),
      ...titled(t.missingTitle, missing.map(item)),
      ...when(isOpen && may(actor, 'nilReport.say', unit.id) && missing.length > 1, () =>
        block.buttons([nilAllButton(unit.id, kind, 'status')]),
      ),
      ...titled(t.haveTitle, present.map(item)),
      ...when(paperRow.length > 0, () => block.buttons(paperRow)),
    ],
  }
}

const titled = (title: string, items: readonly Block[]): Block[] =>
  items.length > 0 ? [block.text({ bold: title }), ...items] : []

export type RowBlock = Extract<Block, { kind: 'row' }>

/** One criterion of a unit, with the buttons that the person may press; once the review is closed, only to look. */
export const cellItem = (actor: Actor, unitId: string, kind: ReviewKind, cell: UnitCell, isOpen = true): RowBlock =>
  block.row(
    t.cell(common.cellSign[cell.state], cell.criterion.code, cell.criterion.short, describe(cell)),
    isOpen ? cellButtons(actor, unitId, kind, cell) : seeButtons(unitId, cell),
  )

function describe({ state, nilReason, confirmed, waiting, paperDates }: UnitCell): string {
  if (state === 'missing') return ''
  if (state === 'nil' && nilReason) return tn.because(nilReason)
  if (state === 'nil' || state === 'returned') return common.cell[state]
  const handedIn =
    confirmed > 0 && waiting > 0
      ? t.both(confirmed, waiting)
      : confirmed > 0
        ? t.confirmed(confirmed)
        : waiting > 0
          ? t.waitingCell(waiting)
          : ''
  return [handedIn, paperDates.length > 0 ? paper.cell(paperDates) : ''].filter(Boolean).join(' · ')
}

const seeButton = (unit: string, { criterion }: UnitCell): Button => ({
  label: common.open,
  action: 'status.cell',
  value: { unit, criterion: criterion.code },
})

const seeButtons = (unit: string, cell: UnitCell): Button[] =>
  cell.state === 'missing' || cell.state === 'nil' ? [] : [seeButton(unit, cell)]

function cellButtons(actor: Actor, unit: string, kind: ReviewKind, cell: UnitCell): Button[] {
  const { state, nilReason, ownReturnedId } = cell
  const criterion = cell.criterion.code
  const maySayNil = may(actor, 'nilReport.say', unit)
  const value = { unit, criterion }
  const see = seeButton(unit, cell)
  if (state === 'nil' && maySayNil)
    return [
      ...(nilReason ? [] : [{ ...nilButton(unit, criterion, kind, 'status'), label: tn.addReason }]),
      { label: tn.undo, action: 'nil.undo', value: { ...value, kind } },
    ]
  if (state === 'nil') return []
  if (!isMissing(state)) return [see]
  return [
    ...(ownReturnedId
      ? [resubmitButton(ownReturnedId)]
      : may(actor, 'submission.submit', unit)
        ? [{ label: common.submit, action: 'submission.new', value }]
        : []),
    ...(maySayNil ? [nilButton(unit, criterion, kind, 'status')] : []),
    ...(state === 'returned' ? [see] : []),
  ]
}

/** Opens the person's own returned submission, to be corrected and handed in again. */
export const resubmitButton = (id: string): Button => ({
  label: ts.resubmit,
  action: 'submission.edit',
  value: { id },
  style: 'primary',
})

export const nilButton = (unit: string, criterion: string, kind: ReviewKind, from: 'status' | 'reminder'): Button => ({
  label: common.nil,
  action: 'nil',
  value: { unit, criterion, kind, from },
})

/** Reports nothing for every missing criterion; offered where more than one is missing. */
export const nilAllButton = (unit: string, kind: ReviewKind, from: 'status' | 'reminder'): Button => ({
  label: tn.all,
  action: 'nil.all',
  value: { unit, kind, from },
})
