import { z } from 'zod'
import { criterionOf } from '../../core/campaign/campaign.js'
import { reviewKinds } from '../../core/campaign/review.js'
import { UserError } from '../../core/errors.js'
import { allow, maySpeakFor } from '../../core/people/access.js'
import { maxNilReason } from '../../core/submission/nil-report.js'
import {
  leftOf,
  sayNothingForAll,
  sayNothingToReport,
  takeBackNothingToReport,
} from '../../core/submission/report-nil.js'
import { vi } from '../../text/vi.js'
import { block } from '../blocks.js'
import { type Ctx, defineAction, defineForm, type Feature, idSchema, look, write } from '../command.js'
import { statusPage, statusReply } from '../progress/status.js'
import { type Field, nothing, type Reply } from '../ui.js'
import { criterionLabel } from './card.js'

const { nil: t } = vi
const code = z.string().max(8)
const all = z.object({ unit: idSchema, kind: z.enum(reviewKinds), from: z.enum(['status', 'reminder']) })
const one = all.extend({ criterion: code })
const listed = all.extend({ criteria: z.array(code).max(200) })

/** "Nothing to report", for one criterion or for all that are left, with a reason; and taking it back. */
export const nilFeature: Feature = {
  actions: [
    defineAction('nil', one, askOne),
    defineAction('nil.all', all, askAll),
    defineAction('nil.undo', one.omit({ from: true }), async (ctx, v) => {
      await write(ctx, (use, campaign) => takeBackNothingToReport(use, campaign, v.unit, v.criterion, v.kind))
      return statusReply(ctx, v.unit, true, v.kind)
    }),
  ],
  forms: [
    defineForm('nil', one, async (ctx, fields, v) => {
      const reason = fields.reason ?? ''
      await write(ctx, (use, campaign) => sayNothingToReport(use, campaign, v.unit, v.criterion, v.kind, reason))
      // A reminder follows by itself; what was typed for does not.
      return v.from === 'reminder' ? nothing : statusPage(ctx, v.unit, v.kind, [t.said([v.criterion])])
    }),
    defineForm('nil.all', listed, async (ctx, fields, v) => {
      const reason = fields.reason ?? ''
      const said = await write(ctx, (use, campaign) =>
        sayNothingForAll(use, campaign, v.unit, v.criteria, v.kind, reason),
      )
      const skipped = v.criteria.filter((c) => !said.includes(c))
      return statusPage(ctx, v.unit, v.kind, [t.said(said), ...(skipped.length > 0 ? [t.skipped(skipped)] : [])])
    }),
  ],
}

async function askOne(ctx: Ctx, v: z.infer<typeof one>): Promise<Reply> {
  return look(ctx, async ({ tx }, campaign) => {
    allow(maySpeakFor(ctx.actor, v.unit), 'nil')
    if (!criterionOf(campaign, v.criterion)) throw new UserError('criterion.not_found', { word: v.criterion })
    const said = (await tx.nilReports.ofUnit(campaign.id, v.unit)).find(
      (n) => n.criterion === v.criterion && n.reviewKind === v.kind,
    )
    const unit = (await tx.units.byId(ctx.actor.workspaceId, v.unit))?.name ?? ''
    const note: Field = block.note(t.one(unit, criterionLabel(campaign, v.criterion), v.kind))
    return nilForm('nil', v, [note], reasonField(true, said?.reason ?? undefined))
  })
}

async function askAll(ctx: Ctx, v: z.infer<typeof all>): Promise<Reply> {
  return look(ctx, async (use, campaign) => {
    const criteria = await leftOf(use, campaign, v.unit, v.kind)
    if (criteria.length === 0) throw new UserError('nil.nothing_left', {})
    const unit = (await use.tx.units.byId(ctx.actor.workspaceId, v.unit))?.name ?? ''
    const tallies = await use.tx.progress.talliesOf(campaign.id, v.unit)
    const returned = (c: string) => (tallies.get(c)?.returned ?? 0) > 0
    const notes: Field[] = [
      block.note(t.many(unit, v.kind, criteria.length)),
      ...inNotes(criteria.map((c) => t.listed(criterionLabel(campaign, c), returned(c)))),
    ]
    return nilForm('nil.all', { ...v, criteria }, notes, reasonField(false))
  })
}

/** Lines of one block: twenty of 100 characters are well within Slack's 3,000. */
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
