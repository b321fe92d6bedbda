import type { Campaign } from '../../campaign/campaign.js'
import { campaignsById } from '../../campaign/running.js'
import { foldWords } from '../../fold.js'
import { seenBy } from '../../people/access.js'
import type { Submission } from '../../submission/submission.js'
import type { UseCase } from '../../use-case.js'
import { type SubmissionView, viewSubmission } from '../submission/view.js'

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
  /** The folded words searched for; `open`: the last one also as the beginning of a word. */
  words: readonly string[]
  open: boolean
}

/** One page of the submissions with these words that the person may see, in every campaign. Call `updateIndex` before. */
export async function search({ tx, actor }: UseCase, typed: string, wantedPage: number, size: number): Promise<Found> {
  const { words, open } = searchWords(typed)
  if (words.length === 0) return { submissions: [], total: 0, page: 0, pages: 1, words, open }
  const at = (page: number) =>
    tx.search.find({
      workspaceId: actor.workspaceId,
      words,
      open,
      scope: seenBy(actor),
      limit: size,
      offset: page * size,
    })
  let found = await at(wantedPage)
  const pages = Math.max(1, Math.ceil(found.total / size))
  const page = Math.min(wantedPage, pages - 1)
  if (page !== wantedPage) found = await at(page)
  const submissions: Submission[] = []
  for (const id of found.ids) {
    const one = await tx.submissions.byId(actor.workspaceId, id)
    if (one) submissions.push(one)
  }
  return { submissions, total: found.total, page, pages, words, open }
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
