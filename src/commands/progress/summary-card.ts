import { boundedCache } from '../../core/bounded-cache.js'
import { calendarOf } from '../../core/calendar/holiday-calendar.js'
import { workingDaysLeft } from '../../core/calendar/working-day.js'
import { type Campaign, criteriaOf } from '../../core/campaign/campaign.js'
import type { ReviewKind } from '../../core/campaign/review.js'
import { localDate } from '../../core/date.js'
import { mayNudge } from '../../core/people/access.js'
import { noTotals } from '../../core/progress/progress.js'
import type { UseCase } from '../../core/use-case.js'
import { plainText, type Rich } from '../../text/rich.js'
import { vi } from '../../text/vi.js'
import { criterionLabel } from '../submission/card.js'
import type { Block, Button, Card } from '../ui.js'

const { summary: t, common } = vi
/** Units a page: with their names and gaps well within what one message may hold. */
const PAGE = 25

type View = 'unit' | 'criterion'

async function header(use: UseCase, campaign: Campaign, kind: ReviewKind) {
  const review = (await use.tx.reviews.list(campaign.id)).find((r) => r.kind === kind)
  const totals = (await use.tx.progress.totals(campaign.id, kind)) ?? { ...noTotals, version: 0 }
  const today = localDate(use.now, use.timeZone)
  const isWorkingDay = await calendarOf(use.tx, campaign.workspaceId)
  const date = review ? t.date(review.date, workingDaysLeft(today, review.date, isWorkingDay)) : t.noDate
  const line: Rich = t.totals(totals.complete, totals.units, totals.missing)
  const notes = campaign.groups.map((g) =>
    t.groupTotal(g.code, totals.groups[g.code] ?? 0, g.criteria.length * totals.units),
  )
  if (totals.waiting > 0) notes.push(t.waiting(totals.waiting))
  const blocks: Block[] = [
    { kind: 'heading', text: `${t.title(kind)} · ${date}` },
    { kind: 'text', text: line },
    { kind: 'note', text: notes.join(' · ') },
  ]
  return { totals, date, blocks, summary: t.summaryLine(kind, totals.complete, totals.units) }
}

const goTo = (label: string, kind: ReviewKind, view: View, page: number): Button => ({
  label,
  action: 'summary',
  value: { kind, view, page },
})

/** Pages that were made, until something in them changes. */
const made = boundedCache<string, { campaign: Campaign; card: Card }>(200)

/** One page of units × groups, the blanks first. */
export async function unitsCard(use: UseCase, campaign: Campaign, kind: ReviewKind, asked: number): Promise<Card> {
  const { totals, date, blocks, summary } = await header(use, campaign, kind)
  if (totals.units === 0) return { summary: t.emptyRoster, blocks: [{ kind: 'text', text: t.emptyRoster }] }
  const pages = Math.ceil(totals.units / PAGE)
  const page = Math.min(asked, pages - 1)
  // The version tells, across processes too, whether a line has changed since this page was last made.
  const chases = mayNudge(use.actor) && totals.complete < totals.units
  const key = [campaign.id, kind, page, totals.version, date, chases].join(' ')
  const known = made.get(key)
  if (known?.campaign === campaign) return known.card
  const rows = await use.tx.progress.page(campaign.id, kind, PAGE, page * PAGE)
  const { groups } = campaign
  const card: Card = {
    summary,
    blocks: [
      ...blocks,
      {
        kind: 'table',
        caption: t.caption,
        columns: [
          { label: t.unit },
          ...groups.map((g) => ({ label: t.groupColumn(g.code, g.criteria.length), align: 'right' as const })),
          { label: t.waitingColumn, align: 'right' },
          { label: t.missingColumn },
        ],
        rows: rows.map((r) => [
          r.unit.name,
          ...groups.map((g) => g.criteria.filter((c) => !r.missing.includes(c.code)).length),
          r.waiting,
          r.missing.length > 0 ? r.missing.join(' ') : t.none,
        ]),
      },
      ...(pages > 1 ? [{ kind: 'note', text: common.page(page + 1, pages) } as Block] : []),
      {
        kind: 'buttons',
        buttons: [
          ...(page > 0 ? [goTo(common.previous, kind, 'unit', page - 1)] : []),
          ...(page < pages - 1 ? [goTo(common.next, kind, 'unit', page + 1)] : []),
          goTo(t.byCriterion, kind, 'criterion', 0),
          ...otherKind(kind, 'unit'),
          ...(chases ? [{ label: vi.nudge.chase, action: 'nudge.open', value: { kind, units: 'all' } }] : []),
        ],
      },
    ],
  }
  made.set(key, { campaign, card })
  return card
}

const otherKind = (kind: ReviewKind, view: View): Button[] => {
  const other = kind === 'preliminary' ? 'final' : 'preliminary'
  return [goTo(t.otherKind(other), other, view, 0)]
}

/** How many units stand where, criterion by criterion. */
export async function criteriaCard(use: UseCase, campaign: Campaign, kind: ReviewKind): Promise<Card> {
  const { totals, blocks, summary } = await header(use, campaign, kind)
  if (totals.units === 0) return { summary: t.emptyRoster, blocks: [{ kind: 'text', text: t.emptyRoster }] }
  const criteria = criteriaOf(campaign)
  const lines = await use.tx.progress.missingByCriterion(
    campaign.id,
    kind,
    criteria.map((c) => c.code),
  )
  // The criterion with the most blanks first; among equals the plan's order.
  const anyPaper = lines.some((l) => l.paper > 0)
  const sorted = [...lines].sort((a, b) => b.missing + b.returned - (a.missing + a.returned))
  return {
    summary,
    blocks: [
      ...blocks,
      {
        kind: 'table',
        caption: t.criterionCaption,
        columns: [
          { label: t.criterionColumn },
          { label: t.missingColumn, align: 'right' },
          { label: t.waitingColumn, align: 'right' },
          { label: t.haveColumn, align: 'right' },
          { label: t.nilColumn, align: 'right' },
          ...(anyPaper ? [{ label: vi.paperReceipt.column, align: 'right' as const }] : []),
        ],
        rows: sorted.map((l) => [
          criterionLabel(campaign, l.criterion),
          l.missing + l.returned,
          l.waiting,
          l.confirmed,
          l.nil,
          ...(anyPaper ? [l.paper] : []),
        ]),
      },
      { kind: 'buttons', buttons: [goTo(t.byUnit, kind, 'unit', 0), ...otherKind(kind, 'criterion')] },
    ],
  }
}

/** Which units lack one criterion. */
export async function criterionCard(use: UseCase, campaign: Campaign, kind: ReviewKind, code: string): Promise<Card> {
  const { blocks, summary } = await header(use, campaign, kind)
  const units = await use.tx.progress.unitsMissing(campaign.id, kind, code)
  const label = criterionLabel(campaign, code)
  const line = t.unitsMissing(label, units.length)
  const names = units.slice(0, 60).map((u) => `• ${u.name}`)
  if (units.length > 60) names.push(t.andMore(units.length - 60))
  return {
    summary: `${summary}. ${plainText(line)}`,
    blocks: [
      ...blocks,
      { kind: 'text', text: line },
      ...(names.length > 0 ? [{ kind: 'text', text: names.join('\n') } as Block] : []),
      { kind: 'buttons', buttons: [goTo(t.byUnit, kind, 'unit', 0), goTo(t.byCriterion, kind, 'criterion', 0)] },
    ],
  }
}
