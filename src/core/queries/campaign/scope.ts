import { calendarOf } from '../../calendar/holiday-calendar.js'
import type { Campaign } from '../../campaign/campaign.js'
import { running } from '../../campaign/running.js'
import { localDate } from '../../date.js'
import { UserError } from '../../errors.js'
import type { UseCase } from '../../use-case.js'

type Use = Pick<UseCase, 'tx' | 'actor'>

/** Id of the current campaign, the one that requests without a campaign are about: the one imported last. */
export const currentCampaignId = async ({ tx, actor }: Use): Promise<string | undefined> =>
  (await tx.campaigns.current(actor.workspaceId))?.id

/** Id of a campaign that the workspace has; undefined for any other. */
export const knownCampaignId = async ({ tx, actor }: Use, id: string): Promise<string | undefined> =>
  (await tx.campaigns.byId(actor.workspaceId, id))?.id

/** The campaign with an id, or the current one for null. Throws `campaign.none`. */
export async function campaignById({ tx, actor }: Use, id: string | null): Promise<Campaign> {
  const campaign = await (id === null
    ? tx.campaigns.current(actor.workspaceId)
    : tx.campaigns.byId(actor.workspaceId, id))
  if (!campaign) throw new UserError('campaign.none', {})
  return campaign
}

/** One campaign, and the others that may be meant instead. */
export interface CampaignChoice {
  here: Campaign
  others: readonly Campaign[]
}

/**
 * The campaign with an id (the current one for null), with the current campaign and those that run today, at most `limit` of
 * them; undefined in a workspace of a single campaign. Throws `campaign.none`.
 */
export async function campaignChoice(
  use: UseCase,
  id: string | null,
  limit: number,
): Promise<CampaignChoice | undefined> {
  const { tx, actor, now, timeZone } = use
  const [current, second] = await tx.campaigns.all(actor.workspaceId)
  if (!current || !second) return undefined
  const here = await campaignById(use, id)
  const isWorkingDay = await calendarOf(tx, actor.workspaceId)
  const run = await running(tx, actor.workspaceId, localDate(now, timeZone), isWorkingDay)
  const others = new Set([current, ...run].filter((c) => c.id !== here.id))
  return { here, others: [...others].slice(0, limit) }
}
