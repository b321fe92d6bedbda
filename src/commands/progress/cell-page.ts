import type { Campaign } from '../../core/campaign/campaign.js'
import { may } from '../../core/people/access.js'
import type { Actor } from '../../core/people/person.js'
import type { CellEvidence } from '../../core/queries/progress/unit-status.js'
import type { SubmissionView } from '../../core/queries/submission/view.js'
import { vi } from '../../text/vi.js'
import { block } from '../blocks.js'
import { criterionLabel, numberOf, openButton } from '../submission/card.js'
import { paperBlocks, paperButtons } from '../submission/paper-receipt-card.js'
import type { Block, Page } from '../ui.js'

const { common, submission: ts } = vi

/** One unit and one criterion. */
export interface CellKey {
  unit: string
  criterion: string
}

/** What one unit handed in under one criterion, newest first. */
export function cellPage(
  actor: Actor,
  campaign: Campaign,
  { unit, criterion }: CellKey,
  { submissions, papers }: CellEvidence,
  timeZone: string,
): Page {
  const handIn = { label: ts.formTitle, action: 'submission.new', value: { unit, criterion } }
  const buttons = [...(may(actor, 'submission.submit', unit) ? [handIn] : []), ...paperButtons(actor, unit, criterion)]
  const blocks: Block[] = [
    block.text({ bold: criterionLabel(campaign, criterion) }),
    ...paperBlocks(actor, papers, timeZone),
    ...submissions.map(submissionItem),
  ]
  if (submissions.length + papers.length === 0) blocks.push(block.text(ts.none))
  if (buttons.length > 0) blocks.push(block.buttons(buttons))
  return { title: ts.cellTitle(criterion), blocks }
}

function submissionItem(s: SubmissionView): Block {
  const { state } = s.submission
  const line = ts.line(common.stateSign[state], numberOf(s), common.state[state])
  const files = s.files.length > 0 ? [` · ${vi.attachment.files(s.files.length)}`] : []
  return block.item([...(line as string[]), ` · ${s.authorName}`, ...files], [openButton(s)])
}
