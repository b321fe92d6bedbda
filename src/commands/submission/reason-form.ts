import type { SubmissionView } from '../../core/queries/submission/view.js'
import { vi } from '../../text/vi.js'
import { block } from '../blocks.js'
import type { Form } from '../ui.js'
import { numberOf } from './card.js'

const { submission: t } = vi

/** Asks for the reason of a return in the field `reason`, which the author will read. */
export const reasonForm = (s: SubmissionView, id: string, hidden: Record<string, unknown>): Form => ({
  id,
  title: t.returnTitle,
  submit: t.returnSubmit,
  hidden,
  fields: [
    block.note(t.authorLine(s.authorName, numberOf(s))),
    {
      kind: 'text',
      id: 'reason',
      label: t.returnReason,
      multiline: true,
      max: 1000,
      hint: t.returnReasonHint,
      placeholder: t.returnReasonPlaceholder,
    },
  ],
})
