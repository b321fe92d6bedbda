import { may } from '../../core/people/access.js'
import type { Actor } from '../../core/people/person.js'
import type { ReceiptView, SubmissionPageView } from '../../core/queries/submission/view.js'
import { mayBecome } from '../../core/submission/state.js'
import { vi } from '../../text/vi.js'
import { countBlocks, showButtons } from '../attachment/card.js'
import { block, when } from '../blocks.js'
import type { Block, Button, Page } from '../ui.js'
import {
  behalfBlocks,
  contentBlocks,
  criterionLabel,
  numberOf,
  outcomeBlocks,
  ownButtons,
  partButtons,
} from './card.js'

const { submission: t, common } = vi

/** The page of one submission, with the buttons that its reader may use. */
export function submissionPage(actor: Actor, s: SubmissionPageView): Page {
  const { submission, campaign } = s
  const part = {
    author: submission.authorId === actor.person.id,
    leads: may(actor, 'submission.confirm', submission.unitId),
    boardSees: s.writingId,
  }
  const history = { label: vi.audit.history, action: 'audit.history', value: { id: submission.id } }
  const mayRemove = may(actor, 'submission.attach', submission) && mayBecome(submission.state, 'submitted')
  const blocks: Block[] = [
    block.text(t.line(common.stateSign[submission.state], numberOf(s), common.state[submission.state])),
    block.note(criterionLabel(campaign, submission.criterion)),
    ...behalfBlocks(s),
    ...contentBlocks(s, Number.POSITIVE_INFINITY, mayRemove, may(actor, 'unit.seeAll')),
    ...outcomeBlocks(s),
    block.buttons([...partButtons(s, part), ...showButtons(s), history]),
  ]
  return { title: numberOf(s), blocks }
}

/** The page that replaces the form once it was stored. */
export function receiptPage(actor: Actor, s: ReceiptView, isRevised: boolean): Page {
  const { submission, campaign } = s
  const [number, criterion] = [numberOf(s), criterionLabel(campaign, submission.criterion)]
  const leads = may(actor, 'submission.confirm', submission.unitId)
  const more: Button = { label: t.more, action: 'submission.new', value: {} }
  return {
    title: isRevised ? t.savedTitle : t.receivedTitle,
    blocks: [
      block.text(isRevised ? t.saved(number, criterion) : t.received(number, criterion)),
      ...when(s.onBehalfOf, (unit) => block.note(t.onBehalf(unit, actor.person.fullName))),
      ...countBlocks(s.files),
      block.note(t.receivedNext(leads, s.headConfirms)),
      block.buttons(isRevised ? ownButtons(s) : [more, ...ownButtons(s)]),
    ],
  }
}
