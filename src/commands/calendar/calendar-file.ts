import { z } from 'zod'
import { calendarOf } from '../../core/calendar/holiday-calendar.js'
import { type CalendarEvent, calendarText } from '../../core/calendar/ics.js'
import type { Work } from '../../core/outbox/outbox.js'
import { maySeeAll } from '../../core/people/access.js'
import { remindersOf, rungsAhead } from '../../core/queries/reminder/forecast.js'
import type { Planning } from '../../core/reminder/inputs.js'
import type { Rung } from '../../core/reminder/ladder.js'
import { vi } from '../../text/vi.js'
import type { OutgoingFile } from '../chat.js'

const { calendar: t } = vi
const payload = z.object({ campaignId: z.string(), isAdmin: z.boolean() })

/**
 * The calendar of a campaign for the person who asked for it, and what is said beside it: the reviews, and the reminders to
 * come: their own, or all of them for those who may see all. Undefined when the campaign or the person is gone.
 */
export async function calendarFile(
  at: Omit<Planning, 'isWorkingDay'>,
  work: Work,
): Promise<{ comment: string; files: OutgoingFile[] } | undefined> {
  const { tx, now } = at
  const { workspaceId, personId } = work
  const { campaignId, isAdmin } = payload.parse(work.payload)
  const campaign = await tx.campaigns.byId(workspaceId, campaignId)
  const person = await tx.people.byId(workspaceId, personId)
  if (!campaign || !person) return undefined
  const plan: Planning = { ...at, isWorkingDay: await calendarOf(tx, workspaceId) }
  const roles = await tx.people.rolesOf(workspaceId, personId)
  const actor = { workspaceId, person, accountId: '', roles, isConfiguredAdmin: isAdmin }
  const description = t.file.about(campaign.number, campaign.title)
  const uid = (what: string) => `${campaign.id}-${what}@thidua`
  const seen = new Map<string, CalendarEvent>()
  const add = (event: CalendarEvent) => seen.has(event.uid) || seen.set(event.uid, event)
  for (const { kind, date } of await tx.reviews.list(campaignId))
    add({ uid: uid(`${kind}-review`), summary: t.file.review(kind, campaign.number), description, start: date })
  const remind = ({ kind, offset }: Rung, start: Date, whose: 'own' | 'all') =>
    add({ uid: uid(`${kind}-${whose}-${offset}`), summary: t.file.reminder(kind, offset, whose), description, start })
  for (const r of (await remindersOf(plan, campaign, personId)).toCome) remind(r.rung, r.at, 'own')
  if (maySeeAll(actor) || isAdmin) for (const r of await rungsAhead(plan, campaign)) remind(r.rung, r.at, 'all')
  const text = calendarText(t.file.name(campaign.number), [...seen.values()], now)
  const file = { name: `thidua-${campaign.code}.ics`, bytes: new TextEncoder().encode(text) }
  return { comment: t.file.comment(campaign.number), files: [file] }
}
