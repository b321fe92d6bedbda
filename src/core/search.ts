import { seenBy } from './access.js'
import { type Campaign, criterionOf, submissionNumber } from './campaign.js'
import { foldWords } from './fold.js'
import type { Store, Tx } from './ports.js'
import type { Submission } from './submission.js'
import type { UseCase } from './use-case.js'

/** What can be found of one submission: folded words, parted by spaces. */
export interface SearchDoc {
  number: string
  /** Unit, criterion, author. */
  names: string
  text: string
  /** Names of its files. */
  files: string
}

export interface SearchQuery {
  campaignId: string
  /** Folded words, letters and digits only; at least one. All must be there. */
  words: readonly string[]
  /** The last word may be the beginning of one. */
  open: boolean
  /** Whose submissions and which units' may be found. */
  scope: { authorId: string; unitIds: readonly string[] } | 'all'
  limit: number
  offset: number
}

/**
 * The full-text index. Handing in only leaves a mark, which costs a hundredth of the indexing; what is marked is read
 * before the next search, and each minute, many at once. So nothing is ever found as it was before.
 */
export interface Search {
  mark(submission: Pick<Submission, 'id' | 'workspaceId' | 'campaignId'>): Promise<void>
  /** Everything that holds a name which has changed. */
  markOf(workspaceId: string, of: { unitId: string } | { authorId: string } | { campaignId: string }): Promise<void>
  /** Submissions whose mark still stands, in the order in which they were handed in. */
  marked(campaignId: string, limit: number): Promise<Submission[]>
  /** Puts a document in place of what was there of the submission, and takes the mark away. */
  put(submission: Submission, doc: SearchDoc): Promise<void>
  /** Ids of what was found, best first, then newest; and how many there are in all. */
  find(query: SearchQuery): Promise<{ ids: string[]; total: number }>
}

/** Submissions read into the index in one transaction: some 30 ms, in which nobody else can write. */
const AT_ONCE = 500

/** Reads everything that is marked into the index, before a search and each minute. Costs one look when nothing is. */
export async function indexMarked(store: Store, workspaceId: string): Promise<void> {
  const isMarked = await store.read(async (tx) => {
    const campaign = await tx.campaigns.current(workspaceId)
    return campaign !== undefined && (await tx.search.marked(campaign.id, 1)).length > 0
  })
  if (!isMarked) return
  const index = async (tx: Tx) => {
    const campaign = await tx.campaigns.current(workspaceId)
    return campaign ? refreshSearch(tx, campaign, AT_ONCE) : 0
  }
  while ((await store.write(index)) === AT_ONCE);
}

/** Reads what is marked into the index, at most `limit` submissions; how many it read. */
export async function refreshSearch(tx: Tx, campaign: Campaign, limit: number): Promise<number> {
  const marked = await tx.search.marked(campaign.id, limit)
  for (const submission of marked) await tx.search.put(submission, await docOf(tx, campaign, submission))
  return marked.length
}

async function docOf(tx: Tx, campaign: Campaign, submission: Submission): Promise<SearchDoc> {
  const unit = await tx.units.byId(submission.workspaceId, submission.unitId)
  const author = await tx.people.byId(submission.workspaceId, submission.authorId)
  const criterion = criterionOf(campaign, submission.criterion)
  const { text, figure, figureUnit } = submission
  const names = [unit?.code, unit?.name, submission.criterion, criterion?.short, author?.fullName]
  return {
    // As it is written and as people say it: 000123 and 123.
    number: foldWords(`${submissionNumber(campaign, submission.number)} ${submission.number}`),
    names: foldWords(names.join(' ')),
    text: foldWords([text, figure, figureUnit].join(' ')),
    files: '',
  }
}

const MAX_WORDS = 12

/** The words of what was typed. The last one may be a beginning, unless it is a number: 12 is not 123. */
export function searchWords(typed: string): { words: string[]; open: boolean } {
  const words = foldWords(typed).split(' ').slice(0, MAX_WORDS)
  const last = words.at(-1) ?? ''
  return { words: last === '' ? [] : words, open: last.length > 1 && !/\d/.test(last) }
}

export interface Found {
  submissions: Submission[]
  total: number
  page: number
  pages: number
  words: readonly string[]
  open: boolean
}

/** One page of what the person may see and whose words these are. Call `indexMarked` before. */
export async function search(
  { tx, actor }: UseCase,
  campaign: Campaign,
  typed: string,
  asked: number,
  size: number,
): Promise<Found> {
  const { words, open } = searchWords(typed)
  if (words.length === 0) return { submissions: [], total: 0, page: 0, pages: 1, words, open }
  const at = (page: number) =>
    tx.search.find({
      campaignId: campaign.id,
      words,
      open,
      scope: seenBy(actor),
      limit: size,
      offset: page * size,
    })
  let found = await at(asked)
  const pages = Math.max(1, Math.ceil(found.total / size))
  const page = Math.min(asked, pages - 1)
  if (page !== asked) found = await at(page)
  const submissions: Submission[] = []
  for (const id of found.ids) {
    const one = await tx.submissions.byId(actor.workspaceId, id)
    if (one) submissions.push(one)
  }
  return { submissions, total: found.total, page, pages, words, open }
}
