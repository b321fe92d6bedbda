import type { AuditAction } from '../../audit/audit.js'
import { type Campaign, criterionOf } from '../../campaign/campaign.js'
import { campaignsById, numberIn } from '../../campaign/running.js'
import { foldWords } from '../../fold.js'
import { seenBy } from '../../people/access.js'
import type { Store, Tx } from '../../ports.js'
import type { Submission } from '../../submission/submission.js'
import type { UseCase } from '../../use-case.js'
import type { SearchDoc } from './rows.js'

/** Rows of the log, and marks, read in one transaction: some 5 ms, in which nobody else can write. */
const AT_ONCE = 25

/** What may be found has changed with these. */
const writings: readonly AuditAction[] = ['submission.submitted', 'submission.revised']

/**
 * Reads whatever came in since into the index: before a search, and each minute. Costs two looks when nothing did. What is
 * left when `mayGoOn` says no is read the next time.
 */
export async function renewIndex(store: Store, workspaceId: string, mayGoOn = () => true): Promise<void> {
  const isBehind = await store.read(async (tx) => {
    const rows = await tx.audit.after(workspaceId, await tx.search.readTo(workspaceId), 1)
    return rows.length > 0 || (await tx.search.marked(workspaceId, 1)).length > 0
  })
  if (!isBehind) return
  while (mayGoOn() && (await store.write((tx) => renewSome(tx, workspaceId))) > 0);
}

async function renewSome(tx: Tx, workspaceId: string): Promise<number> {
  const rows = await tx.audit.after(workspaceId, await tx.search.readTo(workspaceId), AT_ONCE)
  const subjects = new Set(rows.filter((r) => writings.includes(r.action)).map((r) => r.subject))
  for (const subject of subjects) {
    const submission = await tx.submissions.byId(workspaceId, subject.slice('submission:'.length))
    if (submission) await tx.search.mark(submission)
  }
  const last = rows.at(-1)
  if (last) await tx.search.setReadTo(workspaceId, last.seq)
  const marked = await tx.search.marked(workspaceId, AT_ONCE)
  const campaigns = marked.length > 0 ? await campaignsById(tx, workspaceId) : new Map<string, Campaign>()
  for (const submission of marked) await tx.search.put(submission, await docOf(tx, campaigns, submission))
  return rows.length + marked.length
}

async function docOf(tx: Tx, campaigns: ReadonlyMap<string, Campaign>, submission: Submission): Promise<SearchDoc> {
  const unit = await tx.units.byId(submission.workspaceId, submission.unitId)
  const author = await tx.people.byId(submission.workspaceId, submission.authorId)
  const criterion = criterionOf(campaigns.get(submission.campaignId), submission.criterion)
  const { text, figure, figureUnit } = submission
  const names = [unit?.code, unit?.name, submission.criterion, criterion?.short, author?.fullName]
  return {
    // As it is written and as people say it: 000123 and 123.
    number: foldWords(`${numberIn(campaigns, submission)} ${submission.number}`),
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

/** One page of what the person may see and whose words these are, in every campaign. Call `renewIndex` before. */
export async function search({ tx, actor }: UseCase, typed: string, asked: number, size: number): Promise<Found> {
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
