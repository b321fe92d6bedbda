import { z } from 'zod'
import { allow, isOrgOffice, maySeeAll, maySeeUnit, maySpeakFor, maySubmitFor, unitsOf } from '../core/access.js'
import { type Campaign, criteriaOf, currentReview, currentReviewKind } from '../core/campaign.js'
import { localDate } from '../core/date.js'
import { UserError } from '../core/errors.js'
import { sayNothingToReport } from '../core/nil-report.js'
import { type CellState, cellState, isMissing, type Tally } from '../core/progress.js'
import { type ReviewKind, reviewKinds } from '../core/review.js'
import { reports, type Unit } from '../core/unit.js'
import type { UseCase } from '../core/use-case.js'
import { workingDaysBetween } from '../core/working-day.js'
import { plainText } from '../text/rich.js'
import { vi } from '../text/vi.js'
import { type Ctx, defineAction, type Feature, idSchema, look, write } from './command.js'
import { criterionLabel, numberOf, openButton, shown } from './submission-card.js'
import type { Block, Button, Card, Reply } from './ui.js'
import { findUnits } from './unit-finder.js'

const { status: t, common, submission: ts } = vi
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
    defineAction('status', z.object({ unit: idSchema }), (ctx, { unit }) => replyFor(ctx, unit, true)),
    defineAction('status.open', z.object({ unit: idSchema }), (ctx, { unit }) => replyFor(ctx, unit, false)),
    defineAction('status.cell', cell, openCell),
    defineAction(
      'nil',
      cell.extend({ kind: z.enum(reviewKinds), from: z.enum(['status', 'reminder']) }),
      async (ctx, v) => {
        await write(ctx, (use, campaign) => sayNothingToReport(use, campaign, v.unit, v.criterion, v.kind))
        return v.from === 'status' ? replyFor(ctx, v.unit, true) : { kind: 'nothing' }
      },
    ),
  ],
}

async function showStatus(ctx: Ctx, rest: string): Promise<Reply> {
  return look(ctx, async ({ tx }) => {
    const all = (await tx.units.list(ctx.actor.workspaceId)).filter((u) => reports(u.kind))
    const own = unitsOf(ctx.actor)
    const word = rest.trim()
    if (word === '') {
      if (own.length === 1) return replyFor(ctx, (own[0] as Unit).id, false)
      const choice = own.length > 1 ? own : maySeeAll(ctx.actor) ? all : []
      if (choice.length === 0) throw new UserError('person.no_unit', {})
      return chooseUnit(t.chooseUnit, choice)
    }
    const found = findUnits(all, word)
    if (found.length === 0) throw new UserError('unit.not_found', { word })
    if (found.length > 1) return chooseUnit(t.whichUnit(word), found)
    return replyFor(ctx, (found[0] as Unit).id, false)
  })
}

/** Asks which of several units was meant. */
export function chooseUnit(question: string, units: readonly Unit[]): Reply {
  const buttons = units.slice(0, 25).map((u): Button => ({ label: u.name, action: 'status', value: { unit: u.id } }))
  return {
    kind: 'card',
    card: {
      summary: question,
      blocks: [
        { kind: 'text', text: question },
        { kind: 'buttons', buttons },
      ],
    },
  }
}

async function replyFor(ctx: Ctx, unitId: string, replace: boolean): Promise<Reply> {
  return look(ctx, async (use, campaign) => {
    allow(maySeeUnit(ctx.actor, unitId), 'see')
    const unit = await use.tx.units.byId(ctx.actor.workspaceId, unitId)
    if (!unit || !reports(unit.kind)) throw new UserError('unit.not_found', { word: unit?.name ?? '' })
    return { kind: 'card', card: await statusCard(use, campaign, unit), replace }
  })
}

/** The unit's card, with the buttons that the person may press. */
export async function statusCard(use: UseCase, campaign: Campaign, unit: Unit): Promise<Card> {
  const { tx, actor } = use
  const today = localDate(use.now, use.timeZone)
  const reviews = await tx.reviews.list(campaign.id)
  const review = currentReview(reviews, today)
  const kind = currentReviewKind(reviews, today)
  const tallies = await tx.progress.talliesOf(campaign.id, unit.id)
  const nil = new Set(
    (await tx.nilReports.ofUnit(campaign.id, unit.id)).filter((n) => n.reviewKind === kind).map((n) => n.criterion),
  )
  const criteria = criteriaOf(campaign)
  const states = criteria.map((c) => cellState(tallies.get(c.code), nil.has(c.code)))
  const have = states.filter((s) => !isMissing(s)).length
  const waiting = [...tallies.values()].reduce((n, tally) => n + tally.submitted, 0)
  const title = t.have(have, criteria.length)
  const may = { submit: maySubmitFor(actor, unit.id), nil: maySpeakFor(actor, unit.id) }
  return {
    summary: `${unit.name}: ${plainText(title)}`,
    blocks: [
      { kind: 'heading', text: t.title(unit.name) },
      { kind: 'text', text: title },
      {
        kind: 'note',
        text: [
          review ? t.daysLeft(review.kind, review.date, workingDaysBetween(today, review.date)) : t.noDate,
          ...(waiting > 0 ? [` · ${t.waiting(waiting)}`] : []),
        ],
      },
      ...criteria.map((c, i): Block => {
        const state = states[i] as CellState
        const text = t.cell(common.cellSign[state], c.code, c.short, describe(state, tallies.get(c.code)))
        return { kind: 'item', text, buttons: cellButtons(unit, c.code, state, kind, may) }
      }),
    ],
  }
}

function describe(state: CellState, tally: Tally | undefined): string {
  if (state === 'missing') return ''
  if (state === 'nil' || state === 'returned') return common.cell[state]
  const parts = []
  const done = (tally?.confirmed ?? 0) + (tally?.accepted ?? 0)
  if (done > 0) parts.push(t.confirmed(done))
  if (tally && tally.submitted > 0) parts.push(t.waitingCell(tally.submitted))
  return parts.join(t.and)
}

function cellButtons(
  unit: Unit,
  criterion: string,
  state: CellState,
  kind: ReviewKind,
  may: { submit: boolean; nil: boolean },
): Button[] {
  const value = { unit: unit.id, criterion }
  const see: Button = { label: common.open, action: 'status.cell', value }
  if (!isMissing(state)) return state === 'nil' ? [] : [see]
  return [
    ...(may.submit ? [{ label: common.submit, action: 'submission.new', value }] : []),
    ...(may.nil ? [nilButton(unit.id, criterion, kind, 'status')] : []),
    ...(state === 'returned' ? [see] : []),
  ]
}

export const nilButton = (unit: string, criterion: string, kind: ReviewKind, from: 'status' | 'reminder'): Button => ({
  label: common.nil,
  action: 'nil',
  value: { unit, criterion, kind, from },
  ask: { title: t.nilTitle, text: t.nilAsk(criterion, kind), yes: common.yes, no: common.cancel },
})

/** The submissions of one unit under one criterion, newest first. */
async function openCell(ctx: Ctx, { unit, criterion }: { unit: string; criterion: string }): Promise<Reply> {
  return look(ctx, async (use, campaign) => {
    allow(maySeeUnit(ctx.actor, unit), 'see')
    const list = await use.tx.submissions.ofCell(campaign.id, unit, criterion)
    const label = criterionLabel(campaign, criterion)
    const blocks: Block[] = [{ kind: 'text', text: { bold: label } }]
    if (list.length === 0) blocks.push({ kind: 'text', text: ts.none })
    for (const submission of list.slice(0, 40)) {
      const s = await shown(use.tx, campaign, submission, ctx.timeZone)
      const state = ts.line(common.stateSign[submission.state], numberOf(s), common.state[submission.state])
      blocks.push({ kind: 'item', text: [...(state as string[]), ` · ${s.authorName}`], buttons: [openButton(s)] })
    }
    if (maySubmitFor(ctx.actor, unit) || isOrgOffice(ctx.actor))
      blocks.push({
        kind: 'buttons',
        buttons: [{ label: ts.formTitle, action: 'submission.new', value: { unit, criterion } }],
      })
    return { kind: 'page', page: { title: criterion, blocks } }
  })
}
