import { submissionNumber } from '../../core/campaign/campaign.js'
import type { ReviewKind } from '../../core/campaign/review.js'
import type { UnitReportView } from '../../core/queries/report/unit-report.js'
import { gapsOf } from '../../core/report/content.js'
import { showInstant } from '../../text/index.js'
import { vi } from '../../text/vi.js'
import { block, when } from '../blocks.js'
import { reviewLine } from '../review/review-line.js'
import { shorten } from '../shorten.js'
import { waitingButton } from '../submission/waiting.js'
import type { Block, Button, Card } from '../ui.js'
import { lineBlocks, textBlocks, totalsText } from './lines.js'

const { unitReport: t, common } = vi

/** The values by which buttons name a report. */
export const idsOf = ({ unit, report }: Pick<UnitReportView, 'unit' | 'report'>) => ({
  unit: unit.id,
  kind: report.kind,
})

/** Opens a unit's report in a message of its own. */
export const reportButton = (label: string, unit: string, kind: ReviewKind, style?: 'primary'): Button => ({
  label,
  action: 'unitReport',
  value: { unit, kind },
  style,
})

/** Replaces the card by that of a report; `now`: its current content rather than what was sent. */
export const turnButton = (label: string, unit: string, kind: ReviewKind, now = false): Button => ({
  label,
  action: 'unitReport.turn',
  value: { unit, kind, now },
})

/** What was just done or asked, above the card of a report. */
export interface ReportNote {
  text: string
  /** The person is asked whether to send the report this early. */
  isEarly?: boolean
}

/** The card of one unit's report: its state, its content, and what the reader may do with it, under a `note`. */
export function reportCard(s: UnitReportView, note?: ReportNote): Card {
  const { unit, report, content } = s
  const { kind, state } = report
  const actions = [...leaderButtons(s, note?.isEarly === true), ...decideButtons(s, 'card')]
  const blocks: Block[] = [
    ...when(note?.text, block.text),
    block.heading(t.title(kind, unit.name)),
    ...stateBlocks(s),
    block.note(reviewLine(s.deadline, s.timeZone) ?? t.noDate(kind)),
    ...when(s.deadline.closedAt && !s.isSent, () => block.note(t.notSentAtClosing)),
    block.text(totalsText(content)),
    ...(s.leads && !s.isSent && !s.deadline.closedAt ? leaderGaps(s) : gapNotes(s, s.leads)),
    // Above the criteria, which are long, so that a phone shows them without scrolling.
    ...when(actions.length > 0, () => block.buttons(actions)),
    ...lineBlocks(s.campaign, content, (criterion) => ({
      label: common.open,
      action: 'unitReport.criterion',
      value: { ...idsOf(s), criterion, page: 0, now: !s.isSent },
    })),
    ...(s.isSent || s.leads
      ? textBlocks(content, {
          label: t.fullTexts,
          action: 'unitReport.texts',
          value: { ...idsOf(s), now: !s.isSent },
        })
      : []),
    ...when(!(s.leads || s.decides || s.isSent), () => block.note(t.notYours)),
    block.buttons(otherReportButtons(s)),
  ]
  return { summary: t.summary(kind, unit.name, state), blocks }
}

/** "🕓 Chờ duyệt · A gửi, lúc …", with the reason of a rejection and whether the content has changed since. */
export function stateBlocks(s: UnitReportView): Block[] {
  const { state, last } = s.report
  const at = last ? showInstant(last.at, s.timeZone) : ''
  const changed = s.decides && !s.leads ? t.changedBoard : s.leads ? t.changedLeads : t.changed
  return [
    block.text(t.state(state, last?.byName ?? '', at)),
    ...when(state === 'rejected' && last?.reason, (reason) => block.text(t.reason(shorten(reason, 500)))),
    ...when(s.isSent && state !== 'sent' && s.sent, (sent) =>
      block.note(t.sentLine(sent.byName, showInstant(sent.at, s.timeZone))),
    ),
    ...when(s.changed && state !== 'rejected', () => block.text(changed)),
    ...when(s.sent && !s.isSent && state !== 'rejected', () => block.note(t.showsNow)),
  ]
}

/** What the content that is shown lacks. */
export function gapNotes({ content }: Pick<UnitReportView, 'content'>, leads = false): Block[] {
  const { missing, waiting } = gapsOf(content)
  return [
    ...when(missing.length > 0, () => block.note(t.missing(missing))),
    ...when(waiting > 0, () => block.note(t.waitingNote(waiting, leads))),
  ]
}

/** What waits for the leader who reads, and is not in the report before that, with a button to it. */
function leaderGaps(s: UnitReportView): Block[] {
  const { missing, waiting } = gapsOf(s.content)
  return [
    ...when(missing.length > 0, () => block.note(t.missing(missing))),
    ...when(waiting > 0, () => block.item(t.waitingLine(waiting, numbersOf(s)), [waitingButton(s.unit.id)])),
  ]
}

const numbersOf = ({ campaign, waiting }: UnitReportView): string[] =>
  waiting.map((number) => submissionNumber(campaign, number))

function leaderButtons(s: UnitReportView, isEarly: boolean): Button[] {
  if (!s.leads || s.deadline.closedAt) return []
  const { unit, report, gaps } = s
  const { kind, date } = s.deadline
  const isOpen = report.state === 'draft' || report.state === 'rejected'
  const lacks = gaps.missing.length > 0 || gaps.waiting > 0
  const send: Button = {
    label: isEarly ? t.sendEarly : isOpen ? t.send : t.sendAgain,
    action: 'unitReport.send',
    value: {
      ...idsOf(s),
      round: report.round,
      missing: gaps.missing,
      waiting: gaps.waiting,
      ...(isEarly ? { isEarlyAgreed: true } : {}),
    },
    style: 'primary',
    ask: {
      title: t.sendAskTitle(kind),
      text: t.sendAsk(kind, date ?? '', gaps.missing, gaps.waiting, numbersOf(s)),
      yes: t.send,
      no: gaps.waiting > 0 ? t.lookFirst : common.cancel,
    },
  }
  const takeBack: Button = {
    label: t.takeBack,
    action: 'unitReport.take_back',
    value: { ...idsOf(s), round: report.round },
    ask: { title: t.takeBackAskTitle(kind), text: t.takeBackAsk, yes: t.takeBack, no: common.cancel },
  }
  return [
    ...(date && (isOpen || s.changed) ? [send] : []),
    ...(report.state === 'sent' ? [takeBack] : []),
    ...(!isOpen && s.changed ? [turnButton(s.isSent ? t.viewNow : t.viewSent, unit.id, report.kind, s.isSent)] : []),
    { label: t.write, action: 'unitReport.write', value: idsOf(s) },
    ...(lacks ? [{ label: t.status, action: 'status.open', value: { unit: unit.id, kind: report.kind } }] : []),
  ]
}

/** The Command Board's buttons. `from`: a card is replaced by the answer, a notice is updated through the outbox. */
export function decideButtons(s: UnitReportView, from: 'card' | 'notice'): Button[] {
  const { report } = s
  const value = { ...idsOf(s), round: report.round, state: report.state, from }
  if (!s.decides || s.deadline.closedAt) return []
  if (report.state === 'sent')
    return [
      { label: t.approve, action: 'unitReport.approve', value, style: 'primary' },
      { label: t.reject, action: 'unitReport.reject', value },
    ]
  return report.state === 'approved' && s.changed ? [{ label: t.askAgain, action: 'unitReport.reject', value }] : []
}

function otherReportButtons({ unit, report, seesAll }: UnitReportView): Button[] {
  const other = report.kind === 'preliminary' ? 'final' : 'preliminary'
  return [
    turnButton(t.other(other), unit.id, other),
    ...(seesAll ? [{ label: t.list, action: 'unitReport.list', value: { kind: report.kind, page: 0 } }] : []),
  ]
}
