import { criteriaOf } from '../../core/campaign/campaign.js'
import { maySpeakFor, unitsOf } from '../../core/people/access.js'
import type { Unit } from '../../core/people/unit.js'
import { isMissing } from '../../core/progress/progress.js'
import { vi } from '../../text/vi.js'
import { nilAllButton, unitCells } from '../progress/status-card.js'
import type { Block } from '../ui.js'
import type { HomePart, HomeUse } from './part.js'

type Item = Extract<Block, { kind: 'item' }>
const { home: t } = vi
/** Criteria listed in full, over all units of one person: with their buttons about 40 of a home's 100 blocks. */
const LISTED = 20
const UNITS = 8

/** What is missing in the units that one leads, with all that a leader can do about it. */
export const ledPart: HomePart = (home) => lacking(home, (unit) => maySpeakFor(home.use.actor, unit.id))

/** What is missing in the units that one belongs to. */
export const ownPart: HomePart = (home) => lacking(home, (unit) => !maySpeakFor(home.use.actor, unit.id))

async function lacking(home: HomeUse, which: (unit: Unit) => boolean): Promise<Block[]> {
  const { use, campaign, kind } = home
  const units = unitsOf(use.actor).filter(which)
  const criteria = criteriaOf(campaign).length
  const blocks: Block[] = []
  let room = LISTED
  for (const unit of units.slice(0, UNITS)) {
    const cells = await unitCells(use, campaign, unit, kind)
    const missing = cells.filter((c) => isMissing(c.state))
    // Only who may take it back is shown what was said.
    const nil = cells.filter((c) => c.state === 'nil' && maySpeakFor(use.actor, unit.id))
    const text =
      missing.length === 0
        ? t.unitComplete(unit.name, criteria)
        : t.unitMissing(unit.name, criteria - missing.length, criteria)
    const inFull = missing.length + nil.length <= room
    const status = { label: t.status, action: 'status.open', value: { unit: unit.id } }
    blocks.push({ kind: 'item', text, buttons: inFull ? [] : [status] })
    if (!inFull) continue
    room -= missing.length + nil.length
    blocks.push(...missing.map((c) => mended(c.item)))
    if (missing.length > 1 && maySpeakFor(use.actor, unit.id))
      blocks.push({ kind: 'buttons', buttons: [nilAllButton(unit.id, kind, 'status')] })
    if (nil.length > 0) blocks.push({ kind: 'note', text: t.unitNil }, ...nil.map((c) => short(c.item)))
  }
  if (units.length > UNITS) blocks.push({ kind: 'note', text: t.unitsMore(units.length - UNITS) })
  return blocks
}

/** What the person is to mend stands with its buttons among what was returned. */
const mended = (item: Item): Item =>
  item.buttons.some((b) => b.action === 'submission.edit') ? { ...item, buttons: [] } : item

/** Under its title taking it back needs no more words; a reason is added where the unit's whole status is. */
const short = (item: Item): Item => ({
  ...item,
  buttons: item.buttons.filter((b) => b.action === 'nil.undo').map((b) => ({ ...b, label: t.undoNil })),
})
