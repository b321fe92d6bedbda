import { criteriaOf } from '../../core/campaign/campaign.js'
import { settingsOf } from '../../core/campaign/read-settings.js'
import { isOrgOffice, maySeeAll } from '../../core/people/access.js'
import { noTotals } from '../../core/progress/progress.js'
import { vi } from '../../text/vi.js'
import type { Block } from '../ui.js'
import { buttonOf, type HomePart } from './part.js'

const { home: t, common } = vi
const LATE = 5
const NAMED = 10
/** For so long after a message did not get through its reader is named. */
const UNREACHED_MS = 30 * 86_400_000

/** Where the whole stands, for those who see everything. */
export const wholePart: HomePart = async (home) => {
  const { use, campaign, kind } = home
  if (!maySeeAll(use.actor)) return []
  const totals = (await use.tx.progress.totals(campaign.id, kind)) ?? noTotals
  if (totals.units === 0) return [{ kind: 'text', text: vi.summary.emptyRoster }]
  const groups = campaign.groups.map((g) =>
    t.group(g.code, g.short, totals.groups[g.code] ?? 0, g.criteria.length * totals.units),
  )
  const button = buttonOf(home, 'tonghop').map((b) => ({ ...b, style: 'primary' as const }))
  return [
    { kind: 'text', text: t.whole(totals.complete, totals.units, totals.missing) },
    { kind: 'text', text: groups.join('\n') },
    ...(button.length > 0 ? [{ kind: 'buttons', buttons: button } as Block] : []),
  ]
}

/** What waits, and for whom. */
export const queuePart: HomePart = async (home) => {
  const { use, campaign } = home
  if (!maySeeAll(use.actor)) return []
  const tally = await use.tx.progress.tallyOfAll(campaign.id)
  const { headConfirms } = await settingsOf(use.tx, use.actor.workspaceId)
  const heads = headConfirms ? tally.submitted : 0
  const board = tally.confirmed + (headConfirms ? 0 : tally.submitted)
  if (heads + board === 0) return [{ kind: 'note', text: t.queueEmpty }]
  return [
    ...(board > 0 ? [{ kind: 'item', text: t.queueBoard(board), buttons: buttonOf(home, 'duyet') } as Block] : []),
    ...(heads > 0 ? [{ kind: 'text', text: t.queueHeads(heads) } as Block] : []),
  ]
}

/** The units with the most missing. */
export const latePart: HomePart = async ({ use, campaign, kind }) => {
  if (!maySeeAll(use.actor)) return []
  const late = (await use.tx.progress.page(campaign.id, kind, LATE, 0)).filter((r) => r.missing.length > 0)
  if (late.length === 0) return []
  const totals = (await use.tx.progress.totals(campaign.id, kind)) ?? noTotals
  const more = totals.units - totals.complete - late.length
  const of = criteriaOf(campaign).length
  return [
    { kind: 'text', text: t.late },
    ...late.map((r): Block => {
      const see = { label: common.open, action: 'status.open', value: { unit: r.unit.id } }
      return { kind: 'item', text: t.lateItem(r.unit.name, r.missing, of), buttons: [see] }
    }),
    ...(more > 0 ? [{ kind: 'note', text: t.lateMore(more) } as Block] : []),
  ]
}

/** People whom messages do not reach: the Office invites them or mends the roster. */
export const unreachablePart: HomePart = async ({ use }) => {
  if (!isOrgOffice(use.actor)) return []
  const since = new Date(use.now.getTime() - UNREACHED_MS)
  const people = await use.tx.people.unreachable(use.actor.workspaceId, since)
  if (people.length === 0) return []
  const named = people.slice(0, NAMED).map((p) => (p.email ? `${p.fullName} (${p.email})` : p.fullName))
  return [
    { kind: 'text', text: t.unreachable(people.length) },
    { kind: 'text', text: t.unreachableNames(named, people.length - named.length) },
    { kind: 'note', text: t.unreachableNext },
  ]
}
