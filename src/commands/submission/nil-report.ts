import { z } from 'zod'
import { reviewKinds } from '../../core/campaign/review.js'
import { isFirstTime } from '../../core/outbox/first-time.js'
import { viewMissing, viewNilReport } from '../../core/queries/submission/nil-report.js'
import { maxNilReason } from '../../core/submission/nil-report.js'
import { reportNil, reportNilForAll, withdrawNilReport } from '../../core/submission/report-nil.js'
import { vi } from '../../text/vi.js'
import { block } from '../blocks.js'
import { type Ctx, defineAction, defineForm, type Feature, idSchema, read, write } from '../command.js'
import { statusPage, statusReply } from '../progress/status.js'
import { type Field, nothing, type Reply } from '../ui.js'
import { criterionLabel } from './card.js'

const { nilReport: t } = vi
const code = z.string().max(8)
const all = z.object({ unit: idSchema, kind: z.enum(reviewKinds), from: z.enum(['status', 'reminder']) })
const one = all.extend({ criterion: code })
const listed = all.extend({ criteria: z.array(code).max(200) })

/** "Nothing to report" for one criterion, or for all that are missing with one reason; and its withdrawal. */
export const nilFeature: Feature = {
  actions: [
    defineAction('nil', one, askOne),
    defineAction('nil.all', all, askAll),
    defineAction('nil.undo', one.omit({ from: true }), async (ctx, v) => {
      await write(ctx, (use, campaign) => withdrawNilReport(use, campaign, v.unit, v.criterion, v.kind))
      return statusReply(ctx, v.unit, true, v.kind)
    }),
  ],
  forms: [
    defineForm('nil', one, async (ctx, fields, v) => {
      const reason = fields.reason ?? ''
      const isNew = await write(ctx, async (use, campaign) => {
        const isFirst = await isFirstTime(use, ctx.requestKey)
        if (isFirst) await reportNil(use, campaign, v.unit, v.criterion, v.kind, reason)
        return isFirst
      })
      // A reminder is updated through the outbox; a page that was opened from the status is not.
      return v.from === 'reminder' ? nothing : statusPage(ctx, v.unit, v.kind, isNew ? [t.said([v.criterion])] : [])
    }),
    defineForm('nil.all', listed, async (ctx, fields, v) => {
      const reason = fields.reason ?? ''
      const said = await write(ctx, async (use, campaign) =>
        (await isFirstTime(use, ctx.requestKey))
          ? reportNilForAll(use, campaign, v.unit, v.criteria, v.kind, reason)
          : null,
      )
      if (!said) return statusPage(ctx, v.unit, v.kind, [])
      const skipped = v.criteria.filter((c) => !said.includes(c))
      return statusPage(ctx, v.unit, v.kind, [t.said(said), ...(skipped.length > 0 ? [t.skipped(skipped)] : [])])
    }),
  ],
}

async function askOne(ctx: Ctx, v: z.infer<typeof one>): Promise<Reply> {
  const key = { unitId: v.unit, criterion: v.criterion, reviewKind: v.kind }
  const { campaign, unitName, reason } = await read(ctx, (use, campaign) => viewNilReport(use, campaign, key))
  const note = block.note(t.one(unitName, criterionLabel(campaign, v.criterion), v.kind))
  return nilForm('nil', v, [note], reasonField(true, reason))
}

async function askAll(ctx: Ctx, v: z.infer<typeof all>): Promise<Reply> {
  const view = await read(ctx, (use, campaign) => viewMissing(use, campaign, v.unit, v.kind))
  const { campaign, unitName, criteria } = view
  const notes: Field[] = [
    block.note(t.many(unitName, v.kind, criteria.length)),
    ...inNotes(criteria.map((c) => t.listed(criterionLabel(campaign, c.code), c.isReturned))),
  ]
  const hidden = { ...v, criteria: criteria.map((c) => c.code) }
  return nilForm('nil.all', hidden, notes, reasonField(false))
}

/** Lines of one block, of about 100 characters each. */
const LINES = 20
function inNotes(lines: readonly string[]): Field[] {
  const notes: Field[] = []
  for (let i = 0; i < lines.length; i += LINES) notes.push(block.note(lines.slice(i, i + LINES).join('\n')))
  return notes
}

const reasonField = (optional: boolean, value?: string): Field => ({
  kind: 'text',
  id: 'reason',
  label: t.reason,
  optional,
  max: maxNilReason,
  hint: optional ? t.reasonHint : t.reasonHintAll,
  placeholder: t.reasonPlaceholder,
  value,
})

const nilForm = (id: string, hidden: unknown, notes: readonly Field[], reason: Field): Reply => ({
  kind: 'form',
  form: { id, title: t.title, submit: t.submit, hidden, fields: [...notes, reason] },
})
