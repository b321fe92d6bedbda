import { type Attachment, MAX_FILES, proposedExtensions } from '../../core/attachment/attachment.js'
import { criterionOf, submissionNumber } from '../../core/campaign/campaign.js'
import type { StoredFilesView } from '../../core/queries/submission/files.js'
import type { InCampaign, SubmissionView } from '../../core/queries/submission/view.js'
import { mayBecome } from '../../core/submission/state.js'
import { plainText } from '../../text/rich.js'
import { vi } from '../../text/vi.js'
import { block, when } from '../blocks.js'
import type { Block, Button, Card, Field } from '../ui.js'

const { attachment: t } = vi

const value = (s: InCampaign) => ({ id: s.submission.id })

/** One line for each file; with a button to remove it, for a reader who may. */
export function fileBlocks(files: readonly Attachment[], mayRemove = false): Block[] {
  if (files.length === 0) return []
  if (!mayRemove) return [block.note(files.map(t.line).join('\n'))]
  return files.map((file) => block.item(t.line(file), [removeButton(file)]))
}

const removeButton = ({ id, name }: Attachment): Button => ({
  label: t.remove,
  action: 'attachment.remove',
  value: { id },
  ask: { title: t.removeTitle, text: t.removeAsk(name), yes: t.remove, no: vi.common.cancel },
})

/** "3 tệp: 2 đã lưu, 1 đang lưu"; nothing where there are none. */
export const countBlocks = (files: readonly Attachment[]): Block[] =>
  files.length > 0 ? [block.note(t.count(files))] : []

/** The button that has the stored files sent to the person who presses it. */
export const showButtons = (s: SubmissionView): Button[] =>
  s.files.some((f) => f.state === 'stored') ? [{ label: t.show, action: 'attachment.show', value: value(s) }] : []

export const addButton = (s: InCampaign): Button => ({ label: t.add, action: 'attachment.add', value: value(s) })

/** The field for photos and files. The proposed types are a hint only: the kind of a file is detected from its bytes. */
export const filesField = (id: string, optional: boolean, label: string = t.field): Field => ({
  kind: 'files',
  id,
  label,
  optional,
  hint: t.fieldHint,
  max: MAX_FILES,
  types: proposedExtensions,
})

/**
 * Reports to the person who added files which of them failed, and later that they were sent again. Null when nothing
 * failed and nothing was reported before. `addedAt`: when the files were added, as ISO 8601.
 */
export function failedCard(s: SubmissionView, addedAt: string, isSent: boolean): Card | null {
  const number = submissionNumber(s.campaign, s.submission.number)
  const failed = s.files.filter((f) => f.state === 'failed' && f.createdAt.toISOString() === addedAt)
  if (failed.length === 0) {
    const text = t.failedMended(number)
    return isSent ? { summary: plainText(text), blocks: [block.text(text)] } : null
  }
  const open = mayBecome(s.submission.state, 'submitted')
  const resend: Button = { label: t.resend, action: 'attachment.add', value: { ...value(s), resend: true } }
  return {
    summary: t.failedSummary(number, failed.length),
    blocks: [
      block.text(t.failed(number, failed.length)),
      block.text(failed.map(t.line).join('\n')),
      block.note(open ? t.failedSafe : t.failedClosed),
      ...when(open, () => block.buttons([{ ...resend, style: 'primary' }])),
    ],
  }
}

/** The comment with which the stored files of a submission are sent to somebody. */
export const filesComment = ({ submission, campaign, unitName }: StoredFilesView): string =>
  t.shown(
    submissionNumber(campaign, submission.number),
    vi.common.criterion(submission.criterion, criterionOf(campaign, submission.criterion)?.short ?? ''),
    unitName,
  )
