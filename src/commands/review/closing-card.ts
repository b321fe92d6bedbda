import type { ReviewKind } from '../../core/campaign/review.js'
import type { CampaignName } from '../../core/campaign/running.js'
import type { ClosedReview, ClosingPreview } from '../../core/queries/review/closing-preview.js'
import { showInstant } from '../../text/index.js'
import { plainText } from '../../text/rich.js'
import { vi } from '../../text/vi.js'
import { block, when } from '../blocks.js'
import { shorten } from '../shorten.js'
import type { Block, Button, Card } from '../ui.js'

const { closing: t, common } = vi

/** Units named in one line. */
const NAMED = 12

/** Opens the preview of a closing. */
export const closeButton = (kind: ReviewKind, style?: 'primary'): Button => ({
  label: t.close(kind),
  action: 'review.preview',
  value: { kind },
  style,
})

/** Opens the form that reopens a review. */
export const reopenButton = (kind: ReviewKind): Button => ({
  label: t.reopen(kind),
  action: 'review.reopen',
  value: { kind },
})

const campaignNote = ({ number, title }: CampaignName): Block => block.note(vi.menu.campaign(number, title))

const summaryButton = (kind: ReviewKind): Button => ({
  label: vi.menu.labels.tonghop ?? '',
  action: 'summary',
  value: { kind, view: 'unit', page: 0 },
})

/** What will be frozen, who is late and what still waits, with the button that closes the review, under a `note`. */
export function previewCard(preview: ClosingPreview, note?: string): Card {
  const { named: campaign, seen, review, totals, reports, tally, owing, late, undecided } = preview
  const { kind, date } = review
  const title = t.previewTitle(kind, date)
  const named = (units: readonly string[]) => [units.slice(0, NAMED), Math.max(0, units.length - NAMED)] as const
  return {
    summary: title,
    blocks: [
      ...when(note, block.text),
      block.heading(title),
      ...when(campaign, campaignNote),
      block.text(t.previewWhat(kind)),
      block.text(t.totals(totals.complete, totals.units, totals.missing)),
      block.text(t.evidence(tally.accepted, tally.confirmed, tally.submitted)),
      block.text(t.reports(reports)),
      ...when(late.length > 0, () => block.text(t.late(late.length, owing, ...named(late)))),
      ...when(undecided.length > 0, () => block.text(t.undecided(undecided.length, ...named(undecided)))),
      block.buttons([
        {
          label: t.close(kind),
          action: 'review.close',
          value: { kind, ...seen },
          style: 'primary',
          ask: {
            title: t.askTitle(kind),
            text: t.ask(kind, date, owing, undecided.length),
            yes: t.close(kind),
            no: common.cancel,
          },
        },
        summaryButton(kind),
      ]),
    ],
  }
}

/** The record of a closing: what was frozen, by whom; whether it was reopened since, and why. */
export function closedCard(of: ClosedReview, timeZone: string): Card {
  const { closing, reports, submissions, closedByName } = of
  const { kind, reviewDate, closedAt, totals } = closing
  const text = t.closed(kind, reviewDate, showInstant(closedAt, timeZone), closedByName)
  return {
    summary: plainText(text),
    blocks: [
      block.text(text),
      ...when(of.named, campaignNote),
      block.text(t.totals(totals.complete, totals.units, totals.missing)),
      block.note([t.counted(submissions), t.reports(reports)].join(' ')),
      ...reopenedBlocks(of, timeZone),
      block.buttons([summaryButton(kind)]),
    ],
  }
}

function reopenedBlocks({ closing, reopenedByName }: ClosedReview, timeZone: string): Block[] {
  const { kind, reviewDate, reopened } = closing
  if (!reopened) return []
  return [
    block.text(t.reopened(kind, reviewDate, showInstant(reopened.at, timeZone), reopenedByName)),
    block.text(t.reason(shorten(reopened.reason, 500))),
  ]
}
