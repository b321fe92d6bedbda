import { erasureById, erasureRequest } from '../../core/queries/privacy/erasure-request.js'
import type { Notice } from '../notices/notice.js'
import { payloadOf } from '../notices/payloads.js'
import type { Card } from '../ui.js'
import { erasureOutcomeCard, erasureRequestCard, isDecided } from './erasure-card.js'

/** Asks a member of the Office to decide on a request for erasure. */
export async function erasureRequestNotice({ tx, message, timeZone }: Notice): Promise<Card | null> {
  const { erasureId } = payloadOf('erasure.request', message)
  const request = await erasureRequest(tx, message.workspaceId, erasureId)
  return request ? erasureRequestCard(request, timeZone) : null
}

/** Tells a person what the Office decided on their request. */
export async function erasureOutcomeNotice(notice: Notice): Promise<Card | null> {
  const { tx, message, campaign } = notice
  const { erasureId } = payloadOf('erasure.outcome', message)
  const erasure = await erasureById(tx, message.workspaceId, erasureId)
  return erasure && isDecided(erasure) ? erasureOutcomeCard(erasure, campaign.number, notice) : null
}
