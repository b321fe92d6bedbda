import { z } from 'zod'
import { type Campaign, criteriaOf, criterionOf, currentReviewKind } from '../../core/campaign/campaign.js'
import { localDate } from '../../core/date.js'
import { UserError } from '../../core/errors.js'
import { allow, isCommandBoard } from '../../core/people/access.js'
import { reports } from '../../core/people/unit.js'
import type { PaperReceipt } from '../../core/submission/paper-receipt.js'
import { recordPaper, takeBackPaper } from '../../core/submission/record-paper.js'
import type { UseCase } from '../../core/use-case.js'
import { fold } from '../../text/index.js'
import { vi } from '../../text/vi.js'
import { block } from '../blocks.js'
import { type Ctx, defineAction, defineForm, type Feature, idSchema, look, write } from '../command.js'
import { findUnits } from '../parse/unit-finder.js'
import { openCell } from '../progress/status.js'
import type { Reply } from '../ui.js'
import { criterionLabel } from './card.js'
import { criterionField, unitField } from './form.js'

const { paperReceipt: t, submission: ts } = vi

/** *Đã nhận bản giấy*: the Command Board records that paper came in, and nothing of what stands in it. */
export const paperReceiptFeature: Feature = {
  commands: [
    {
      name: 'bangiay',
      aliases: ['paper', 'nhanbangiay', 'danhanbangiay'],
      isFor: isCommandBoard,
      run: openTyped,
    },
  ],
  actions: [
    defineAction(
      'paper.new',
      z.object({ unit: idSchema.optional(), criterion: z.string().max(8).optional() }),
      (ctx, v) => openForm(ctx, v.unit, v.criterion),
    ),
    defineAction(
      'paper.undo',
      z.object({ unit: idSchema, criterion: z.string().max(8), on: z.string().max(10) }),
      async (ctx, { unit, criterion, on }) => {
        const receipt = { unitId: unit, criterion, receivedOn: on }
        await write(ctx, (use, campaign) => takeBackPaper(use, campaign, receipt))
        return openCell(ctx, { unit, criterion })
      },
    ),
  ],
  forms: [
    defineForm('paper', z.object({ unit: idSchema.optional() }), (ctx, fields, hidden) =>
      write(ctx, async (use, campaign) => {
        const draft = { unitId: hidden.unit ?? fields.unit, criterion: fields.criterion, receivedOn: fields.date }
        return saved(use, campaign, await recordPaper(use, campaign, draft))
      }),
    ),
  ],
}

async function saved(use: UseCase, campaign: Campaign, receipt: PaperReceipt): Promise<Reply> {
  const { tx, actor } = use
  const unit = await tx.units.byId(actor.workspaceId, receipt.unitId)
  const kind = currentReviewKind(await tx.reviews.list(campaign.id), localDate(use.now, use.timeZone))
  const standing = await tx.progress.standing(campaign.id, kind, receipt.unitId)
  const label = criterionLabel(campaign, receipt.criterion)
  return {
    kind: 'page',
    page: {
      title: t.savedTitle,
      blocks: [
        block.text(t.saved(unit?.name ?? '', label, receipt.receivedOn)),
        block.note(ts.unitHas(standing?.have ?? 0, criteriaOf(campaign).length)),
        block.buttons([{ label: t.more, action: 'paper.new', value: {} }]),
      ],
    },
  }
}

/** `[đơn vị] [a2]`, in any order: a word that is a criterion's code is one, the rest names the unit. */
async function openTyped(ctx: Ctx, rest: string): Promise<Reply> {
  allow(isCommandBoard(ctx.actor), 'paper')
  const found = await look(ctx, async ({ tx }, campaign) => {
    const words = rest.trim().split(/\s+/)
    const criterion = words.map(fold).find((w) => criterionOf(campaign, w))
    const name = words.filter((w) => fold(w) !== criterion).join(' ')
    const all = (await tx.units.list(ctx.actor.workspaceId)).filter((u) => reports(u.kind))
    const units = findUnits(all, name)
    if (name !== '' && units.length === 0) throw new UserError('unit.not_found', { word: name.slice(0, 60) })
    return { unit: units.length === 1 ? units[0]?.id : undefined, criterion }
  })
  return openForm(ctx, found.unit, found.criterion)
}

function openForm(ctx: Ctx, unitId: string | undefined, criterion: string | undefined): Promise<Reply> {
  allow(isCommandBoard(ctx.actor), 'paper')
  return look(ctx, async ({ tx }, campaign) => {
    const units = (await tx.units.list(ctx.actor.workspaceId)).filter((u) => reports(u.kind))
    const only = units.find((u) => u.id === unitId)
    return {
      kind: 'form',
      form: {
        id: 'paper',
        title: t.formTitle,
        submit: t.formSubmit,
        hidden: { unit: only?.id },
        fields: [
          block.note(t.notice),
          only ? block.note(`${ts.unit}: ${only.name}`) : unitField(units),
          criterionField(campaign, criterion),
          { kind: 'date', id: 'date', label: t.date, value: localDate(ctx.now, ctx.timeZone) },
        ],
      },
    }
  })
}
