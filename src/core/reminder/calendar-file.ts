import type { Campaign } from '../campaign/campaign.js'
import { calendarKey } from '../outbox/topics.js'
import { may } from '../people/access.js'
import type { UseCase } from '../use-case.js'

/**
 * Queues a campaign's calendar file for the person who acts; its content is made when it is sent. `once`: the
 * request's key; `reminders`: with the reminders to come.
 */
export async function requestCalendarFile(
  use: UseCase,
  campaign: Campaign,
  once: string,
  reminders: boolean,
): Promise<void> {
  const { tx, actor, now } = use
  await tx.outbox.add(
    {
      workspaceId: actor.workspaceId,
      key: calendarKey(actor.person.id, once),
      kind: 'calendar.file',
      personId: actor.person.id,
      payload: { campaignId: campaign.id, seesAll: may(actor, 'schedule.seeAll'), reminders },
      dueAt: now,
    },
    now,
  )
}
