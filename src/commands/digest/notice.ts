import { localDate } from '../../core/date.js'
import { may } from '../../core/people/access.js'
import { overdueReviews, reviewEve } from '../../core/queries/digest/overdue.js'
import { getsDigest, recipientOf } from '../../core/queries/people/recipient.js'
import { areComplete } from '../../core/queries/progress/unit-status.js'
import type { Notice } from '../notices/notice.js'
import { payloadOf } from '../notices/payloads.js'
import type { Card } from '../ui.js'
import { eveCard } from './eve-card.js'
import { overdueCard } from './overdue-card.js'
import { thanksCard } from './thanks-card.js'
import { weeklyCard } from './weekly-card.js'

/** Late units with a button of their own, in one message. */
const LATE_UNITS = 15

/** Units named with what they lack before a review. */
const EVE_UNITS = 12

/** Tells the Organisation–Administration Office of late units; updated through its day until nobody is late. */
export async function overdueNotice(notice: Notice): Promise<Card | null> {
  const { tx, message, now, timeZone } = notice
  if (!(await getsDigest(tx, message, 'digest.overdue'))) return null
  const { on, reviews } = payloadOf('late.digest', message)
  // A message delayed until another day is dropped: that day has a digest of its own.
  if (message.ts === null && on !== localDate(now, timeZone)) return null
  const overdue = await overdueReviews(notice, message.workspaceId, reviews, LATE_UNITS)
  const isNeeded = message.ts !== null || overdue.some((r) => r.late > 0)
  return overdue.length > 0 && isNeeded ? overdueCard(overdue, notice) : null
}

/** Tells the Command Board and the School Board the state of the campaign on the working day before a review. */
export async function eveNotice(notice: Notice): Promise<Card | null> {
  const { tx, message, campaign } = notice
  if (!(await getsDigest(tx, message, 'digest.eve'))) return null
  const reader = await recipientOf(tx, message.workspaceId, message.personId)
  const nudges = reader !== undefined && may(reader, 'nudge.send')
  const eve = await reviewEve(notice, campaign, payloadOf('eve.digest', message), EVE_UNITS)
  // A review that was moved gets another message; one that is over needs none.
  return message.ts === null && !eve.isDue ? null : eveCard(eve, nudges)
}

/** The weekly digest; dropped for a person who has left the Command Board. */
export async function weeklyNotice(notice: Notice): Promise<Card | null> {
  if (!(await getsDigest(notice.tx, notice.message, 'digest.progress'))) return null
  return weeklyCard(payloadOf('digest.weekly', notice.message))
}

/** Thanks at the end of a month; dropped where a unit lacks something again before it is sent. */
export async function thanksNotice({ tx, message }: Notice): Promise<Card | null> {
  const thanks = payloadOf('thanks', message)
  const unitIds = thanks.units.map((u) => u.id)
  const holds = message.ts !== null || (await areComplete(tx, thanks.campaignId, thanks.kind, unitIds))
  return holds ? thanksCard(thanks) : null
}
