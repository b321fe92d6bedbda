import type { Attachment } from '../attachment/attachment.js'
import type { Campaign } from '../campaign/campaign.js'
import { settingsOf } from '../campaign/read-settings.js'
import type { Tx } from '../ports.js'
import type { Submission, SubmissionEvent } from '../submission/submission.js'

/** A submission with what cards and documents show of it: unit, author, last event, files. */
export interface SubmissionView {
  submission: Submission
  campaign: Campaign
  unitName: string
  authorName: string
  /** The author is the unit's head or deputy. */
  authorLeads: boolean
  last: (SubmissionEvent & { byName: string }) | undefined
  /** Whether a head confirms before the Command Board decides. */
  headConfirms: boolean
  files: readonly Attachment[]
  timeZone: string
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
  return {
    submission,
    campaign,
    unitName: (await tx.units.byId(workspaceId, submission.unitId))?.name ?? '',
    authorName: (await tx.people.everById(workspaceId, submission.authorId))?.fullName ?? '',
    authorLeads: roles.some((r) => r.unit.id === submission.unitId && (r.role === 'head' || r.role === 'deputy')),
    last: await tx.submissions.lastEvent(submission.id),
    headConfirms: (await settingsOf(tx, workspaceId)).headConfirms,
    files: await tx.attachments.ofSubmission(workspaceId, submission.id),
    timeZone,
  }
}
