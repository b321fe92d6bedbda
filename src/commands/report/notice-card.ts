import { type Campaign, criteriaOf } from '../../core/campaign/campaign.js'
import type { ReviewKind } from '../../core/campaign/review.js'
import type { Unit } from '../../core/people/unit.js'
import type { ReportOffer, UnitReportView } from '../../core/queries/report/unit-report.js'
import type { UnitReport } from '../../core/report/report.js'
import { plainText } from '../../text/rich.js'
import { vi } from '../../text/vi.js'
import { block, when } from '../blocks.js'
import { shorten } from '../shorten.js'
import type { Card } from '../ui.js'
import { decideButtons, gapNotes, reportButton, stateBlocks } from './card.js'
import { totalsText } from './lines.js'

const { unitReport: t, common } = vi

/** Offers the report of a complete unit; afterwards shows that it was sent, or that the unit is no longer complete. */
export function offerCard(campaign: Campaign, { unit, kind, state, isComplete, isClosed }: ReportOffer): Card {
  if (state !== 'draft' || isClosed) {
    const text = t.offerDone(unit.name, kind, state, isClosed)
    return {
      summary: plainText(text),
      blocks: [block.text(text), block.buttons([reportButton(common.open, unit.id, kind)])],
    }
  }
  const text = isComplete ? t.offer(unit.name, kind, criteriaOf(campaign).length) : t.offerStale(unit.name)
  const button = isComplete
    ? reportButton(t.viewAndSend, unit.id, kind, 'primary')
    : { label: t.status, action: 'status.open', value: { unit: unit.id, kind } }
  return {
    summary: isComplete ? t.offerSummary(unit.name, kind) : plainText(text),
    blocks: [block.text(text), block.buttons([button])],
  }
}

const requestTitle = (unit: string, kind: ReviewKind, round: number) =>
  round > 1 ? t.requestAgain(unit, kind, round) : t.request(unit, kind)

/** The request for a report that was sent again since. */
export const supersededCard = (unit: string, kind: ReviewKind, round: number): Card => ({
  summary: t.superseded,
  blocks: [block.text(requestTitle(unit, kind, round)), block.note(t.superseded)],
})

/** Replaces the message about a sending that the unit took back. */
export const takenBackCard = (unit: string, kind: ReviewKind, round: number): Card => ({
  summary: t.takenBackForBoard,
  blocks: [block.text(requestTitle(unit, kind, round)), block.note(t.takenBackForBoard)],
})

/** Asks the Command Board to approve or reject a report. */
export function requestCard(s: UnitReportView, round: number): Card {
  const { unit, report } = s
  const content = s.sent?.content ?? s.content
  const texts = (
    [
      [t.selfAssessment, content.selfAssessment],
      [t.difficulties, content.difficulties],
    ] as const
  )
    .filter(([, text]) => text !== '')
    .map(([label, text]) => block.text([{ bold: `${label}: ` }, shorten(text, 500)]))
  return {
    summary: t.requestSummary(unit.name, report.kind),
    blocks: [
      block.text(requestTitle(unit.name, report.kind, round)),
      ...stateBlocks(s),
      block.text(totalsText(content)),
      ...gapNotes({ content }),
      ...texts,
      block.buttons([reportButton(common.open, unit.id, report.kind), ...decideButtons(s, 'notice')]),
    ],
  }
}

/** What the Command Board decided on one sending of a report. */
export interface ReportOutcome {
  round: number
  state: 'approved' | 'rejected'
  by: string
  reason: string | null
}

/** Reports the decision; a rejection has the button to send again until that is done. */
export function outcomeCard(unit: Unit, report: UnitReport, { round, state, by, reason }: ReportOutcome): Card {
  const text = t.outcome[state](unit.name, report.kind, by)
  const isOpen = state === 'rejected' && report.state === 'rejected' && report.round === round
  return {
    summary: plainText(text),
    blocks: [
      block.text(text),
      ...when(reason, (reason) => block.text(t.reason(reason))),
      block.buttons([
        reportButton(isOpen ? t.viewAndResend : common.open, unit.id, report.kind, isOpen ? 'primary' : undefined),
      ]),
    ],
  }
}
