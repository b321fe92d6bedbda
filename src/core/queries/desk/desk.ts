import type { Campaign } from '../../campaign/campaign.js'
import { settingsOf } from '../../campaign/read-settings.js'
import { authorize } from '../../people/access.js'
import type { Unit } from '../../people/unit.js'
import { visible } from '../../submission/decide.js'
import { awaitingBoard } from '../../submission/state.js'
import type { Submission } from '../../submission/submission.js'
import type { UseCase } from '../../use-case.js'
import { type SubmissionView, viewSubmission } from '../submission/view.js'
import type { DeskFilter, DeskItem, WaitingCell } from './rows.js'

/** One page of what waits for the Command Board. */
export interface DeskPage {
  items: DeskItem[]
  /** From 0; the last page if a later one was requested. */
  page: number
  pages: number
  total: number
  oldest: Date | undefined
  /** Numbers of waiting submissions: by unit within the filtered criterion, by criterion within the filtered unit. */
  byUnit: ReadonlyMap<string, number>
  byCriterion: ReadonlyMap<string, number>
  /** How many more still wait for a head, within the filter; 0 where heads need not confirm. */
  withHeads: number
}

/** One page of what waits for the Command Board, oldest first. Throws `access.denied`. */
export async function deskPage(
  use: UseCase,
  campaign: Campaign,
  filter: DeskFilter,
  wantedPage: number,
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
  const page = Math.min(wantedPage, pages - 1)
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

/** One page of the desk with all that is shown of it. */
export interface DeskView extends DeskPage {
  /** Every unit of the workspace, in the roster's order. */
  units: readonly Unit[]
  /** Where one unit is shown and more than one piece waits: the id of the newest change of state among it. */
  upTo: string | undefined
  /** The page's items, in their order. */
  views: readonly SubmissionView[]
}

/** Throws `access.denied`. */
export async function deskView(
  use: UseCase,
  campaign: Campaign,
  filter: DeskFilter,
  wantedPage: number,
  size: number,
): Promise<DeskView> {
  const { tx, actor, timeZone } = use
  const page = await deskPage(use, campaign, filter, wantedPage, size)
  const views: SubmissionView[] = []
  for (const { submission } of page.items) views.push(await viewSubmission(tx, campaign, submission, timeZone))
  const states = awaitingBoard((await settingsOf(tx, actor.workspaceId)).headConfirms)
  const { unitId, criterion } = filter
  const isUnit = unitId !== undefined && criterion === undefined && page.total > 1
  const upTo = isUnit ? await tx.submissions.newestEvent(campaign.id, unitId, states) : undefined
  return { ...page, upTo, units: await tx.units.list(actor.workspaceId), views }
}

/** A submission that can be ticked to be accepted with others. */
export interface DeskChoice {
  submission: Submission
  unitName: string
  authorName: string
}

/** Submissions by their ids, for a member of the Command Board. Throws `access.denied`, `submission.not_found`. */
export async function deskChoices(use: UseCase, ids: readonly string[]): Promise<DeskChoice[]> {
  const { tx, actor } = use
  authorize(actor, 'submission.accept')
  const choices: DeskChoice[] = []
  for (const id of ids) {
    const submission = await visible(use, id)
    const unit = await tx.units.byId(actor.workspaceId, submission.unitId)
    const author = await tx.people.byId(actor.workspaceId, submission.authorId)
    choices.push({ submission, unitName: unit?.name ?? '', authorName: author?.fullName ?? '' })
  }
  return choices
}
