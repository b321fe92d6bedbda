import type { Campaign } from '../campaign/campaign.js'
import { isAdmin } from '../people/access.js'
import type { UseCase } from '../use-case.js'

/** Has the calendar of a campaign sent to whoever asks, as a file; what it holds is made when it is sent. Once a press. */
export async function askForCalendar(use: UseCase, campaign: Campaign, once: string): Promise<void> {
  const { tx, actor, now } = use
  await tx.outbox.add(
    {
      workspaceId: actor.workspaceId,
      key: `calendar:${actor.person.id}:${once}`,
      kind: 'calendar.file',
      personId: actor.person.id,
      payload: { campaignId: campaign.id, isAdmin: isAdmin(actor) },
      dueAt: now,
    },
    now,
  )
}
