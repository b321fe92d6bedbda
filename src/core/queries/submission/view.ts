import type { Attachment } from '../../attachment/attachment.js'
import { type Campaign, submissionNumber } from '../../campaign/campaign.js'
import { settingsOf } from '../../campaign/read-settings.js'
import type { ReviewKind } from '../../campaign/review.js'
import { may, unitsLedBy } from '../../people/access.js'
import type { Tx } from '../../ports.js'
import { isCounted } from '../../progress/progress.js'
import { find, visible } from '../../submission/decide.js'
import { type Duplicate, isAlike } from '../../submission/duplicate.js'
import type { Submission, SubmissionEvent } from '../../submission/submission.js'
import type { UseCase } from '../../use-case.js'
import { campaignById } from '../campaign/scope.js'

/** A submission and the campaign that it belongs to. */
export interface InCampaign {
  submission: Submission
  campaign: Campaign
}

/** A submission with what cards and documents show of it: unit, author, last event, files. */
export interface SubmissionView extends InCampaign {
  unitName: string
  authorName: string
  /** The author is the unit's head or deputy. */
  authorLeads: boolean
  last: (SubmissionEvent & { byName: string }) | undefined
  /** Whether a head confirms before the Command Board decides. */
  headConfirms: boolean
  files: readonly Attachment[]
  /** The review that was closed without counting it, so that it counts for the next one; undefined for none. */
  after: ReviewKind | undefined
  /** Other submissions that may be the same achievement. */
  duplicates: readonly (Duplicate & { unitName: string; number: string })[]
  timeZone: string
}

/** A submission by its id, with its campaign. Checks no permission. Throws `submission.not_found`, `campaign.none`. */
export async function submissionInCampaign(use: UseCase, id: string): Promise<InCampaign> {
  const submission = await find(use, id)
  return { submission, campaign: await campaignById(use, submission.campaignId) }
}

/** Reads what is shown of one submission. `timeZone`: IANA name, passed through for showing instants. */
export async function viewSubmission(
  tx: Tx,
  campaign: Campaign,
  submission: Submission,
  timeZone: string,
): Promise<SubmissionView> {
  const { workspaceId } = submission
  const roles = await tx.people.rolesOf(workspaceId, submission.authorId)
  const files = await tx.attachments.ofSubmission(workspaceId, submission.id)
  return {
    submission,
    campaign,
    unitName: (await tx.units.byId(workspaceId, submission.unitId))?.name ?? '',
    authorName: (await tx.people.everById(workspaceId, submission.authorId))?.fullName ?? '',
    authorLeads: unitsLedBy({ roles }).some((u) => u.id === submission.unitId),
    last: await tx.submissions.lastEvent(submission.id),
    headConfirms: (await settingsOf(tx, workspaceId)).headConfirms,
    files,
    duplicates: await duplicatesOf(tx, campaign, submission, files),
    after: await closedWithout(tx, submission),
    timeZone,
  }
}

/** Duplicates that are shown, and submissions of one day that are compared. */
const SHOWN = 2
const COMPARED = 20

/** Other submissions with the same file, or of the same unit, criterion and day with nearly the same text. */
async function duplicatesOf(
  tx: Tx,
  campaign: Campaign,
  submission: Submission,
  files: readonly Attachment[],
): Promise<SubmissionView['duplicates']> {
  if (submission.state === 'withdrawn' || submission.state === 'accepted') return []
  const found: Duplicate[] = []
  if (files.some((f) => f.state === 'stored'))
    for (const other of await tx.submissions.withSameFile(submission, SHOWN))
      found.push({ submission: other, why: 'file' })
  for (const other of await tx.submissions.ofSameDay(submission, COMPARED)) {
    if (found.length >= SHOWN) break
    if (isAlike(submission.text, other.text) && !found.some((f) => f.submission.id === other.id))
      found.push({ submission: other, why: 'text' })
  }
  const named = []
  for (const one of found.slice(0, SHOWN)) {
    const { campaignId, workspaceId, unitId, number } = one.submission
    const of = campaignId === campaign.id ? campaign : await tx.campaigns.byId(workspaceId, campaignId)
    const unitName = (await tx.units.byId(workspaceId, unitId))?.name ?? ''
    if (of) named.push({ ...one, unitName, number: submissionNumber(of, number) })
  }
  return named
}

/** The review that was closed last, where a submission did not count for it. */
async function closedWithout(tx: Tx, { id, campaignId, state }: Submission): Promise<ReviewKind | undefined> {
  if (state === 'withdrawn') return undefined
  const last = (await tx.reviews.list(campaignId)).filter((r) => r.closed).at(-1)
  if (!last?.closed || isCounted(await tx.closings.stateOf(last.closed.id, id))) return undefined
  return last.kind
}

/** The page of one submission. */
export interface SubmissionPageView extends SubmissionView {
  /** For a person who may accept: id of the event with which the shown content was handed in. */
  writingId: string | undefined
}

/** The page of one submission for a person who may see it. Throws `access.denied`. */
export async function viewSubmissionPage(
  use: UseCase,
  { submission, campaign }: InCampaign,
): Promise<SubmissionPageView> {
  await visible(use, submission)
  const view = await viewSubmission(use.tx, campaign, submission, use.timeZone)
  const mayAccept = may(use.actor, 'submission.accept')
  return { ...view, writingId: mayAccept ? (await use.tx.submissions.lastWriting(submission.id))?.id : undefined }
}

/** What replaces the form once it was stored. */
export interface ReceiptView extends InCampaign {
  headConfirms: boolean
  /** The unit that the Organisation–Administration Office handed in for; undefined for one's own. */
  onBehalfOf: string | undefined
  files: readonly Attachment[]
}

/** Reads a receipt with as few queries as possible: `hasFiles` false reads no files. */
export async function viewReceipt(
  { tx }: UseCase,
  campaign: Campaign,
  submission: Submission,
  hasFiles: boolean,
): Promise<ReceiptView> {
  const { workspaceId, unitId, onBehalf } = submission
  return {
    submission,
    campaign,
    headConfirms: (await settingsOf(tx, workspaceId)).headConfirms,
    onBehalfOf: onBehalf ? (await tx.units.byId(workspaceId, unitId))?.name : undefined,
    files: hasFiles ? await tx.attachments.ofSubmission(workspaceId, submission.id) : [],
  }
}
