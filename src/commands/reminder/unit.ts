import { criterionOf } from '../../core/campaign/campaign.js'
import type { Tx } from '../../core/ports.js'
import { ownReturnedId } from '../../core/queries/progress/unit-status.js'
import { vi } from '../../text/vi.js'
import { block } from '../blocks.js'
import { nilAllButton, nilButton, resubmitButton } from '../progress/status-card.js'
import { reportButton } from '../report/card.js'
import type { Block, Button } from '../ui.js'
import type { ReminderPart } from './part.js'

const { reminder: t, common } = vi

/** Colleagues who are named under a unit; there are seldom two. */
const NAMED = 3

/** How many blocks of a message `unitBlocks` takes at most: an item with several buttons takes two. */
export const blocksOf = ({ missing, leads, helpers }: ReminderPart): number =>
  1 + 2 * missing.length + (leads && missing.length > 1 ? 1 : 0) + (leads ? Math.min(NAMED, helpers.length) : 0)

/** A unit with what can be done about each criterion that it lacks, in the plan's order. */
export async function unitBlocks(tx: Tx, part: ReminderPart, personId: string): Promise<Block[]> {
  const { campaign, unit, missing, kind, leads } = part
  const tallies = await tx.progress.talliesOf(campaign.id, unit.id)
  const blocks: Block[] = [block.text(t.unit(unit.name, missing.length, part.of))]
  for (const code of missing) {
    const value = { unit: unit.id, criterion: code }
    const returned = (tallies.get(code)?.returned ?? 0) > 0
    const own = returned ? await ownReturnedId(tx, campaign, unit.id, code, personId) : undefined
    blocks.push(
      block.item(
        [{ bold: code }, ` · ${criterionOf(campaign, code)?.short ?? ''}`, returned ? ` – ${t.returned}` : ''],
        [
          own ? resubmitButton(own) : { label: common.submit, action: 'submission.new', value },
          ...(leads ? [nilButton(unit.id, code, kind, 'reminder')] : []),
          ...(returned ? [{ label: common.open, action: 'status.cell', value }] : []),
        ],
      ),
    )
  }
  if (leads && missing.length > 1) blocks.push(block.buttons([nilAllButton(unit.id, kind, 'reminder')]))
  return [...blocks, ...(leads ? helperItems(part) : [])]
}

const helperItems = ({ unit, kind, helpers }: ReminderPart): Block[] =>
  helpers
    .slice(0, NAMED)
    .map(({ id, name }) =>
      block.item(t.givenTo(name), [
        { label: t.takeBack, action: 'handover.back', value: { unit: unit.id, kind, person: id } },
      ]),
    )

/** A unit in one line: its report alone, or what it lacks, to be dealt with on its own page. */
export function unitLine({ unit, kind, missing, of, report }: ReminderPart): Block {
  const open: Button = { label: t.status, action: 'status.open', value: { unit: unit.id } }
  return missing.length === 0
    ? block.item(t.reportOnly(unit.name, of, kind, report === 'rejected'), [
        reportButton(t.sendReport, unit.id, kind, 'primary'),
      ])
    : block.item(t.unitLine(unit.name, missing, of), [open])
}
