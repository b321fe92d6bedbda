import { z } from 'zod'
import { type ReviewKind, reviewKinds } from '../../core/campaign/review.js'
import { UserError } from '../../core/errors.js'
import { allow, isOrgOffice, maySeeAll, maySeeUnit, maySubmitFor, unitsOf } from '../../core/people/access.js'
import { reports, type Unit } from '../../core/people/unit.js'
import { viewSubmission } from '../../core/queries/submission-view.js'
import { vi } from '../../text/vi.js'
import { type Ctx, defineAction, type Feature, idSchema, look } from '../command.js'
import { takeReviewKind } from '../parse/review-words.js'
import { findUnits } from '../parse/unit-finder.js'
import { criterionLabel, numberOf, openButton } from '../submission/card.js'
import { paperBlocks, paperButtons } from '../submission/paper-receipt-card.js'
import type { Block, Button, Card, Reply } from '../ui.js'
import { statusCard } from './status-card.js'

const { status: t, common, submission: ts } = vi
/** A button of an older message names no review: it means the current one. */
const one = z.object({ unit: idSchema, kind: z.enum(reviewKinds).optional() })
const cell = z.object({ unit: idSchema, criterion: z.string().max(8) })

/** One unit and its criteria: what stands, what waits, what is missing. */
export const statusFeature: Feature = {
  commands: [
    {
      name: 'trangthai',
      aliases: ['status', 'tinhtrang', 'tiendo', 'donvi'],
      isFor: (actor) => unitsOf(actor).length > 0 || maySeeAll(actor),
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
  return look(ctx, async ({ tx }) => {
    const all = (await tx.units.list(ctx.actor.workspaceId)).filter((u) => reports(u.kind))
    const own = unitsOf(ctx.actor)
    const { kind, words } = takeReviewKind(rest)
    const word = rest.trim()
    if (words === '') {
      if (own.length === 1) return statusReply(ctx, (own[0] as Unit).id, false, kind)
      const choice = own.length > 1 ? own : maySeeAll(ctx.actor) ? all : []
      if (choice.length === 0) throw new UserError('person.no_unit', {})
      return chooseUnit(t.chooseUnit, choice, toStatus(kind))
    }
    const found = findUnits(all, words)
    if (found.length === 0) throw new UserError('unit.not_found', { word })
    if (found.length > 1) return chooseUnit(t.whichUnit(word), found, toStatus(kind))
    return statusReply(ctx, (found[0] as Unit).id, false, kind)
  })
}

/** Units that are offered as buttons; of more of them one types a part of the name. */
const SHOWN = 25

type Press = (unit: Unit) => Pick<Button, 'action' | 'value'>

/** To a unit's card for a review; for the current one where none is named. */
export const toStatus =
  (kind: ReviewKind | undefined): Press =>
  (unit) => ({ action: 'status', value: { unit: unit.id, kind } satisfies z.input<typeof one> })

/** Asks which of several units was meant; `press` is what its button does. */
export function chooseUnit(question: string, units: readonly Unit[], press: Press): Reply {
  const buttons = units.slice(0, SHOWN).map((u): Button => ({ label: u.name, ...press(u) }))
  return {
    kind: 'card',
    card: {
      summary: question,
      blocks: [
        { kind: 'text', text: question },
        { kind: 'buttons', buttons },
        ...(units.length > SHOWN ? [{ kind: 'note', text: t.moreUnits(units.length - SHOWN) } as Block] : []),
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

/** The same over the chat, under what has just been done. */
export async function statusPage(ctx: Ctx, unitId: string, kind: ReviewKind, notes: readonly string[]): Promise<Reply> {
  const { blocks } = await unitCard(ctx, unitId, kind)
  const done = notes.map((text): Block => ({ kind: 'text', text }))
  return { kind: 'page', page: { title: vi.menu.labels.trangthai ?? '', blocks: [...done, ...blocks] } }
}

function unitCard(ctx: Ctx, unitId: string, kind: ReviewKind | undefined): Promise<Card> {
  return look(ctx, async (use, campaign) => {
    allow(maySeeUnit(ctx.actor, unitId), 'see')
    const unit = await use.tx.units.byId(ctx.actor.workspaceId, unitId)
    if (!unit || !reports(unit.kind)) throw new UserError('unit.not_found', { word: unit?.name ?? '' })
    return statusCard(use, campaign, unit, kind)
  })
}

/** The submissions of one unit under one criterion, newest first. */
export async function openCell(ctx: Ctx, { unit, criterion }: { unit: string; criterion: string }): Promise<Reply> {
  return look(ctx, async (use, campaign) => {
    allow(maySeeUnit(ctx.actor, unit), 'see')
    const list = await use.tx.submissions.ofCell(campaign.id, unit, criterion)
    const label = criterionLabel(campaign, criterion)
    const blocks: Block[] = [{ kind: 'text', text: { bold: label } }]
    const papers = (await use.tx.paperReceipts.ofUnit(campaign.id, unit)).filter((p) => p.criterion === criterion)
    blocks.push(...paperBlocks(ctx.actor, papers, ctx.timeZone))
    if (list.length + papers.length === 0) blocks.push({ kind: 'text', text: ts.none })
    for (const submission of list.slice(0, 40)) {
      const s = await viewSubmission(use.tx, campaign, submission, ctx.timeZone)
      const state = ts.line(common.stateSign[submission.state], numberOf(s), common.state[submission.state])
      blocks.push({
        kind: 'item',
        text: [
          ...(state as string[]),
          ` · ${s.authorName}`,
          ...(s.files.length > 0 ? [` · ${vi.attachment.files(s.files.length)}`] : []),
        ],
        buttons: [openButton(s)],
      })
    }
    const handIn = { label: ts.formTitle, action: 'submission.new', value: { unit, criterion } }
    const buttons = [
      ...(maySubmitFor(ctx.actor, unit) || isOrgOffice(ctx.actor) ? [handIn] : []),
      ...paperButtons(ctx.actor, unit, criterion),
    ]
    if (buttons.length > 0) blocks.push({ kind: 'buttons', buttons })
    return { kind: 'page', page: { title: ts.cellTitle(criterion), blocks } }
  })
}
