import type { AuditAction } from '../audit/audit.js'
import { type Campaign, criterionOf } from '../campaign/campaign.js'
import { campaignsById, numberIn } from '../campaign/running.js'
import { foldWords } from '../fold.js'
import type { Store, Tx } from '../ports.js'
import type { SearchDoc } from './search-index.js'
import type { Submission } from './submission.js'

/** Rows of the log, and marks, processed in one transaction: about 5 ms, in which nobody else can write. */
const AT_ONCE = 25

/** Actions that change what can be found. */
const writings: readonly AuditAction[] = ['submission.submitted', 'submission.revised']

/**
 * Brings the full-text index up to date; runs before a search and once a minute. Two reads if nothing changed. Stops when
 * `mayGoOn` returns false; the rest is indexed the next time.
 */
export async function updateIndex(store: Store, workspaceId: string, mayGoOn = () => true): Promise<void> {
  const isBehind = await store.read(async (tx) => {
    const rows = await tx.audit.after(workspaceId, await tx.search.lastIndexedRow(workspaceId), 1)
    return rows.length > 0 || (await tx.search.marked(workspaceId, 1)).length > 0
  })
  if (!isBehind) return
  while (mayGoOn() && (await store.write((tx) => updateSome(tx, workspaceId))) > 0);
}

async function updateSome(tx: Tx, workspaceId: string): Promise<number> {
  const rows = await tx.audit.after(workspaceId, await tx.search.lastIndexedRow(workspaceId), AT_ONCE)
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
