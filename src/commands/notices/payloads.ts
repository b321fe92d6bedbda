import { z } from 'zod'
import { reviewKinds } from '../../core/campaign/review.js'
import { eveDigestSchema, overdueDigestSchema } from '../../core/digest/overdue.js'
import { thanksSchema } from '../../core/digest/thanks.js'
import { weeklyDigestSchema } from '../../core/digest/weekly.js'
import type { Message, NoticeKind } from '../../core/outbox/outbox.js'
import { reminderPayload } from '../../core/reminder/payload.js'
import { SendError } from '../chat.js'

const aboutSubmission = z.object({ submissionId: z.string() })
const aboutReport = z.object({ campaignId: z.string(), unitId: z.string(), kind: z.enum(reviewKinds) })
const decided = z.object({ by: z.string(), reason: z.string().nullable() })
const named = z.object({ name: z.string(), email: z.string().nullable() })
const aboutAbsence = z.object({ absenceId: z.string() })
const aboutErasure = z.object({ erasureId: z.string() })

/**
 * The payload of each kind of message. Rows outlive the version that wrote them: a field may be added with a default, but
 * none may be removed or change its meaning.
 */
const payloads = {
  'submission.receipt': aboutSubmission,
  'submission.request': aboutSubmission.extend({ round: z.number() }),
  'submission.outcome': aboutSubmission
    .extend(decided.shape)
    .extend({ state: z.enum(['confirmed', 'unconfirmed', 'accepted', 'returned']) }),
  'submission.board_returned': aboutSubmission.extend(decided.shape),
  'attachment.failed': aboutSubmission.extend({ addedAt: z.string() }),
  'files.unsent': z.object({ of: z.string() }),
  'drop.card': z.object({ dropId: z.string(), tooMany: z.number() }),
  'unitReport.offer': aboutReport,
  'unitReport.request': aboutReport.extend({ round: z.number() }),
  'unitReport.outcome': aboutReport
    .extend(decided.shape)
    .extend({ round: z.number(), state: z.enum(['approved', 'rejected']) }),
  'review.closed': z.object({ campaignId: z.string(), kind: z.enum(reviewKinds), closingId: z.string() }),
  reminder: reminderPayload,
  'late.digest': overdueDigestSchema,
  'eve.digest': eveDigestSchema,
  'digest.weekly': weeklyDigestSchema,
  thanks: thanksSchema,
  holidays: z.object({ year: z.number() }),
  stranger: named,
  unreachable: named.extend({ personId: z.string().optional() }),
  'account.refused': z.object({
    personId: z.string(),
    platform: z.string(),
    externalId: z.string(),
    name: z.string(),
    why: z.enum(['guest', 'closed', 'bot', 'elsewhere', 'taken', 'held']),
  }),
  headless: z.object({
    unitId: z.string(),
    why: z.enum(['none', 'absent']).default('none'),
    until: z.string().default(''),
  }),
  'erasure.request': aboutErasure,
  'erasure.outcome': aboutErasure,
  'absence.stand_in': aboutAbsence,
  'absence.by_other': aboutAbsence.extend({ what: z.enum(['told', 'cancelled']), byId: z.string() }),
  undelivered: z.object({ on: z.iso.date() }),
} satisfies Record<NoticeKind, z.ZodType>

type Payloads = { [K in NoticeKind]: z.infer<(typeof payloads)[K]> }

/**
 * The payload of a message of this kind. Throws SendError `refused` for one that does not fit, because a retry cannot help:
 * the message is given up and logged at once.
 */
export function payloadOf<K extends NoticeKind>(kind: K, message: Pick<Message, 'payload'>): Payloads[K] {
  const read = payloads[kind].safeParse(message.payload)
  if (read.success) return read.data as Payloads[K]
  const [issue] = read.error.issues
  throw new SendError(
    'refused',
    'unreadable_payload',
    `payload of ${kind}: ${issue?.path.join('.') ?? ''} ${issue?.code ?? ''}`,
  )
}
