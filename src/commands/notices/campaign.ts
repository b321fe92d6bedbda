import type { Campaign } from '../../core/campaign/campaign.js'
import type { Message } from '../../core/outbox/outbox.js'
import type { Tx } from '../../core/ports.js'

/**
 * The campaign that a message of the outbox is about: the one that it names, that of its submission, or of the submission
 * which the files of its drop became; else the one that is meant where nobody names one.
 */
export async function campaignOfNotice(
  tx: Tx,
  { workspaceId, payload }: Pick<Message, 'workspaceId' | 'payload'>,
): Promise<Campaign | undefined> {
  const { campaignId, submissionId, dropId } = payload
  if (typeof campaignId === 'string') return tx.campaigns.byId(workspaceId, campaignId)
  const drop = typeof dropId === 'string' ? await tx.drops.byId(workspaceId, dropId) : undefined
  const id = drop?.submissionId ?? submissionId
  const submission = typeof id === 'string' ? await tx.submissions.byId(workspaceId, id) : undefined
  return submission ? tx.campaigns.byId(workspaceId, submission.campaignId) : tx.campaigns.current(workspaceId)
}
