import { criteriaOf } from '../../core/campaign/campaign.js'
import type { ReviewKind } from '../../core/campaign/review.js'
import { may } from '../../core/people/access.js'
import { vi } from '../../text/vi.js'
import { block, when } from '../blocks.js'
import { closeButton } from '../review/closing-card.js'
import type { Block, Button } from '../ui.js'
import { buttonOf, type HomePart } from './part.js'

const { home: t, common } = vi

/** People named who could not be reached. */
const NAMED = 10

/** The totals of the current review, for people who may see all units. */
export const totalsPart: HomePart = (home) => {
  const { campaign, overview } = home.data
  if (!overview) return []
  const { totals, owing } = overview
  if (totals.units === 0) return [block.text(vi.summary.emptyRoster)]
  const groups = campaign.groups.map((g) =>
    t.group(g.code, g.short, totals.groups[g.code] ?? 0, g.criteria.length * totals.units),
  )
  const buttons = buttonOf(home, 'tonghop').map((b) => ({ ...b, style: 'primary' as const }))
  return [
    block.text(common.unitTotals(totals.complete, totals.units, totals.missing, owing)),
    block.text(groups.join('\n')),
    ...when(buttons.length > 0, () => block.buttons(buttons)),
  ]
}

/** How many submissions wait for heads and for the Command Board. */
export const queuePart: HomePart = (home) => {
  if (!home.data.overview) return []
  const { waitingForHeads: heads, waitingForBoard: board, reportsForBoard: reports, toClose } = home.data.overview
  const closes = may(home.actor, 'review.close')
  const closing = toClose.map((r) => block.item(vi.closing.due(r.kind, r.date), closes ? [closeButton(r.kind)] : []))
  if (heads + board + reports.length === 0) return [...closing, block.note(t.queueEmpty)]
  return [
    ...closing,
    ...reports.map(({ kind, count }) => block.item(t.queueReports(count, kind), [reportsButton(kind)])),
    ...when(board > 0, () => block.item(t.queueBoard(board), buttonOf(home, 'duyet'))),
    ...when(heads > 0, () => block.text(t.queueHeads(heads))),
  ]
}

/** Opens the list of the units' reports, those that wait for the Board first. */
const reportsButton = (kind: ReviewKind): Button => ({
  label: common.open,
  action: 'unitReport.list',
  value: { kind, page: 0, open: true },
})

/** The units with the most missing. */
export const mostMissingPart: HomePart = ({ data: { campaign, overview } }) => {
  if (!overview || overview.mostMissing.length === 0) return []
  const { totals, mostMissing } = overview
  const more = totals.units - totals.complete - mostMissing.length
  const of = criteriaOf(campaign).length
  return [
    block.text(t.late),
    ...mostMissing.map(({ unit, missing }): Block => {
      const see = { label: common.open, action: 'status.open', value: { unit: unit.id } }
      return block.item(t.lateItem(unit.name, missing, of), [see])
    }),
    ...when(more > 0, () => block.note(t.lateMore(more))),
  ]
}

/** People whom messages do not reach; the Office invites them or corrects the roster. */
export const unreachablePart: HomePart = ({ data: { unreachable } }) => {
  if (unreachable.length === 0) return []
  const named = unreachable.slice(0, NAMED).map((p) => (p.email ? `${p.fullName} (${p.email})` : p.fullName))
  return [
    block.text(t.unreachable(unreachable.length)),
    block.text(t.unreachableNames(named, unreachable.length - named.length)),
    block.note(t.unreachableNext),
  ]
}
