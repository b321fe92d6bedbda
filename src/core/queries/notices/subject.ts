import type { FileDrop } from '../../attachment/file-drop.js'
import type { Campaign } from '../../campaign/campaign.js'
import type { Message } from '../../outbox/outbox.js'
import type { Tx } from '../../ports.js'
import type { Submission } from '../../submission/submission.js'

/** What a message of the outbox is about. */
export interface NoticeSubject {
  /**
   * The campaign that the message names. If it names none: the campaign of its submission, or of the submission that
   * its file drop became, or the current one.
   */
  campaign: Campaign
  submission?: Submission
  drop?: FileDrop
}

/** Reads what a message is about; undefined where the workspace has no campaign. */
export async function noticeSubject(
  tx: Tx,
  { workspaceId, payload }: Pick<Message, 'workspaceId' | 'payload'>,
): Promise<NoticeSubject | undefined> {
  const { campaignId, submissionId, dropId } = payload
  if (typeof campaignId === 'string') {
    const campaign = await tx.campaigns.byId(workspaceId, campaignId)
    return campaign && { campaign }
  }
  const drop = typeof dropId === 'string' ? await tx.drops.byId(workspaceId, dropId) : undefined
  const id = drop?.submissionId ?? submissionId
  const submission = typeof id === 'string' ? await tx.submissions.byId(workspaceId, id) : undefined
  const campaign = submission
    ? await tx.campaigns.byId(workspaceId, submission.campaignId)
    : await tx.campaigns.current(workspaceId)
  return campaign && { campaign, submission, drop }
}

/** The name of a unit that a message is about; undefined for a unit that is gone. */
export const unitName = async (tx: Tx, workspaceId: string, unitId: string): Promise<string | undefined> =>
  (await tx.units.byId(workspaceId, unitId))?.name
