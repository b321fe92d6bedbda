import { type Campaign, criteriaOf } from '../../core/campaign/campaign.js'
import type { ReviewKind } from '../../core/campaign/review.js'
import { localDate } from '../../core/date.js'
import type { Unit } from '../../core/people/unit.js'
import type { UnitReportList } from '../../core/queries/report/unit-report.js'
import { showInstant } from '../../text/index.js'
import { vi } from '../../text/vi.js'
import { block, when } from '../blocks.js'
import { type Block, type Button, type Card, textCard } from '../ui.js'
import { turnButton } from './card.js'

const { unitReport: t, common, summary } = vi

const goTo = (label: string, kind: ReviewKind, page: number): Button => ({
  label,
  action: 'unitReport.list',
  value: { kind, page },
})

/** All units' reports for one review: the number in each state, then one page of them. `own`: the reader's units. */
export function reportListCard(campaign: Campaign, list: UnitReportList, own: readonly Unit[], timeZone: string): Card {
  const { deadline, counts, lines, page, pages } = list
  if (pages === 0) return textCard(summary.emptyRoster)
  const { kind } = deadline
  const { closedAt } = deadline
  const date =
    deadline.date === undefined
      ? summary.noDate
      : closedAt
        ? summary.closed(deadline.date, localDate(closedAt, timeZone))
        : summary.date(deadline.date, deadline.daysLeft)
  const of = criteriaOf(campaign).length
  const other = kind === 'preliminary' ? 'final' : 'preliminary'
  const blocks: Block[] = [
    block.heading(t.listTitle(kind, date)),
    block.text(t.listCounts(counts)),
    block.note(t.listNote(counts)),
    ...lines.map(({ unit, state, last, have }): Block => {
      const what =
        state === 'draft' || !last ? t.listHave(have, of) : t.listBy(last.byName, showInstant(last.at, timeZone))
      return block.item(t.listLine(state, unit.name, what), [turnButton(common.open, unit.id, kind)])
    }),
    ...when(pages > 1, () => block.note(common.page(page + 1, pages))),
    block.buttons([
      ...(page > 0 ? [goTo(common.previous, kind, page - 1)] : []),
      ...(page < pages - 1 ? [goTo(common.next, kind, page + 1)] : []),
      ...own.map((u) => turnButton(t.mine(u.name), u.id, kind)),
      goTo(t.other(other), other, 0),
    ]),
  ]
  return { summary: t.listSummary(kind, counts), blocks }
}
