import type { Attachment } from '../../core/attachment/attachment.js'
import type { FileDrop } from '../../core/attachment/file-drop.js'
import type { InCampaign } from '../../core/queries/submission/view.js'
import { plainText } from '../../text/rich.js'
import { vi } from '../../text/vi.js'
import { block, when } from '../blocks.js'
import { numberOf, openButton } from '../submission/card.js'
import type { Card } from '../ui.js'
import { fileBlocks } from './card.js'

const { attachment: t } = vi

const looksLikePhoto = (name: string): boolean => /\.(jpe?g|jpe|jfif|png|heic|heif|hif|webp)$/i.test(name)

/** The files of a drop, with a button that turns them into a submission. `tooMany`: how many were left out. */
export function dropCard(drop: FileDrop, files: readonly Attachment[], tooMany: number): Card {
  const title = t.drop(files.filter((f) => looksLikePhoto(f.name)).length, files.length)
  return {
    summary: plainText(title),
    blocks: [
      block.text(title),
      ...fileBlocks(files),
      ...when(tooMany > 0, () => block.note(t.dropTooMany(tooMany))),
      block.buttons([{ label: t.dropOpen, action: 'drop.open', value: { id: drop.id }, style: 'primary' }]),
    ],
  }
}

/** Replaces the card of a drop once it became a submission. */
export function dropUsedCard(s: InCampaign): Card {
  const number = numberOf(s)
  return {
    summary: t.dropUsedSummary(number),
    blocks: [block.item(t.dropUsed(number), [openButton(s)])],
  }
}
