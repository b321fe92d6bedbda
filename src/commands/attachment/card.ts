import { type Attachment, MAX_FILES, proposedExtensions } from '../../core/attachment/attachment.js'
import { criterionOf, submissionNumber } from '../../core/campaign/campaign.js'
import type { Tx } from '../../core/ports.js'
import type { SubmissionView } from '../../core/queries/submission-view.js'
import { mayBecome } from '../../core/submission/state.js'
import { plainText } from '../../text/rich.js'
import { vi } from '../../text/vi.js'
import { block, when } from '../blocks.js'
import type { OutgoingFile } from '../chat.js'
import type { Block, Button, Card, Field } from '../ui.js'

const { attachment: t } = vi

type Numbered = Pick<SubmissionView, 'submission' | 'campaign'>
const value = (s: Numbered) => ({ id: s.submission.id })

/** A line a file; for those who may, each with a button to take it away. */
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

/** Has the stored files sent to whoever presses it. */
export const showButtons = (s: SubmissionView): Button[] =>
  s.files.some((f) => f.state === 'stored') ? [{ label: t.show, action: 'attachment.show', value: value(s) }] : []

export const addButton = (s: Numbered): Button => ({ label: t.add, action: 'attachment.add', value: value(s) })

/** The field for photos and files. Which types are proposed is a hint only: what a file is, its bytes say. */
export const filesField = (id: string, optional: boolean, label: string = t.field): Field => ({
  kind: 'files',
  id,
  label,
  optional,
  hint: t.fieldHint,
  max: MAX_FILES,
  types: proposedExtensions,
})

/** Tells whoever added files together which of them failed; once they were sent again, that they were. */
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

/** The stored files of a submission as they are sent to somebody, and what is said beside them; undefined when it is gone. */
export async function shownFiles(
  tx: Tx,
  workspaceId: string,
  submissionId: string,
): Promise<{ comment: string; files: OutgoingFile[] } | undefined> {
  const submission = await tx.submissions.byId(workspaceId, submissionId)
  const campaign = submission && (await tx.campaigns.byId(workspaceId, submission.campaignId))
  if (!campaign) return undefined
  const unit = await tx.units.byId(workspaceId, submission.unitId)
  const criterion = vi.common.criterion(submission.criterion, criterionOf(campaign, submission.criterion)?.short ?? '')
  const files = await tx.attachments.ofSubmission(workspaceId, submissionId)
  return {
    comment: t.shown(submissionNumber(campaign, submission.number), criterion, unit?.name ?? ''),
    files: files.flatMap(({ state, name, sha256, size }) =>
      state === 'stored' && sha256 !== null ? [{ name, sha256, size }] : [],
    ),
  }
}
