import { currentReviewKind } from '../../core/campaign/campaign.js'
import { localDate } from '../../core/date.js'
import type { NoticeKind } from '../../core/outbox/outbox.js'
import { viewSubmission } from '../../core/queries/submission-view.js'
import { plainText } from '../../text/rich.js'
import { vi } from '../../text/vi.js'
import { failedCard } from '../attachment/card.js'
import { dropCard } from '../attachment/file-drop.js'
import { block } from '../blocks.js'
import { holidayNotice } from '../calendar/holiday-notice.js'
import { stampedCard } from '../campaign-tag.js'
import { eveCard, lateCard } from '../digest/overdue-card.js'
import { thanksCard } from '../digest/thanks-card.js'
import { digestCard } from '../digest/weekly-card.js'
import { undeliveredCard } from '../outbox/undelivered-card.js'
import { byOtherCard, standInCard } from '../people/absence-notice.js'
import { unreachableCard } from '../people/unreachable-card.js'
import { erasureOutcomeCard, erasureRequestCard } from '../privacy/card.js'
import { reminderCard } from '../reminder/card.js'
import { offerNotice, outcomeNotice, requestNotice } from '../report/notice.js'
import { boardReturnedCard, outcomeCard, receiptCard, requestCard } from '../submission/card.js'
import type { Card } from '../ui.js'
import type { Notice } from './notice.js'
import { payloadOf } from './payloads.js'

const { office } = vi

/**
 * What a message of the outbox says, from how things stand when it is sent; null when nobody needs it any more. Throws as
 * `payloadOf` does.
 */
export async function renderNotice(notice: Notice): Promise<Card | null> {
  // Whatever the card reads of it, and however: what does not fit is refused here.
  payloadOf(notice.message.kind, notice.message)
  const card = await notices[notice.message.kind](notice)
  // A message stays for years: also when another campaign is imported, its buttons are about the one that it names.
  const isOfCampaign = notice.message.payload.campaignId === notice.campaign.id
  return card && isOfCampaign ? stampedCard(notice.campaign.id, card) : card
}

const notices: Record<NoticeKind, (notice: Notice) => Promise<Card | null>> = {
  'submission.receipt': async (n) => {
    const s = await submissionOf(n)
    if (!s) return null
    const kind = currentReviewKind(await n.tx.reviews.list(n.campaign.id), localDate(n.now, n.timeZone))
    const standing = await n.tx.progress.standing(n.campaign.id, kind, s.submission.unitId)
    return receiptCard(s, standing?.have)
  },
  'submission.request': async (n) => {
    const s = await submissionOf(n)
    return s && requestCard(s, payloadOf('submission.request', n.message).round)
  },
  'submission.outcome': async (n) => {
    const s = await submissionOf(n)
    return s && outcomeCard(s, payloadOf('submission.outcome', n.message))
  },
  'submission.board_returned': async (n) => {
    const s = await submissionOf(n)
    const { by, reason } = payloadOf('submission.board_returned', n.message)
    return s && boardReturnedCard(s, by, reason ?? '')
  },
  'attachment.failed': async (n) => {
    const s = await submissionOf(n)
    return s && failedCard(s, payloadOf('attachment.failed', n.message).addedAt, n.message.ts !== null)
  },
  'drop.card': dropCard,
  'unitReport.offer': offerNotice,
  'unitReport.request': requestNotice,
  'unitReport.outcome': outcomeNotice,
  reminder: reminderCard,
  'late.digest': lateCard,
  'eve.digest': eveCard,
  'digest.weekly': digestCard,
  thanks: thanksCard,
  stranger: async ({ message }) => {
    const { name, email } = payloadOf('stranger', message)
    return plain(office.strangerSummary(name), office.stranger(name, email))
  },
  unreachable: unreachableCard,
  headless: async ({ tx, message }) => {
    const { unitId, why, until } = payloadOf('headless', message)
    const unit = await tx.units.byId(message.workspaceId, unitId)
    if (!unit) return null
    const text = why === 'absent' ? office.leadersAway(unit.name, until) : office.headless(unit.name)
    return plain(why === 'absent' ? plainText(text) : office.headlessSummary(unit.name), text)
  },
  holidays: holidayNotice,
  'erasure.request': erasureRequestCard,
  'erasure.outcome': erasureOutcomeCard,
  'absence.stand_in': standInCard,
  'absence.by_other': byOtherCard,
  undelivered: undeliveredCard,
}

const plain = (summary: string, text: ReturnType<typeof office.headless>): Card => ({
  summary,
  blocks: [block.text(text)],
})

async function submissionOf({ tx, message, campaign, timeZone }: Notice) {
  const submission = await tx.submissions.byId(
    message.workspaceId,
    payloadOf('submission.receipt', message).submissionId,
  )
  return submission ? viewSubmission(tx, campaign, submission, timeZone) : null
}
