import { criterionOf } from '../../core/campaign/campaign.js'
import type { MissingCell, ReminderPart } from '../../core/queries/reminder/parts.js'
import { vi } from '../../text/vi.js'
import { block } from '../blocks.js'
import { nilAllButton, nilButton, resubmitButton } from '../progress/status-card.js'
import { reportButton } from '../report/card.js'
import { waitingButton } from '../submission/waiting.js'
import type { Block } from '../ui.js'

const { reminder: t, common } = vi

/** Colleagues who are named under a unit; there are seldom two. */
const NAMED = 3

/** How many blocks of a message `unitBlocks` takes at most. */
export const blocksOf = ({ missing, leads, helpers }: ReminderPart): number =>
  2 + missing.length + (leads ? Math.min(NAMED, helpers.length) : 0)

/** A unit with each criterion that it lacks and what can be done about it. `cells`: the part's missing criteria. */
export function unitBlocks(part: ReminderPart, cells: readonly MissingCell[]): Block[] {
  const { unit, missing, kind, leads } = part
  return [
    block.text(t.unit(unit.name, missing.length, part.of)),
    ...cells.map((cell) => cellItem(part, cell)),
    block.buttons([
      { label: vi.submission.formTitle, action: 'submission.new', value: { unit: unit.id }, style: 'primary' },
      ...(leads && missing.length > 1 ? [nilAllButton(unit.id, kind, 'reminder')] : []),
    ]),
    ...(leads ? helperItems(part) : []),
  ]
}

function cellItem({ campaign, unit, kind, leads }: ReminderPart, { code, isReturned, ownReturnedId }: MissingCell) {
  const value = { unit: unit.id, criterion: code }
  const short = criterionOf(campaign, code)?.short ?? ''
  return block.row(
    [{ bold: code }, ` · ${short}`, isReturned ? ` – ${t.returned}` : ''],
    [
      ownReturnedId ? resubmitButton(ownReturnedId) : { label: common.submit, action: 'submission.new', value },
      ...(leads ? [nilButton(unit.id, code, kind, 'reminder')] : []),
      ...(isReturned ? [{ label: common.open, action: 'status.cell', value }] : []),
    ],
  )
}

const helperItems = ({ unit, kind, helpers }: ReminderPart): Block[] =>
  helpers
    .slice(0, NAMED)
    .map(({ id, name }) =>
      block.item(t.givenTo(name), [
        { label: t.cancelHandover, action: 'handover.back', value: { unit: unit.id, kind, person: id } },
      ]),
    )

/**
 * A unit in one line: what waits to be confirmed, its report alone, or what it lacks, with a button to its status. `plan`: after its name where several
 * campaigns run and no heading names this one.
 */
export const unitLine = ({ unit, kind, missing, of, report, waiting }: ReminderPart, plan = ''): Block =>
  missing.length === 0 && report === 'sent'
    ? block.item(t.waitingOf(unit.name + plan, waiting), [waitingButton(unit.id)])
    : missing.length === 0
      ? block.item(t.reportOnly(unit.name + plan, of, kind, report === 'rejected'), [
          reportButton(t.sendReport, unit.id, kind, 'primary'),
        ])
      : block.item(t.unitLine(unit.name + plan, missing, of), [
          { label: t.status, action: 'status.open', value: { unit: unit.id } },
        ])
