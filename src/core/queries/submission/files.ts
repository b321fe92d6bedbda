import type { Attachment } from '../../attachment/attachment.js'
import type { FileDrop } from '../../attachment/file-drop.js'
import type { Tx } from '../../ports.js'
import type { Submission } from '../../submission/submission.js'
import type { InCampaign } from './view.js'

/** The stored files of one submission. */
export interface StoredFilesView extends InCampaign {
  unitName: string
  files: readonly (Pick<Attachment, 'name' | 'size'> & { sha256: string })[]
}

/** Reads the stored files of one submission; undefined when it is gone. Checks no permission. */
export async function viewStoredFiles(
  tx: Tx,
  workspaceId: string,
  submissionId: string,
): Promise<StoredFilesView | undefined> {
  const submission = await tx.submissions.byId(workspaceId, submissionId)
  const campaign = submission && (await tx.campaigns.byId(workspaceId, submission.campaignId))
  if (!campaign) return undefined
  const files = await tx.attachments.ofSubmission(workspaceId, submissionId)
  return {
    submission,
    campaign,
    unitName: (await tx.units.byId(workspaceId, submission.unitId))?.name ?? '',
    files: files.flatMap(({ state, name, sha256, size }) =>
      state === 'stored' && sha256 !== null ? [{ name, sha256, size }] : [],
    ),
  }
}

/** All files of a submission, whatever became of their bytes. */
export const filesOfSubmission = (tx: Tx, { workspaceId, id }: Submission): Promise<Attachment[]> =>
  tx.attachments.ofSubmission(workspaceId, id)

/** All files of a file drop. */
export const filesOfDrop = (tx: Tx, drop: FileDrop): Promise<Attachment[]> =>
  tx.attachments.ofDrop(drop.workspaceId, drop.id)
