import type { Campaign } from '../../campaign/campaign.js'
import { settingsOf } from '../../campaign/read-settings.js'
import { addDays, instantAt, localDate } from '../../date.js'
import { authorize } from '../../people/access.js'
import { visible } from '../../submission/decide.js'
import { awaitingBoard } from '../../submission/state.js'
import type { Submission } from '../../submission/submission.js'
import type { UseCase } from '../../use-case.js'
import type { DeskFilter, DeskItem, WaitingCell } from './rows.js'

export interface DeskPage {
  items: DeskItem[]
  /** From 0; the last one there is, when a later one was asked for. */
  page: number
  pages: number
  total: number
  oldest: Date | undefined
  /** How many wait for the Board, by unit within the chosen criterion and by criterion within the chosen unit. */
  byUnit: ReadonlyMap<string, number>
  byCriterion: ReadonlyMap<string, number>
  /** How many more wait for their heads first, within the filter; 0 where heads are not needed. */
  withHeads: number
}

/** One page of what waits for the Command Board, oldest first. Throws `access.denied`. */
export async function deskPage(
  use: UseCase,
  campaign: Campaign,
  filter: DeskFilter,
  asked: number,
  size: number,
): Promise<DeskPage> {
  const { tx, actor, now } = use
  authorize(actor, 'submission.accept')
  const { headConfirms } = await settingsOf(tx, actor.workspaceId)
  const states = awaitingBoard(headConfirms)
  const cells = await tx.desk.waiting(campaign.id)
  const count = (cell: WaitingCell) => (headConfirms ? cell.confirmed : cell.confirmed + cell.submitted)
  const inUnit = (cell: WaitingCell) => filter.unitId === undefined || cell.unitId === filter.unitId
  const inCriterion = (cell: WaitingCell) => filter.criterion === undefined || cell.criterion === filter.criterion
  const chosen = cells.filter((c) => inUnit(c) && inCriterion(c))
  const total = chosen.reduce((n, c) => n + count(c), 0)
  const pages = Math.max(1, Math.ceil(total / size))
  const page = Math.min(asked, pages - 1)
  const query = { ...filter, campaignId: campaign.id, states }
  return {
    items: await tx.desk.queue({ ...query, personId: actor.person.id, now, limit: size, offset: page * size }),
    page,
    pages,
    total,
    oldest: total > 0 ? await tx.desk.oldest(query) : undefined,
    byUnit: sums(cells.filter(inCriterion), (c) => c.unitId, count),
    byCriterion: sums(cells.filter(inUnit), (c) => c.criterion, count),
    withHeads: headConfirms ? chosen.reduce((n, c) => n + c.submitted, 0) : 0,
  }
}

function sums<T>(of: readonly T[], key: (one: T) => string, count: (one: T) => number): Map<string, number> {
  const map = new Map<string, number>()
  for (const one of of) if (count(one) > 0) map.set(key(one), (map.get(key(one)) ?? 0) + count(one))
  return map
}

/** Puts one submission behind all others until tomorrow, for this member of the Board alone. Throws `access.denied`. */
export async function putOff(use: UseCase, id: string): Promise<Submission> {
  authorize(use.actor, 'submission.accept')
  const submission = await visible(use, id)
  const tomorrow = addDays(localDate(use.now, use.timeZone), 1)
  await use.tx.desk.putOff(submission, use.actor.person.id, instantAt(tomorrow, '00:00', use.timeZone))
  return submission
}
