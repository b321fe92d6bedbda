import type { Campaign } from '../../core/campaign/campaign.js'
import type { ReviewKind } from '../../core/campaign/review.js'
import { localDate } from '../../core/date.js'
import type { Unit } from '../../core/people/unit.js'
import type { SummaryState } from '../../core/progress/progress.js'
import type { CriterionTotals } from '../../core/progress/progress-rows.js'
import type { SummaryHead, SummaryPage } from '../../core/queries/progress/summary.js'
import type { OwingCounts } from '../../core/report/rows.js'
import { plainText } from '../../text/rich.js'
import { vi } from '../../text/vi.js'
import { block, when } from '../blocks.js'
import { lapsedNotes } from '../review/review-line.js'
import { criterionLabel } from '../submission/card.js'
import { type Block, type Button, type Card, textCard } from '../ui.js'

const { summary: t, common } = vi

/** Units named in one message. */
const NAMED = 60

type View = 'unit' | 'criterion'

/** Shown while the roster has no reporting unit. */
export const emptyRosterCard = (): Card => textCard(t.emptyRoster)

function headBlocks(campaign: Campaign, { deadline, totals, timeZone }: SummaryHead, owing: OwingCounts): Block[] {
  const { kind, date, daysLeft, closedAt, next } = deadline
  const notes = campaign.groups.map((g) =>
    t.groupTotal(g.code, totals.groups[g.code] ?? 0, g.criteria.length * totals.units),
  )
  if (totals.waiting > 0) notes.push(t.waiting(totals.waiting))
  const when = closedAt && date ? t.closed(date, localDate(closedAt, timeZone)) : undefined
  const isPast = closedAt !== undefined || daysLeft < 0
  return [
    block.heading(`${t.title(kind)} · ${when ?? (date === undefined ? t.noDate : t.date(date, daysLeft))}`),
    ...(next && isPast ? [block.note(vi.closing.next(next.kind, next.date))] : []),
    ...lapsedNotes(deadline),
    block.text(common.unitTotals(totals.complete, totals.units, totals.missing, owing)),
    block.note(notes.join(' · ')),
  ]
}

const summaryLine = ({ deadline, totals }: SummaryHead): string =>
  t.summaryLine(deadline.kind, totals.complete, totals.units)

const goTo = (label: string, kind: ReviewKind, view: View, page: number): Button => ({
  label,
  action: 'summary',
  value: { kind, view, page },
})

const otherKind = (kind: ReviewKind, view: View): Button => {
  const other = kind === 'preliminary' ? 'final' : 'preliminary'
  return goTo(t.otherKind(other), other, view, 0)
}

/** What was handed in, by what became of it: for one unit by criteria, for one criterion by units. */
const stateColumns = [
  { label: t.waitingColumn, align: 'right' as const },
  { label: t.confirmedColumn, align: 'right' as const },
  { label: t.acceptedColumn, align: 'right' as const },
  { label: t.nilColumn, align: 'right' as const },
]
const statesOf = (n: Pick<Record<SummaryState, number>, 'waiting' | 'confirmed' | 'accepted' | 'nil'>): number[] => [
  n.waiting,
  n.confirmed,
  n.accepted,
  n.nil,
]

/** Opens the card of one of the units. */
const unitSelect = (kind: ReviewKind, units: readonly Pick<Unit, 'id' | 'name'>[]): Block[] =>
  units.length === 0
    ? []
    : [
        block.choices([
          {
            placeholder: t.openUnit,
            action: 'status.open',
            options: units.map(({ id, name }) => ({ label: name, value: { unit: id, kind } })),
          },
        ]),
      ]

/** Where a page lies in the list of units; counted from 0. */
export interface PagePlace {
  page: number
  pages: number
}

/** One page of units × groups, the units with the most missing first. `actions`: further buttons. */
export function unitsCard(
  campaign: Campaign,
  head: SummaryHead,
  { lines, owing }: SummaryPage,
  { page, pages }: PagePlace,
  actions: readonly Button[],
): Card {
  const { kind } = head.deadline
  const { groups } = campaign
  return {
    summary: summaryLine(head),
    blocks: [
      ...headBlocks(campaign, head, owing),
      block.table(
        t.caption,
        [
          { label: t.unit },
          ...groups.map((g) => ({ label: t.groupColumn(g.code, g.criteria.length), align: 'right' as const })),
          ...stateColumns,
          { label: t.missingColumn },
        ],
        lines.map((r) => [
          r.unit.name,
          ...groups.map((g) => g.criteria.filter((c) => !r.missing.includes(c.code)).length),
          ...statesOf(r.states),
          r.missing.length > 0 ? r.missing.join(' ') : r.owesReportOnly ? t.reportOnly : t.none,
        ]),
      ),
      block.note(t.legend),
      ...unitSelect(
        kind,
        lines.map((l) => l.unit),
      ),
      ...when(pages > 1, () => block.note(common.page(page + 1, pages))),
      block.buttons([
        ...(page > 0 ? [goTo(common.previous, kind, 'unit', page - 1)] : []),
        ...(page < pages - 1 ? [goTo(common.next, kind, 'unit', page + 1)] : []),
        goTo(t.byCriterion, kind, 'criterion', 0),
        otherKind(kind, 'unit'),
        ...actions,
      ]),
    ],
  }
}

/** How many units are in which state, criterion by criterion. */
export function criteriaCard(
  campaign: Campaign,
  head: SummaryHead,
  owing: OwingCounts,
  lines: readonly CriterionTotals[],
): Card {
  const { kind } = head.deadline
  const anyPaper = lines.some((l) => l.paper > 0)
  return {
    summary: summaryLine(head),
    blocks: [
      ...headBlocks(campaign, head, owing),
      block.table(
        t.criterionCaption,
        [
          { label: t.criterionColumn },
          { label: t.missingColumn, align: 'right' },
          ...stateColumns,
          ...(anyPaper ? [{ label: vi.paperReceipt.column, align: 'right' as const }] : []),
        ],
        lines.map((l) => [
          criterionLabel(campaign, l.criterion),
          l.missing + l.returned,
          ...statesOf(l),
          ...(anyPaper ? [l.paper] : []),
        ]),
      ),
      block.note(t.legend),
      block.choices([
        {
          placeholder: t.openCriterion,
          action: 'summary.criterion',
          options: lines.map(({ criterion }) => ({
            label: criterionLabel(campaign, criterion),
            value: { kind, criterion },
          })),
        },
      ]),
      block.buttons([goTo(t.byUnit, kind, 'unit', 0), otherKind(kind, 'criterion')]),
    ],
  }
}

/** The units that lack one criterion. */
export function criterionCard(
  campaign: Campaign,
  head: SummaryHead,
  owing: OwingCounts,
  code: string,
  lacking: readonly Unit[],
): Card {
  const { kind } = head.deadline
  const line = t.unitsMissing(criterionLabel(campaign, code), lacking.length)
  const names = lacking.slice(0, NAMED).map((u) => `• ${u.name}`)
  if (lacking.length > NAMED) names.push(t.andMore(lacking.length - NAMED))
  return {
    summary: `${summaryLine(head)}. ${plainText(line)}`,
    blocks: [
      ...headBlocks(campaign, head, owing),
      block.text(line),
      ...when(names.length > 0, () => block.text(names.join('\n'))),
      ...unitSelect(kind, lacking.slice(0, NAMED)),
      block.buttons([goTo(t.byUnit, kind, 'unit', 0), goTo(t.byCriterion, kind, 'criterion', 0)]),
    ],
  }
}
