import { type Campaign, criteriaOf, currentReviewKind } from '../core/campaign.js'
import { localDate } from '../core/date.js'
import type { Message, NoticeKind } from '../core/outbox.js'
import type { Tx } from '../core/ports.js'
import type { ReviewKind } from '../core/review.js'
import { workingDaysBetween } from '../core/working-day.js'
import { vi } from '../text/vi.js'
import { failedCard } from './attachment-card.js'
import { digestCard } from './digest.js'
import { erasureOutcomeCard, erasureRequestCard } from './erasure-card.js'
import { dropCard } from './file-drop.js'
import { nilAllButton, nilButton, returnedOf } from './status-card.js'
import { boardReturnedCard, type Outcome, outcomeCard, receiptCard, requestCard, shown } from './submission-card.js'
import { thanksCard } from './thanks.js'
import type { Block, Card } from './ui.js'
import { offerCard, outcomeCardOfReport, requestCardOfReport } from './unit-report-notice.js'

const { reminder: t, office, common } = vi

export interface Notice {
  tx: Tx
  message: Message
  campaign: Campaign
  now: Date
  timeZone: string
}

/** What a message of the outbox says, from how things stand when it is sent; null when nobody needs it any more. */
export const renderNotice = (notice: Notice): Promise<Card | null> => notices[notice.message.kind](notice)

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
    return s && requestCard(s, Number(n.message.payload.round))
  },
  'submission.outcome': async (n) => {
    const s = await submissionOf(n)
    return s && outcomeCard(s, n.message.payload as unknown as Outcome)
  },
  'submission.board_returned': async (n) => {
    const s = await submissionOf(n)
    return s && boardReturnedCard(s, String(n.message.payload.by), String(n.message.payload.reason))
  },
  'attachment.failed': async (n) => {
    const s = await submissionOf(n)
    return s && failedCard(s, String(n.message.payload.addedAt), n.message.ts !== null)
  },
  'drop.card': dropCard,
  'unitReport.offer': offerCard,
  'unitReport.request': requestCardOfReport,
  'unitReport.outcome': outcomeCardOfReport,
  reminder: reminderCard,
  'digest.weekly': digestCard,
  thanks: thanksCard,
  stranger: async ({ message: { payload } }) =>
    plain(
      office.strangerSummary(String(payload.name)),
      office.stranger(String(payload.name), payload.email ? String(payload.email) : null),
    ),
  unreachable: async ({ message: { payload } }) =>
    plain(
      office.unreachableSummary(String(payload.name)),
      office.unreachable(String(payload.name), payload.email ? String(payload.email) : null),
    ),
  headless: async ({ tx, message }) => {
    const unit = await tx.units.byId(message.workspaceId, String(message.payload.unitId))
    return unit ? plain(office.headlessSummary(unit.name), office.headless(unit.name)) : null
  },
  'erasure.request': erasureRequestCard,
  'erasure.outcome': erasureOutcomeCard,
}

const plain = (summary: string, text: ReturnType<typeof office.headless>): Card => ({
  summary,
  blocks: [{ kind: 'text', text }],
})

async function submissionOf({ tx, message, campaign, timeZone }: Notice) {
  const submission = await tx.submissions.byId(message.workspaceId, String(message.payload.submissionId))
  return submission ? shown(tx, campaign, submission, timeZone) : null
}

/** Criteria listed in one reminder before a unit gets a button to its status instead: two blocks each, of Slack's 50. */
const MAX_LISTED = 20

interface ReminderPayload {
  kind: ReviewKind
  reviewDate: string
  on: string
  units: string[]
}

async function reminderCard({ tx, message, campaign }: Notice): Promise<Card | null> {
  const { kind, reviewDate, on, units } = message.payload as unknown as ReminderPayload
  // As it was on the day that it was planned for: an update days later must not make it look like another reminder.
  const days = workingDaysBetween(on, reviewDate)
  const criteria = criteriaOf(campaign)
  const blocks: Block[] = []
  let missing = 0
  let listed = 0
  for (const unitId of units) {
    const unit = await tx.units.byId(message.workspaceId, unitId)
    const standing = await tx.progress.standing(campaign.id, kind, unitId)
    if (!unit || !standing) continue
    if (standing.missing.length === 0) {
      blocks.push({ kind: 'text', text: t.done(unit.name, criteria.length) })
      continue
    }
    missing += standing.missing.length
    const status = { label: t.status, action: 'status.open', value: { unit: unitId } }
    const title = t.unit(unit.name, standing.missing.length, criteria.length)
    if (listed + standing.missing.length > MAX_LISTED) {
      blocks.push({ kind: 'item', text: title, buttons: [status] })
      continue
    }
    blocks.push({ kind: 'text', text: title })
    listed += standing.missing.length
    const tallies = await tx.progress.talliesOf(campaign.id, unitId)
    for (const c of criteria.filter((c) => standing.missing.includes(c.code))) {
      const returned = (tallies.get(c.code)?.returned ?? 0) > 0
      const own = returned ? await returnedOf(tx, campaign, unitId, c.code, message.personId) : undefined
      blocks.push({
        kind: 'item',
        text: [{ bold: c.code }, ` · ${c.short}`, returned ? ` – ${t.returned}` : ''],
        buttons: [
          own ?? { label: common.submit, action: 'submission.new', value: { unit: unitId, criterion: c.code } },
          nilButton(unitId, c.code, kind, 'reminder'),
          ...(returned
            ? [{ label: common.open, action: 'status.cell', value: { unit: unitId, criterion: c.code } }]
            : []),
        ],
      })
    }
    if (standing.missing.length > 1) blocks.push({ kind: 'buttons', buttons: [nilAllButton(unitId, kind, 'reminder')] })
  }
  // Complete before it was ever sent: nobody needs it. Once it was seen it says that all is done.
  if (missing === 0 && message.ts === null) return null
  const summary = missing > 0 ? t.summary(kind, missing, days) : t.doneSummary
  return {
    summary,
    blocks: [...(missing > 0 ? [{ kind: 'text', text: t.title(kind, reviewDate, days) } as Block] : []), ...blocks],
  }
}
