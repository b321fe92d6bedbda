import { localDate } from '../../core/date.js'
import { absenceById, presentStandIns, unitsCovered } from '../../core/queries/people/absence-notice.js'
import { accountAttempt } from '../../core/queries/people/account-attempt.js'
import { personName } from '../../core/queries/people/person-name.js'
import type { Notice } from '../notices/notice.js'
import { payloadOf } from '../notices/payloads.js'
import type { Card } from '../ui.js'
import { byOtherCard, erasedAbsenceCard, standInCard } from './absence-notice-card.js'
import { accountRefusedCard } from './account-card.js'
import { unreachableCard } from './unreachable-card.js'

/** Tells a deputy that they will get reminders while the head is away, and later that they will not. */
export async function standInNotice({ tx, message }: Notice): Promise<Card | null> {
  const { absenceId } = payloadOf('absence.stand_in', message)
  const isSent = message.ts !== null
  const absence = await absenceById(tx, message.workspaceId, absenceId)
  if (!absence) return isSent ? erasedAbsenceCard() : null
  const units = await unitsCovered(tx, message.workspaceId, absence.personId, message.personId)
  const isWanted = !absence.cancelledAt && units.length > 0
  return isSent || isWanted ? standInCard(absence, units) : null
}

/** Tells a person what somebody else entered or cancelled on their behalf. */
export async function byOtherNotice({ tx, message }: Notice): Promise<Card | null> {
  const { absenceId, what, byId } = payloadOf('absence.by_other', message)
  const isSent = message.ts !== null
  const absence = await absenceById(tx, message.workspaceId, absenceId)
  if (!absence) return isSent ? erasedAbsenceCard() : null
  const isWanted = what === 'cancelled' || !absence.cancelledAt
  return isSent || isWanted ? byOtherCard(absence, what, await personName(tx, message.workspaceId, byId)) : null
}

/** Tells the Office that a person cannot be reached, and who is reminded instead. */
export async function unreachableNotice({ tx, message, now, timeZone }: Notice): Promise<Card> {
  const { name, email, personId } = payloadOf('unreachable', message)
  const standIns = await presentStandIns(tx, message.workspaceId, personId, localDate(now, timeZone))
  return unreachableCard({ name, email }, standIns)
}

/** Tells the Office and the admins of an account that has a person's e-mail and was refused; null for a person who left. */
export async function accountRefusedNotice({ tx, message }: Notice): Promise<Card | null> {
  const { why, name, ...of } = payloadOf('account.refused', message)
  const attempt = await accountAttempt(tx, message.workspaceId, of)
  return attempt ? accountRefusedCard({ ...attempt, ...of, name, why }) : null
}
