import type { ReminderPart } from '../../core/queries/reminder/parts.js'
import { vi } from '../../text/vi.js'
import { block, when } from '../blocks.js'
import { taggedBlocks } from '../campaign-tag.js'
import type { Button, Page } from '../ui.js'
import { unitLine } from './unit-blocks.js'

const { reminder: t, common } = vi

/** Lists every unit of a reminder that owes something. `page`: from 0; `suffix`: what its buttons carry. */
export function unitsPage(owed: readonly ReminderPart[], suffix: string, page: number, perPage: number): Page {
  const turn = (label: string, to: number): Button => ({
    label,
    action: 'reminder.units',
    value: { k: suffix, page: to },
  })
  const turns = [
    ...(page > 0 ? [turn(common.previous, page - 1)] : []),
    ...(owed.length > (page + 1) * perPage ? [turn(common.next, page + 1)] : []),
  ]
  const missing = owed.reduce((n, p) => n + p.missing.length, 0)
  return {
    title: t.unitsPage,
    blocks: [
      block.text(owed.length > 0 ? t.unitsTitle(owed.length, missing) : t.doneSummary),
      ...owed
        .slice(page * perPage, (page + 1) * perPage)
        .flatMap((p) => taggedBlocks(p.campaign.id, [unitLine(p, vi.campaign.after(p.named))])),
      ...when(turns.length > 0, () => block.buttons(turns)),
    ],
  }
}
