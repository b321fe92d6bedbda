import { workingDaysLeft } from '../../core/calendar/working-day.js'
import type { ReviewKind } from '../../core/campaign/review.js'
import { localDate } from '../../core/date.js'
import { maySeeAll } from '../../core/people/access.js'
import { gapsOf } from '../../core/report/content.js'
import type { UseCase } from '../../core/use-case.js'
import { showInstant } from '../../text/index.js'
import { vi } from '../../text/vi.js'
import { shorten } from '../shorten.js'
import type { Block, Button, Card } from '../ui.js'
import { lineBlocks, textBlocks, totalsText } from './lines.js'
import type { ShownReport } from './view.js'

const { unitReport: t, common, status } = vi

export const idsOf = ({ unit, report }: Pick<ShownReport, 'unit' | 'report'>) => ({
  unit: unit.id,
  kind: report.kind,
})

/** Opens a unit's report beside what is read. */
export const reportButton = (label: string, unit: string, kind: ReviewKind, style?: 'primary'): Button => ({
  label,
  action: 'unitReport',
  value: { unit, kind },
  style,
})

/** Turns the card that is read into that of a report; `now`: what there is by now, rather than what was sent. */
export const turnButton = (label: string, unit: string, kind: ReviewKind, now = false): Button => ({
  label,
  action: 'unitReport.turn',
  value: { unit, kind, now },
})

/** The card of one unit's report: how it stands, what it contains, what the person may do with it. `note` goes first. */
export function reportCard(use: UseCase, s: ShownReport, note?: string): Card {
  const { unit, report, content } = s
  const { kind, state } = report
  const deeds = [...leaderButtons(s), ...decideButtons(s, 'card')]
  const blocks: Block[] = [
    ...(note ? [{ kind: 'text', text: note } as Block] : []),
    { kind: 'heading', text: t.title(kind, unit.name) },
    ...stateBlocks(use, s),
    { kind: 'note', text: dateLine(use, s) },
    { kind: 'text', text: totalsText(content) },
    ...gapNotes(s),
    // Within reach of the thumb: what follows is long.
    ...(deeds.length > 0 ? [{ kind: 'buttons', buttons: deeds } as Block] : []),
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
    ...(s.leads || s.decides || s.isSent ? [] : [{ kind: 'note', text: t.notYours } as Block]),
    { kind: 'buttons', buttons: wayButtons(use, s) },
  ]
  return { summary: t.summary(kind, unit.name, state), blocks }
}

/** "🕓 Chờ duyệt · A gửi, lúc …", with the reason where it was rejected and whether it has changed since. */
export function stateBlocks(use: Pick<UseCase, 'timeZone'>, s: ShownReport): Block[] {
  const { state, last } = s.report
  const at = last ? showInstant(last.at, use.timeZone) : ''
  const changed = s.decides && !s.leads ? t.changedBoard : s.leads ? t.changedLeads : t.changed
  return [
    { kind: 'text', text: t.state(state, last?.byName ?? '', at) },
    ...(state === 'rejected' && last?.reason
      ? [{ kind: 'text', text: t.reason(shorten(last.reason, 500)) } as Block]
      : []),
    ...(s.sent && s.isSent && state !== 'sent'
      ? [{ kind: 'note', text: t.sentLine(s.sent.byName, showInstant(s.sent.at, use.timeZone)) } as Block]
      : []),
    ...(s.changed && state !== 'rejected' ? [{ kind: 'text', text: changed } as Block] : []),
    ...(s.sent && !s.isSent && state !== 'rejected' ? [{ kind: 'note', text: t.showsNow } as Block] : []),
  ]
}

function dateLine(use: UseCase, { date, report, isWorkingDay }: ShownReport): string {
  if (!date) return t.noDate(report.kind)
  return status.daysLeft(report.kind, date, workingDaysLeft(localDate(use.now, use.timeZone), date, isWorkingDay))
}

/** What the content that is shown lacks. */
export function gapNotes({ content }: Pick<ShownReport, 'content'>): Block[] {
  const { missing, waiting } = gapsOf(content)
  return [
    ...(missing.length > 0 ? [{ kind: 'note', text: t.missing(missing) } as Block] : []),
    ...(waiting > 0 ? [{ kind: 'note', text: t.waitingNote(waiting) } as Block] : []),
  ]
}

function leaderButtons(s: ShownReport): Button[] {
  if (!s.leads) return []
  const { unit, report, gaps, date } = s
  const isOpen = report.state === 'draft' || report.state === 'rejected'
  const lacks = gaps.missing.length > 0 || gaps.waiting > 0
  const send: Button = {
    label: isOpen ? t.send : t.sendAgain,
    action: 'unitReport.send',
    value: { ...idsOf(s), round: report.round, missing: gaps.missing, waiting: gaps.waiting },
    style: 'primary',
    ...(lacks
      ? {
          ask: {
            title: t.sendAskTitle,
            text: t.sendAsk(gaps.missing, gaps.waiting),
            yes: common.yes,
            no: common.cancel,
          },
        }
      : {}),
  }
  return [
    ...(date && (isOpen || s.changed) ? [send] : []),
    ...(!isOpen && s.changed ? [turnButton(s.isSent ? t.viewNow : t.viewSent, unit.id, report.kind, s.isSent)] : []),
    { label: t.write, action: 'unitReport.write', value: idsOf(s) },
    ...(lacks ? [{ label: t.status, action: 'status.open', value: { unit: unit.id, kind: report.kind } }] : []),
  ]
}

/** The Board's buttons; `from` tells whether the answer is a card, or the message that follows by itself. */
export function decideButtons(s: ShownReport, from: 'card' | 'notice'): Button[] {
  const { report } = s
  const value = { ...idsOf(s), round: report.round, state: report.state, from }
  if (!s.decides) return []
  if (report.state === 'sent')
    return [
      { label: t.approve, action: 'unitReport.approve', value, style: 'primary' },
      { label: t.reject, action: 'unitReport.reject', value },
    ]
  return report.state === 'approved' && s.changed ? [{ label: t.askAgain, action: 'unitReport.reject', value }] : []
}

function wayButtons(use: UseCase, { unit, report }: ShownReport): Button[] {
  const other = report.kind === 'preliminary' ? 'final' : 'preliminary'
  return [
    turnButton(t.other(other), unit.id, other),
    ...(maySeeAll(use.actor)
      ? [{ label: t.list, action: 'unitReport.list', value: { kind: report.kind, page: 0 } }]
      : []),
  ]
}
