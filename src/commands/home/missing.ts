import { may } from '../../core/people/access.js'
import type { UnitsData } from '../../core/queries/home/data.js'
import { missingCells, type UnitCell } from '../../core/queries/progress/unit-status.js'
import { vi } from '../../text/vi.js'
import { block } from '../blocks.js'
import { cellItem, nilAllButton, type RowBlock } from '../progress/status-card.js'
import type { Block } from '../ui.js'
import type { HomePart, HomeView } from './part.js'

const { home: t } = vi

/** Criteria listed one by one over all units. */
const LISTED = 20

/** Missing criteria of the units that the person leads, with every action of a leader. */
export const ledUnitsPart: HomePart = (home) => unitBlocks(home, home.data.led)

/** Missing criteria of the person's other units. */
export const memberUnitsPart: HomePart = (home) => unitBlocks(home, home.data.member)

function unitBlocks({ actor, data }: HomeView, units: UnitsData): Block[] {
  const blocks: Block[] = []
  let room = LISTED
  for (const { unit, kind, cells, isClosed } of units.first) {
    const leads = may(actor, 'nilReport.say', unit.id)
    const missing = missingCells(cells)
    // Only a leader can withdraw a nil report.
    const nil = cells.filter((c) => c.state === 'nil' && leads && !isClosed)
    const ahead = kind === data.deadline.kind ? undefined : kind
    const text =
      missing.length === 0
        ? t.unitComplete(unit.name, cells.length, ahead)
        : t.unitMissing(unit.name, cells.length - missing.length, cells.length, ahead)
    const fits = missing.length + nil.length <= room
    const status = { label: t.status, action: 'status.open', value: { unit: unit.id, kind } }
    blocks.push(block.item(text, fits ? [] : [status]))
    if (!fits) continue
    room -= missing.length + nil.length
    const isOpen = !isClosed
    const item = (cell: UnitCell) => cellItem(actor, unit.id, kind, cell, isOpen)
    blocks.push(...missing.map(item).map(withoutResubmit))
    if (missing.length > 1 && leads && isOpen) blocks.push(block.buttons([nilAllButton(unit.id, kind, 'status')]))
    if (nil.length > 0) blocks.push(block.note(t.unitNil), ...nil.map(item).map(onlyUndo))
  }
  const more = units.total - units.first.length
  if (more > 0) blocks.push(block.note(t.unitsMore(more)))
  return blocks
}

/** The person's own returned submissions have their buttons in the part of returned ones. */
const withoutResubmit = (item: RowBlock): RowBlock =>
  item.buttons.some((b) => b.action === 'submission.edit') ? { ...item, buttons: [] } : item

/** A nil report with a short button to withdraw it; a reason is added on the unit's status card. */
const onlyUndo = (item: RowBlock): RowBlock => ({
  ...item,
  buttons: item.buttons.filter((b) => b.action === 'nil.undo').map((b) => ({ ...b, label: t.undoNil })),
})
