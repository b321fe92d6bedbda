import { z } from 'zod'
import { localDate } from '../../core/date.js'
import { FormError } from '../../core/errors.js'
import {
  decideErasure,
  erasureToDecide,
  maxReason,
  requestErasure,
  withdrawErasure,
} from '../../core/privacy/decide-erasure.js'
import { type ErasureKind, erasureKinds } from '../../core/privacy/erasure.js'
import { heldData } from '../../core/queries/privacy/held-data.js'
import { vi } from '../../text/vi.js'
import { block } from '../blocks.js'
import { type Ctx, defineAction, defineForm, type Feature, idSchema, nothingSchema, read, write } from '../command.js'
import { type Card, type Field, nothing, type Reply } from '../ui.js'
import { heldCard } from './held-card.js'

const { erasure: t } = vi
const one = z.object({ id: idSchema })

/** The id of the request that the form makes; forms of older versions have none. */
const asked = z.object({ id: z.uuid() }).optional()

/** Submissions and handovers that are listed. */
const LISTED = 20

/** *Dữ liệu của tôi*: shows what is stored and takes requests for erasure, on which the Office decides. */
export const erasureFeature: Feature = {
  commands: [
    {
      name: 'dulieu',
      aliases: ['data', 'mydata', 'dulieucanhan', 'privacy'],
      isFor: () => true,
      run: (ctx) => showHeld(ctx, false),
    },
  ],
  actions: [
    defineAction('erasure.ask', nothingSchema, openForm),
    defineAction('erasure.take_back', one, async (ctx, { id }) => {
      await write(ctx, (use) => withdrawErasure(use, id))
      return showHeld(ctx, true)
    }),
    defineAction('erasure.agree', one, async (ctx, { id }) => {
      await write(ctx, (use) => decideErasure(use, id, null, t.placeholder))
      return nothing
    }),
    defineAction('erasure.refuse', one, askReason),
  ],
  forms: [
    defineForm('erasure', asked, async (ctx, fields, hidden) => {
      const what = readKind(fields.what)
      await write(ctx, (use) => requestErasure(use, what, fields.reason ?? '', hidden?.id))
      return {
        kind: 'page',
        page: {
          title: t.sentTitle,
          blocks: [block.text(t.sent(what)), block.note(t.sentNext)],
        },
        behind: await held(ctx),
      }
    }),
    defineForm('erasure.refuse', one, async (ctx, fields, { id }) => {
      await write(ctx, (use) => decideErasure(use, id, fields.reason ?? '', t.placeholder))
      return nothing
    }),
  ],
}

const showHeld = async (ctx: Ctx, replace: boolean): Promise<Reply> => ({
  kind: 'card',
  card: await held(ctx),
  replace,
})

const held = async (ctx: Ctx): Promise<Card> => heldCard(await read(ctx, (use) => heldData(use, LISTED)), ctx)

function readKind(value: string | undefined): ErasureKind {
  const kind = z.enum(erasureKinds).safeParse(value)
  if (!kind.success) throw new FormError([{ field: 'what', key: 'erasure.what_missing', params: {} }])
  return kind.data
}

async function openForm(ctx: Ctx): Promise<Reply> {
  const { number } = await read(ctx, async (_use, campaign) => campaign)
  return {
    kind: 'form',
    form: {
      id: 'erasure',
      title: t.formTitle,
      submit: t.formSubmit,
      hidden: { id: ctx.newId() },
      fields: [
        block.note(t.effects(erasureKinds)),
        block.note(t.stays(number, localDate(ctx.now, ctx.timeZone))),
        {
          kind: 'choice',
          id: 'what',
          label: t.what,
          placeholder: t.whatPlaceholder,
          groups: [{ label: t.what, options: erasureKinds.map((value) => ({ value, label: t.kind[value] })) }],
        },
        reasonField(t.reason, t.reasonHint, true),
      ],
    },
  }
}

async function askReason(ctx: Ctx, { id }: { id: string }): Promise<Reply> {
  await read(ctx, (use) => erasureToDecide(use, id))
  return {
    kind: 'form',
    form: {
      id: 'erasure.refuse',
      title: t.refuseTitle,
      submit: t.refuse,
      hidden: { id },
      fields: [reasonField(t.refuseReason, t.refuseReasonHint, false)],
    },
  }
}

const reasonField = (label: string, hint: string, optional: boolean): Field => ({
  kind: 'text',
  id: 'reason',
  label,
  optional,
  multiline: true,
  max: maxReason,
  hint,
})
