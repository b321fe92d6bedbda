import { calendarOf } from '../../core/calendar/holiday-calendar.js'
import { workingDaysLeft } from '../../core/calendar/working-day.js'
import { type Campaign, criteriaOf } from '../../core/campaign/campaign.js'
import type { ReviewKind } from '../../core/campaign/review.js'
import { localDate } from '../../core/date.js'
import { unitsOf } from '../../core/people/access.js'
import type { UseCase } from '../../core/use-case.js'
import { showInstant } from '../../text/index.js'
import { vi } from '../../text/vi.js'
import type { Block, Button, Card } from '../ui.js'
import { turnButton } from './card.js'

const { unitReport: t, common, summary } = vi
/** Units a page: a block each, of the 50 that a message may hold. */
const PAGE = 25

const goTo = (label: string, kind: ReviewKind, page: number): Button => ({
  label,
  action: 'unitReport.list',
  value: { kind, page },
})

/** All units' reports for one review: how many stand how, then one page of them, those that wait for the Board first. */
export async function reportsCard(use: UseCase, campaign: Campaign, kind: ReviewKind, asked: number): Promise<Card> {
  const { tx, timeZone } = use
  const counts = await tx.unitReports.counts(campaign.id, kind)
  const units = Object.values(counts).reduce((n, m) => n + m, 0)
  if (units === 0) return { summary: summary.emptyRoster, blocks: [{ kind: 'text', text: summary.emptyRoster }] }
  const review = (await tx.reviews.list(campaign.id)).find((r) => r.kind === kind)
  const today = localDate(use.now, timeZone)
  const isWorkingDay = await calendarOf(tx, campaign.workspaceId)
  const date = review ? summary.date(review.date, workingDaysLeft(today, review.date, isWorkingDay)) : summary.noDate
  const pages = Math.ceil(units / PAGE)
  const page = Math.min(asked, pages - 1)
  const of = criteriaOf(campaign).length
  const lines = await tx.unitReports.page(campaign.id, kind, PAGE, page * PAGE)
  const other = kind === 'preliminary' ? 'final' : 'preliminary'
  const blocks: Block[] = [
    { kind: 'heading', text: t.listTitle(kind, date) },
    { kind: 'text', text: t.listCounts(counts) },
    { kind: 'note', text: t.listNote(counts) },
    ...lines.map(({ unit, state, last, have }): Block => {
      const what =
        state === 'draft' || !last ? t.listHave(have, of) : t.listBy(last.byName, showInstant(last.at, timeZone))
      return {
        kind: 'item',
        text: t.listLine(state, unit.name, what),
        buttons: [turnButton(common.open, unit.id, kind)],
      }
    }),
    ...(pages > 1 ? [{ kind: 'note', text: common.page(page + 1, pages) } as Block] : []),
    {
      kind: 'buttons',
      buttons: [
        ...(page > 0 ? [goTo(common.previous, kind, page - 1)] : []),
        ...(page < pages - 1 ? [goTo(common.next, kind, page + 1)] : []),
        ...unitsOf(use.actor).map((u) => turnButton(t.mine(u.name), u.id, kind)),
        goTo(t.other(other), other, 0),
      ],
    },
  ]
  return { summary: t.listSummary(kind, counts), blocks }
}
