import type { SubmissionView } from '../../core/queries/submission/view.js'
import { vi } from '../../text/vi.js'
import { block } from '../blocks.js'
import type { Block } from '../ui.js'

const { duplicate: t } = vi

/** Points out other submissions that may be the same achievement; `opensAny`: the reader may see every unit. */
export const duplicateBlocks = ({ submission, duplicates }: SubmissionView, opensAny = false): Block[] =>
  duplicates.map(({ submission: other, unitName, number, why }): Block => {
    const isOwnUnit = other.unitId === submission.unitId
    const text = why === 'file' ? t.file(number, isOwnUnit ? undefined : unitName) : t.text(number)
    const open = { label: t.open(number), action: 'submission.open', value: { id: other.id } }
    return block.item(text, isOwnUnit || opensAny ? [open] : [])
  })
