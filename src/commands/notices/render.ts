import type { NoticeKind } from '../../core/outbox/outbox.js'
import { unitName } from '../../core/queries/notices/subject.js'
import { filesOfDrop } from '../../core/queries/submission/files.js'
import { criteriaWithEvidence } from '../../core/queries/submission/progress.js'
import { type SubmissionView, viewSubmission } from '../../core/queries/submission/view.js'
import { plainText, type Rich } from '../../text/rich.js'
import { vi } from '../../text/vi.js'
import { failedCard } from '../attachment/card.js'
import { dropCard, dropUsedCard } from '../attachment/drop-card.js'
import { block } from '../blocks.js'
import { holidayNotice } from '../calendar/notice.js'
import { taggedCard } from '../campaign-tag.js'
import { eveNotice, overdueNotice, thanksNotice, weeklyNotice } from '../digest/notice.js'
import { undeliveredNotice, unsentNotice } from '../outbox/notice.js'
import { accountRefusedNotice, byOtherNotice, standInNotice, unreachableNotice } from '../people/notice.js'
import { erasureOutcomeNotice, erasureRequestNotice } from '../privacy/notice.js'
import { reminderNotice } from '../reminder/notice.js'
import { offerNotice, outcomeNotice, requestNotice } from '../report/notice.js'
import { closedNotice } from '../review/notice.js'
import { boardReturnedCard, outcomeCard, receiptCard, requestCard } from '../submission/card.js'
import type { Card } from '../ui.js'
import type { Notice } from './notice.js'
import { payloadOf } from './payloads.js'

const { office } = vi

/**
 * Renders a message of the outbox from the data at the time of sending; null when it is no longer needed. Throws as
 * `payloadOf` does.
 */
export async function renderNotice(notice: Notice): Promise<Card | null> {
  // Every payload is checked, also for cards that read nothing of it.
  payloadOf(notice.message.kind, notice.message)
  const card = await notices[notice.message.kind](notice)
  // Messages stay for years: when another campaign is imported, the buttons stay about the campaign that the message names.
  const isOfCampaign = notice.message.payload.campaignId === notice.campaign.id
  return card && isOfCampaign ? taggedCard(notice.campaign.id, card) : card
}

type Render = (notice: Notice) => Promise<Card | null>

/** A message about a submission; null when the submission is gone. */
const ofSubmission =
  (render: (s: SubmissionView, notice: Notice) => Card | null | Promise<Card | null>): Render =>
  async (n) =>
    n.submission ? render(await viewSubmission(n.tx, n.campaign, n.submission, n.timeZone), n) : null

const notices: Record<NoticeKind, Render> = {
  'submission.receipt': ofSubmission(async (s, n) =>
    receiptCard(s, await criteriaWithEvidence(n, n.campaign, s.submission.unitId)),
  ),
  'submission.request': ofSubmission((s, { message }) =>
    requestCard(s, payloadOf('submission.request', message).round),
  ),
  'submission.outcome': ofSubmission((s, { message }) => outcomeCard(s, payloadOf('submission.outcome', message))),
  'submission.board_returned': ofSubmission((s, { message }) => {
    const { by, reason } = payloadOf('submission.board_returned', message)
    return boardReturnedCard(s, by, reason ?? '')
  }),
  'attachment.failed': ofSubmission((s, { message }) =>
    failedCard(s, payloadOf('attachment.failed', message).addedAt, message.ts !== null),
  ),
  'files.unsent': unsentNotice,
  'drop.card': async ({ tx, message, campaign, drop, submission }) => {
    if (!drop) return null
    if (submission) return dropUsedCard({ submission, campaign })
    return dropCard(drop, await filesOfDrop(tx, drop), payloadOf('drop.card', message).tooMany)
  },
  'unitReport.offer': offerNotice,
  'unitReport.request': requestNotice,
  'unitReport.outcome': outcomeNotice,
  'review.closed': closedNotice,
  reminder: reminderNotice,
  'late.digest': overdueNotice,
  'eve.digest': eveNotice,
  'digest.weekly': weeklyNotice,
  thanks: thanksNotice,
  stranger: async ({ message }) => {
    const { name, email } = payloadOf('stranger', message)
    return textCard(office.strangerSummary(name), office.stranger(name, email))
  },
  headless: async ({ tx, message }) => {
    const { unitId, why, until } = payloadOf('headless', message)
    const unit = await unitName(tx, message.workspaceId, unitId)
    if (unit === undefined) return null
    if (why === 'none') return textCard(office.headlessSummary(unit), office.headless(unit))
    const text = office.leadersAway(unit, until)
    return textCard(plainText(text), text)
  },
  unreachable: unreachableNotice,
  'account.refused': accountRefusedNotice,
  holidays: holidayNotice,
  'erasure.request': erasureRequestNotice,
  'erasure.outcome': erasureOutcomeNotice,
  'absence.stand_in': standInNotice,
  'absence.by_other': byOtherNotice,
  undelivered: undeliveredNotice,
}

const textCard = (summary: string, text: Rich): Card => ({ summary, blocks: [block.text(text)] })
