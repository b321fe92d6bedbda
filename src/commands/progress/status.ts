import { z } from 'zod'
import { type ReviewKind, reviewKinds } from '../../core/campaign/review.js'
import { UserError } from '../../core/errors.js'
import { may, unitsOf } from '../../core/people/access.js'
import type { Unit } from '../../core/people/unit.js'
import { reportingUnits, visibleUnit } from '../../core/queries/people/reporting-unit.js'
import { cellEvidence, unitStatus } from '../../core/queries/progress/unit-status.js'
import { vi } from '../../text/vi.js'
import { block, when } from '../blocks.js'
import { type Ctx, defineAction, type Feature, idSchema, read } from '../command.js'
import { takeReviewKind } from '../parse/review-words.js'
import { findUnits } from '../parse/unit-finder.js'
import type { Block, Button, Card, Reply } from '../ui.js'
import { type CellKey, cellPage } from './cell-page.js'
import { statusCard } from './status-card.js'

const { status: t } = vi

/** Buttons of older messages name no review and mean the current one. */
const one = z.object({ unit: idSchema, kind: z.enum(reviewKinds).optional() })
const cell = z.object({ unit: idSchema, criterion: z.string().max(8) })

/** Submissions shown under one criterion. */
const LISTED = 40

/** One unit and its criteria: what is confirmed, what waits, what is missing. */
export const statusFeature: Feature = {
  commands: [
    {
      name: 'trangthai',
      aliases: ['status', 'tinhtrang', 'tiendo', 'donvi'],
      isFor: (actor) => unitsOf(actor).length > 0 || may(actor, 'unit.seeAll'),
      run: showStatus,
    },
  ],
  actions: [
    defineAction('status', one, (ctx, { unit, kind }) => statusReply(ctx, unit, true, kind)),
    defineAction('status.open', one, (ctx, { unit, kind }) => statusReply(ctx, unit, false, kind)),
    defineAction('status.cell', cell, openCell),
  ],
}

/** `[sơ kết|tổng kết] [đơn vị]`, in any order and spelling. */
async function showStatus(ctx: Ctx, rest: string): Promise<Reply> {
  const { kind, words } = takeReviewKind(rest)
  const own = unitsOf(ctx.actor)
  const [only] = own
  if (words === '' && only && own.length === 1) return statusReply(ctx, only.id, false, kind)
  const all = await read(ctx, reportingUnits)
  const word = rest.trim()
  if (words === '') {
    const choice = own.length > 1 ? own : may(ctx.actor, 'unit.seeAll') ? all : []
    if (choice.length === 0) throw new UserError('person.no_unit', {})
    return chooseUnit(t.chooseUnit, choice, toStatus(kind))
  }
  const found = findUnits(all, words)
  const [first] = found
  if (!first) throw new UserError('unit.not_found', { word })
  if (found.length > 1) return chooseUnit(t.whichUnit(word), found, toStatus(kind))
  return statusReply(ctx, first.id, false, kind)
}

/** Units offered as buttons; for any other a part of the name is typed. */
const SHOWN = 25

type Press = (unit: Unit) => Pick<Button, 'action' | 'value'>

/** Opens a unit's card for a review; for the current one unless `kind` is given. */
export const toStatus =
  (kind: ReviewKind | undefined): Press =>
  (unit) => ({ action: 'status', value: { unit: unit.id, kind } satisfies z.input<typeof one> })

/** Asks which of several units was meant; `press` returns the action of a unit's button. */
export function chooseUnit(question: string, units: readonly Unit[], press: Press): Reply {
  const buttons = units.slice(0, SHOWN).map((u): Button => ({ label: u.name, ...press(u) }))
  return {
    kind: 'card',
    card: {
      summary: question,
      blocks: [
        block.text(question),
        block.buttons(buttons),
        ...when(units.length > SHOWN, () => block.note(t.moreUnits(units.length - SHOWN))),
      ],
    },
  }
}

/**
 * A unit's card, for the current review unless one is named; `replace` as in `Reply`. Throws `access.denied`,
 * `unit.not_found`.
 */
export async function statusReply(ctx: Ctx, unitId: string, replace: boolean, kind?: ReviewKind): Promise<Reply> {
  return { kind: 'card', card: await unitCard(ctx, unitId, kind), replace }
}

/** The same card in its own place, below blocks on what has just been done. */
export async function statusWith(ctx: Ctx, unitId: string, kind: ReviewKind, done: readonly Block[]): Promise<Reply> {
  const card = await unitCard(ctx, unitId, kind)
  return { kind: 'card', card: { ...card, blocks: [...done, ...card.blocks] }, replace: true }
}

/** The same card as a page, below notes on what has just been done. */
export async function statusPage(ctx: Ctx, unitId: string, kind: ReviewKind, notes: readonly string[]): Promise<Reply> {
  const card = await unitCard(ctx, unitId, kind)
  const done = notes.map((text) => block.text(text))
  const page = { title: vi.menu.labels.trangthai ?? '', blocks: [...done, ...card.blocks] }
  return { kind: 'page', page, behind: card }
}

const unitCard = (ctx: Ctx, unitId: string, kind: ReviewKind | undefined): Promise<Card> =>
  read(ctx, async (use, campaign) => {
    const unit = await visibleUnit(use, unitId)
    return statusCard(ctx.actor, await unitStatus(use, campaign, unit, kind))
  })

/** A page with what one unit handed in under one criterion. Throws `access.denied`. */
export function openCell(ctx: Ctx, { unit, criterion }: CellKey): Promise<Reply> {
  return read(ctx, async (use, campaign) => {
    const evidence = await cellEvidence(use, campaign, unit, criterion, LISTED)
    return { kind: 'page', page: cellPage(ctx.actor, campaign, { unit, criterion }, evidence, ctx.timeZone) }
  })
}
