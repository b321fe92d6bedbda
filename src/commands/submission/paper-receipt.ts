import { z } from 'zod'
import { type Campaign, criteriaOf, criterionOf } from '../../core/campaign/campaign.js'
import { localDate } from '../../core/date.js'
import { UserError } from '../../core/errors.js'
import { isFirstTime } from '../../core/outbox/first-time.js'
import { authorize, may } from '../../core/people/access.js'
import type { Unit } from '../../core/people/unit.js'
import { reportingUnits } from '../../core/queries/people/reporting-unit.js'
import { type PaperReceiptView, viewPaperReceipt } from '../../core/queries/submission/paper-receipt.js'
import { deletePaper, recordPaper } from '../../core/submission/record-paper.js'
import { fold } from '../../text/index.js'
import { vi } from '../../text/vi.js'
import { block } from '../blocks.js'
import { type Ctx, defineAction, defineForm, type Feature, idSchema, read, write } from '../command.js'
import { findUnits } from '../parse/unit-finder.js'
import { openCell } from '../progress/status.js'
import type { Form, Page, Reply } from '../ui.js'
import { criterionLabel } from './card.js'
import { criterionField, unitField } from './form.js'

const { paperReceipt: t, submission: ts } = vi

/** *Đã nhận bản giấy*: the Command Board records that paper was received, and nothing of its content. */
export const paperReceiptFeature: Feature = {
  commands: [
    {
      name: 'bangiay',
      aliases: ['paper', 'nhanbangiay', 'danhanbangiay'],
      isFor: (actor) => may(actor, 'paper.record'),
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
        await write(ctx, (use, campaign) => deletePaper(use, campaign, receipt))
        return openCell(ctx, { unit, criterion })
      },
    ),
  ],
  forms: [
    defineForm('paper', z.object({ unit: idSchema.optional() }), async (ctx, fields, hidden) => {
      const draft = { unitId: hidden.unit ?? fields.unit, criterion: fields.criterion, receivedOn: fields.date }
      const view = await write(ctx, async (use, campaign) =>
        (await isFirstTime(use, ctx.requestKey))
          ? viewPaperReceipt(use, campaign, await recordPaper(use, campaign, draft))
          : undefined,
      )
      if (view) return { kind: 'page', page: savedPage(view) }
      return openCell(ctx, { unit: draft.unitId ?? '', criterion: draft.criterion ?? '' })
    }),
  ],
}

const savedPage = ({ campaign, receipt, unitName, have }: PaperReceiptView): Page => ({
  title: t.savedTitle,
  blocks: [
    block.text(t.saved(unitName, criterionLabel(campaign, receipt.criterion), receipt.receivedOn)),
    block.note(ts.unitHas(have, criteriaOf(campaign).length)),
    block.buttons([{ label: t.more, action: 'paper.new', value: {} }]),
  ],
})

/** `[đơn vị] [a2]` in any order: a word that is the code of a criterion is one, the rest names the unit. */
async function openTyped(ctx: Ctx, rest: string): Promise<Reply> {
  authorize(ctx.actor, 'paper.record')
  const { units, campaign } = await readUnits(ctx)
  const words = rest.trim().split(/\s+/)
  const criterion = words.map(fold).find((w) => criterionOf(campaign, w))
  const name = words.filter((w) => fold(w) !== criterion).join(' ')
  const found = findUnits(units, name)
  if (name !== '' && found.length === 0) throw new UserError('unit.not_found', { word: name.slice(0, 60) })
  return { kind: 'form', form: paperForm(ctx, campaign, units, found.length === 1 ? found[0] : undefined, criterion) }
}

async function openForm(ctx: Ctx, unitId: string | undefined, criterion: string | undefined): Promise<Reply> {
  authorize(ctx.actor, 'paper.record')
  const { units, campaign } = await readUnits(ctx)
  const only = units.find((u) => u.id === unitId)
  return { kind: 'form', form: paperForm(ctx, campaign, units, only, criterion) }
}

const readUnits = (ctx: Ctx): Promise<{ units: Unit[]; campaign: Campaign }> =>
  read(ctx, async (use, campaign) => ({ units: await reportingUnits(use), campaign }))

const paperForm = (
  ctx: Ctx,
  campaign: Campaign,
  units: readonly Unit[],
  only: Unit | undefined,
  criterion: string | undefined,
): Form => ({
  id: 'paper',
  title: t.formTitle,
  submit: t.formSubmit,
  hidden: { unit: only?.id },
  fields: [
    block.note(t.notice),
    only ? block.note(`${ts.unit}: ${only.name}`) : unitField(ctx.limits, units),
    criterionField(campaign, criterion),
    { kind: 'date', id: 'date', label: t.date, value: localDate(ctx.now, ctx.timeZone) },
  ],
})
