import { reportOffer, reportSubject, reportToDecide } from '../../core/queries/report/unit-report.js'
import type { Notice } from '../notices/notice.js'
import { payloadOf } from '../notices/payloads.js'
import type { Card } from '../ui.js'
import { offerCard, outcomeCard, requestCard, supersededCard, takenBackCard } from './notice-card.js'

/** Offers its leaders the report of a complete unit, and follows it until the report was sent. Null: not wanted any more. */
export async function offerNotice({ tx, campaign, message }: Notice): Promise<Card | null> {
  const { unitId, kind } = payloadOf('unitReport.offer', message)
  const offer = await reportOffer(tx, campaign, unitId, kind)
  if (!offer) return null
  const isWanted = offer.state === 'draft' && offer.isComplete && !offer.isClosed
  return message.ts === null && !isWanted ? null : offerCard(campaign, offer)
}

/** Asks a member of the Command Board to decide on a report; `round` counts how often it had been sent. */
export async function requestNotice(notice: Notice): Promise<Card | null> {
  const { tx, campaign, message } = notice
  const { unitId, kind, round } = payloadOf('unitReport.request', message)
  const subject = await reportSubject(tx, campaign, unitId, kind)
  if (!subject?.report) return null
  if (round < subject.report.round) return supersededCard(subject.unit.name, kind, round)
  if (subject.report.state === 'draft')
    return message.ts === null ? null : takenBackCard(subject.unit.name, kind, round)
  const view = await reportToDecide(notice, campaign, unitId, kind, message.personId)
  return view ? requestCard(view, round) : null
}

/** Tells a unit's leaders what the Command Board decided. */
export async function outcomeNotice({ tx, campaign, message }: Notice): Promise<Card | null> {
  const outcome = payloadOf('unitReport.outcome', message)
  const subject = await reportSubject(tx, campaign, outcome.unitId, outcome.kind)
  return subject?.report ? outcomeCard(subject.unit, subject.report, outcome) : null
}
