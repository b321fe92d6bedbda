import type { Campaign } from '../../campaign/campaign.js'
import { campaignsById } from '../../campaign/running.js'
import { localDate } from '../../date.js'
import { foldWords } from '../../fold.js'
import { seenBy } from '../../people/access.js'
import type { SearchQuery } from '../../submission/search-index.js'
import type { Submission } from '../../submission/submission.js'
import type { UseCase } from '../../use-case.js'
import { type SubmissionView, viewSubmission } from '../submission/view.js'
import { isFiltered, noFilter, type SearchFilter, takeFilter } from './filter.js'

/** Words of a query that are searched for. */
const MAX_WORDS = 12

/** The words of a query. The last one may be the beginning of a word unless it has a digit: 12 must not find 123. */
function searchWords(typed: string): { words: string[]; open: boolean } {
  const words = foldWords(typed).split(' ').slice(0, MAX_WORDS)
  const last = words.at(-1) ?? ''
  return { words: last === '' ? [] : words, open: last.length > 1 && !/\d/.test(last) }
}

/** One page of results. */
export interface Found {
  submissions: Submission[]
  total: number
  /** From 0; the last page if a later one was requested. */
  page: number
  pages: number
  filter: SearchFilter
  /** Why nothing was found; undefined where something was. */
  why?: WhyNothing
  /** The folded words searched for; `open`: the last one also as the beginning of a word. */
  words: readonly string[]
  open: boolean
}

/** Why a search found nothing: words that occur nowhere, or words and filters that never occur together. */
export interface WhyNothing {
  /** Words of which there is nothing, even alone. */
  unknown: readonly string[]
  /** How many there would be without the filter. */
  unfiltered: number
}

/** One page of the submissions with these words, in these states and of these days, that the person may see, in every campaign. Call `updateIndex` before. */
export async function search(use: UseCase, typed: string, wantedPage: number, size: number): Promise<Found> {
  const { tx, actor, now, timeZone } = use
  const { filter, rest } = takeFilter(typed, Number(localDate(now, timeZone).slice(0, 4)))
  const { words, open } = searchWords(rest)
  if (words.length === 0 && !isFiltered(filter))
    return { submissions: [], total: 0, page: 0, pages: 1, words, open, filter }
  const query = (of: Partial<SearchQuery>) =>
    tx.search.find({
      workspaceId: actor.workspaceId,
      words,
      typed: typed.trim(),
      open,
      ...filter,
      scope: seenBy(actor),
      limit: size,
      offset: 0,
      ...of,
    })
  const at = (page: number) => query({ offset: page * size })
  let found = await at(wantedPage)
  const pages = Math.max(1, Math.ceil(found.total / size))
  const page = Math.min(wantedPage, pages - 1)
  if (page !== wantedPage) found = await at(page)
  const submissions: Submission[] = []
  for (const id of found.ids) {
    const one = await tx.submissions.byId(actor.workspaceId, id)
    if (one) submissions.push(one)
  }
  if (found.total > 0) return { submissions, total: found.total, page, pages, words, open, filter }
  const count = async (of: Partial<SearchQuery>) => (await query({ ...of, limit: 1 })).total
  const unknown: string[] = []
  for (const [i, word] of words.entries()) {
    const isOpen = open && i === words.length - 1
    if ((await count({ words: [word], open: isOpen, ...noFilter })) === 0) unknown.push(word)
  }
  const unfiltered = isFiltered(filter) && words.length > 0 ? await count(noFilter) : 0
  return { submissions, total: 0, page, pages, words, open, filter, why: { unknown, unfiltered } }
}

/** Results with the data that is shown of each. */
export type FoundViews = Omit<Found, 'submissions'> & { submissions: SubmissionView[] }

/**
 * The same as `search`, with the data that is shown of each result. `here`: the campaign for a submission whose own is
 * unknown.
 */
export async function searchViews(
  use: UseCase,
  here: Campaign,
  typed: string,
  wantedPage: number,
  size: number,
): Promise<FoundViews> {
  const { tx, actor, timeZone } = use
  const campaigns = await campaignsById(tx, actor.workspaceId)
  const found = await search(use, typed, wantedPage, size)
  const submissions: SubmissionView[] = []
  for (const s of found.submissions)
    submissions.push(await viewSubmission(tx, campaigns.get(s.campaignId) ?? here, s, timeZone))
  return { ...found, submissions }
}
