import { type Campaign, criteriaOf, criterionOf, submissionNumber } from '../../core/campaign/campaign.js'
import type { InCampaign, SubmissionView } from '../../core/queries/submission/view.js'
import { awaitingBoard } from '../../core/submission/state.js'
import type { Submission } from '../../core/submission/submission.js'
import { clip, showDate, showFigure, showInstant } from '../../text/index.js'
import { link, plainText, type Rich } from '../../text/rich.js'
import { vi } from '../../text/vi.js'
import { addButton, countBlocks, fileBlocks, showButtons } from '../attachment/card.js'
import { block, when } from '../blocks.js'
import { fitting } from '../shorten.js'
import type { Block, Button, Card } from '../ui.js'
import { duplicateBlocks } from './duplicate-card.js'

const { closing, common, submission: t } = vi

export const numberOf = (s: InCampaign): string => submissionNumber(s.campaign, s.submission.number)
export const criterionLabel = (campaign: Campaign, code: string): string =>
  common.criterion(code, criterionOf(campaign, code)?.short ?? '')

/** The criterion of a submission of any campaign. */
export const labelIn = (campaigns: ReadonlyMap<string, Campaign>, s: Submission): string =>
  common.criterion(s.criterion, criterionOf(campaigns.get(s.campaignId), s.criterion)?.short ?? '')

const value = (s: InCampaign) => ({ id: s.submission.id })
export const openButton = (s: InCampaign): Button => ({
  label: common.open,
  action: 'submission.open',
  value: value(s),
})

export const editButton = (s: InCampaign): Button => ({
  label: s.submission.state === 'returned' ? t.resubmit : t.edit,
  action: 'submission.edit',
  value: value(s),
  style: s.submission.state === 'returned' ? 'primary' : undefined,
})

const withdrawButton = (s: InCampaign): Button => ({
  label: t.withdraw,
  action: 'submission.withdraw',
  value: value(s),
  ask: { title: t.withdraw, text: t.withdrawAsk(numberOf(s)), yes: t.withdraw, no: common.cancel },
})

const againButton = (s: InCampaign): Button => ({
  label: t.again,
  action: 'submission.again',
  value: value(s),
  style: 'primary',
})

/** The head's buttons while the submission waits; its last event is then the one with which the shown content was handed in. */
export const decideButtons = (s: SubmissionView): Button[] => [
  { label: t.confirm, action: 'submission.confirm', value: { ...value(s), seen: s.last?.id }, style: 'primary' },
  { label: t.return, action: 'submission.return', value: { ...value(s), seen: s.last?.id } },
]

/** The head's button to take a confirmation back. */
const unconfirmButton = (s: InCampaign): Button => ({
  label: t.unconfirm,
  action: 'submission.unconfirm',
  value: value(s),
  ask: { title: t.unconfirm, text: t.unconfirmAsk(numberOf(s)), yes: t.unconfirm, no: common.cancel },
})

/** The links that fit into `max` UTF-16 units together. */
function fittingLinks(links: readonly string[], max: number): readonly string[] {
  let left = max
  return links.filter((url) => {
    left -= url.length
    return left >= 0
  })
}

/** Whether `contentBlocks` cuts the text or leaves out links. */
export const isCut = ({ submission: { text, links } }: SubmissionView, max: number): boolean =>
  fitting(text, max) !== text || fittingLinks(links, max).length < links.length

/** Text, date, figure, links and files of a submission. `max`: length of the text, and of all links, in UTF-16 units. */
export function contentBlocks(s: SubmissionView, max: number, mayRemoveFiles = false, opensAny = false): Block[] {
  const { submission } = s
  const figure = submission.figure ? `${showFigure(submission.figure)} ${submission.figureUnit ?? ''}`.trim() : null
  const fit = fittingLinks(submission.links, max)
  const links = fit.flatMap((url, i): Rich[] => [i ? ', ' : '', link(url)])
  if (fit.length < submission.links.length)
    links.push(t.moreLinks(submission.links.length - fit.length, fit.length > 0))
  const text = fitting(submission.text, max)
  return [
    block.quote(text),
    block.note(
      [t.facts(s.unitName, showDate(submission.doneOn), figure), ...(s.after ? [closing.after(s.after)] : [])].join(
        ' · ',
      ),
    ),
    ...when(links.length > 0, () => block.note([t.linksLine, ...links.flat()])),
    ...fileBlocks(s.files, mayRemoveFiles),
    ...duplicateBlocks(s, opensAny),
  ]
}

/** Who handed in, where it was not for their own unit. */
export const behalfBlocks = (s: SubmissionView): Block[] =>
  s.submission.onBehalf ? [block.note(t.onBehalf(s.unitName, s.authorName))] : []

/** Who decided and when, with the reason of a return; nothing while no decision was made. */
export function outcomeBlocks(s: SubmissionView): Block[] {
  if (!s.last || s.submission.state === 'submitted') return []
  const by = t.by(s.last.byName, showInstant(s.last.at, s.timeZone))
  return [
    ...when(s.submission.state === 'returned' && s.last.reason, (reason) => block.text(t.reason(reason))),
    block.note(by),
  ]
}

/** The beginning of the text, so that the author recognizes the submission. */
const excerpt = (s: SubmissionView) => block.note(`“${clip(s.submission.text.replace(/\s+/g, ' '), 120)}”`)

/** The author's receipt, which shows the current state. `have`: for how many criteria the unit has evidence. */
export function receiptCard(s: SubmissionView, have: number | undefined): Card {
  const { submission, campaign } = s
  const criterion = criterionLabel(campaign, submission.criterion)
  const title: Rich =
    submission.state === 'submitted'
      ? t.received(numberOf(s), criterion)
      : t.receiptState(common.stateSign[submission.state], numberOf(s), common.state[submission.state], criterion)
  const progress = have === undefined ? '' : ` ${t.unitHas(have, criteriaOf(campaign).length)}`
  return {
    summary: plainText(title),
    blocks: [
      block.text(title),
      ...behalfBlocks(s),
      ...outcomeBlocks(s),
      excerpt(s),
      ...duplicateBlocks(s),
      ...countBlocks(s.files),
      ...when(submission.state === 'submitted', () =>
        block.note(`${t.receivedNext(s.authorLeads, s.headConfirms)}${progress}`),
      ),
      block.buttons([openButton(s), ...ownButtons(s)]),
    ],
  }
}

/**
 * The request to a unit's leaders to confirm, with the outcome once there is one. `round`: the round of requests that this
 * message belongs to; after a later round it only says that it is superseded.
 */
export function requestCard(s: SubmissionView, round: number): Card {
  const { submission } = s
  const criterion = criterionLabel(s.campaign, submission.criterion)
  if (round < submission.round)
    return {
      summary: t.superseded,
      blocks: [block.text(t.requestTitle(s.authorName, criterion)), block.note(t.superseded)],
    }
  const waiting = submission.state === 'submitted'
  const isConfirmed = submission.state === 'confirmed'
  const long = isCut(s, 1000)
  const show = showButtons(s)
  return {
    summary: t.requestSummary(s.authorName, numberOf(s)),
    blocks: [
      block.text(t.requestTitle(s.authorName, criterion)),
      ...behalfBlocks(s),
      ...contentBlocks(s, 1000),
      block.text(t.line(common.stateSign[submission.state], numberOf(s), common.state[submission.state])),
      ...outcomeBlocks(s),
      ...when(waiting && !s.headConfirms, () => block.note(t.optional)),
      ...when(waiting || isConfirmed || long || show.length > 0, () =>
        block.buttons([
          ...(waiting ? decideButtons(s) : []),
          ...(isConfirmed ? [unconfirmButton(s)] : []),
          ...show,
          ...(long ? [openButton(s)] : []),
        ]),
      ),
    ],
  }
}

export interface Decision {
  state: 'confirmed' | 'unconfirmed' | 'accepted' | 'returned'
  by: string
  reason: string | null
}

/** Tells the author of one decision; the button to edit is shown while the submission is still returned. */
export function outcomeCard(s: SubmissionView, { state, by, reason }: Decision): Card {
  return {
    summary: t.outcomeSummary[state](numberOf(s)),
    blocks: [
      block.text(t.outcome[state](numberOf(s), by)),
      ...when(reason, (reason) => block.text(t.reason(reason))),
      block.note(criterionLabel(s.campaign, s.submission.criterion)),
      excerpt(s),
      block.buttons(
        state === 'returned' && s.submission.state === 'returned' ? [editButton(s), openButton(s)] : [openButton(s)],
      ),
    ],
  }
}

/** What an author may do with their own submission in its state. */
export function ownButtons(s: InCampaign): Button[] {
  const { state } = s.submission
  if (state === 'withdrawn') return [againButton(s)]
  return state === 'accepted' ? [] : [editButton(s), addButton(s), withdrawButton(s)]
}

/** Tells the unit's leaders what the Command Board returned, and why. */
export function boardReturnedCard(s: SubmissionView, by: string, reason: string): Card {
  return {
    summary: t.boardReturnedSummary(numberOf(s)),
    blocks: [
      block.text(t.boardReturned(numberOf(s), by)),
      block.text(t.reason(reason)),
      block.note(`${criterionLabel(s.campaign, s.submission.criterion)} · ${t.boardReturnedNext(s.authorName)}`),
      excerpt(s),
      block.buttons([openButton(s)]),
    ],
  }
}

/** The Command Board's buttons; `seen`: id of the event with which the shown content was handed in. */
function boardButtons(s: SubmissionView, seen: string): Button[] {
  const { state } = s.submission
  return [
    ...(awaitingBoard(s.headConfirms).includes(state)
      ? [
          {
            label: vi.desk.accept,
            action: 'submission.accept',
            value: { ...value(s), seen },
            style: 'primary',
          } as const,
        ]
      : []),
    ...(state === 'submitted' || state === 'confirmed'
      ? [{ label: t.return, action: 'submission.return', value: { ...value(s), seen } }]
      : []),
  ]
}

/**
 * The buttons for the reader's part in a submission; the core checks permissions again when one is pressed. `boardSees`: for
 * a reader who may accept, id of the event with which the shown content was handed in.
 */
export function partButtons(
  s: SubmissionView,
  part: { author: boolean; leads: boolean; boardSees?: string },
): Button[] {
  const { state } = s.submission
  const decide = part.leads && state === 'submitted' ? decideButtons(s) : []
  const board = part.boardSees === undefined ? [] : boardButtons(s, part.boardSees)
  return [
    ...decide,
    ...board.filter((b) => !decide.some((d) => d.action === b.action)),
    ...(part.leads && state === 'confirmed' ? [unconfirmButton(s)] : []),
    ...(part.author ? ownButtons(s) : []),
  ]
}
