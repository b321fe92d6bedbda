import { z } from 'zod'
import { boundedCache } from '../../core/bounded-cache.js'
import { type Campaign, criterionOf } from '../../core/campaign/campaign.js'
import { campaignFor } from '../../core/campaign/closed.js'
import { settingsOf } from '../../core/campaign/read-settings.js'
import { type ReviewKind, reviewKinds } from '../../core/campaign/review.js'
import { UserError } from '../../core/errors.js'
import { authorize, may } from '../../core/people/access.js'
import { currentKind, type ReviewDeadline } from '../../core/queries/campaign/review-deadline.js'
import { reportingUnits } from '../../core/queries/people/reporting-unit.js'
import {
  summaryCriteria,
  summaryHead,
  summaryOwing,
  summaryUnits,
  unitsLacking,
} from '../../core/queries/progress/summary.js'
import { unitStatus } from '../../core/queries/progress/unit-status.js'
import type { UseCase } from '../../core/use-case.js'
import { fold } from '../../text/index.js'
import { vi } from '../../text/vi.js'
import { defineAction, type Feature, read } from '../command.js'
import { takeReviewKind } from '../parse/review-words.js'
import { findUnits } from '../parse/unit-finder.js'
import { closeButton, reopenButton } from '../review/closing-card.js'
import type { Button, Card, Reply } from '../ui.js'
import { chooseUnit, toStatus } from './status.js'
import { statusCard } from './status-card.js'
import { criteriaCard, criterionCard, emptyRosterCard, unitsCard } from './summary-card.js'

const where = z.object({
  kind: z.enum(reviewKinds),
  view: z.enum(['unit', 'criterion']),
  page: z.number().int().min(0).max(10_000),
})

/** All units at a glance, for those who may see all: units × criteria, the most missing first. */
export const summaryFeature: Feature = {
  commands: [
    {
      name: 'tonghop',
      aliases: ['summary', 'baocaotonghop', 'tong', 'overview'],
      isFor: (actor) => may(actor, 'summary.see'),
      run: (ctx, rest) =>
        read(ctx, async (use, campaign) => {
          authorize(ctx.actor, 'summary.see')
          return summaryReply(use, campaign, rest)
        }),
    },
  ],
  actions: [
    defineAction('summary', where, (ctx, v) =>
      read(ctx, async (use, campaign) => {
        authorize(ctx.actor, 'summary.see')
        const card = await (v.view === 'unit'
          ? unitsSummary(use, campaign, v.kind, v.page)
          : byCriterion(use, campaign, v.kind))
        return { kind: 'card', card, replace: true }
      }),
    ),
    defineAction('summary.criterion', z.object({ kind: z.enum(reviewKinds), criterion: z.string().max(8) }), (ctx, v) =>
      read(ctx, async (use, campaign) => {
        authorize(ctx.actor, 'summary.see')
        if (!criterionOf(campaign, v.criterion)) throw new UserError('criterion.not_found', { word: v.criterion })
        return { kind: 'card', card: await oneCriterion(use, campaign, v.kind, v.criterion) }
      }),
    ),
  ],
}

/** `[sơ kết|tổng kết] [đơn vị|tiêu chí|a2|tên đơn vị]`, in any order and spelling. */
async function summaryReply(use: UseCase, campaign: Campaign, rest: string): Promise<Reply> {
  const { kind: named, words } = takeReviewKind(rest)
  const kind = named ?? (await currentKind(use, campaign))
  const word = fold(words)
  const card = (c: Card): Reply => ({ kind: 'card', card: c })
  if (word === '' || word === 'donvi' || word === 'unit') return card(await unitsSummary(use, campaign, kind, 0))
  if (word === 'tieuchi' || word === 'criterion') return card(await byCriterion(use, campaign, kind))
  if (criterionOf(campaign, word)) return card(await oneCriterion(use, campaign, kind, word))
  const units = await reportingUnits(use)
  if (/^[a-z]\d{1,2}$/.test(word) && !units.some((u) => fold(u.code) === word))
    throw new UserError('criterion.not_found', { word: words })
  const found = findUnits(units, words)
  const [first] = found
  if (!first) throw new UserError('unit.not_found', { word: rest.trim() })
  if (found.length > 1) return chooseUnit(vi.status.whichUnit(rest.trim()), found, toStatus(named))
  return card(statusCard(use.actor, await unitStatus(use, campaign, first, named)))
}

async function oneCriterion(use: UseCase, campaign: Campaign, kind: ReviewKind, code: string): Promise<Card> {
  const head = await summaryHead(use, campaign, kind)
  const lacking = await unitsLacking(use, campaign, kind, code)
  return criterionCard(campaign, head, await summaryOwing(use, campaign, head), code, lacking)
}

/** Units a page: with their names and missing criteria well within what one message may hold. */
const PAGE = 25

/** Cards of `unitsSummary` drawn so far, by all that they show. */
const cache = boundedCache<string, { campaign: Campaign; card: Card }>(200)

/** One page of the units of a review, the most missing first. Checks no permission. */
export async function unitsSummary(use: UseCase, now: Campaign, kind: ReviewKind, wanted: number): Promise<Card> {
  const head = await summaryHead(use, now, kind)
  const { deadline, totals } = head
  if (totals.units === 0) return emptyRosterCard()
  const pages = Math.ceil(totals.units / PAGE)
  const page = Math.min(wanted, pages - 1)
  const actions = summaryActions(use, deadline, totals.complete < totals.units)
  const { remindReport } = await settingsOf(use.tx, now.workspaceId)
  // The version changes with any unit's line, also when another process writes it: the same key is the same card.
  const key = JSON.stringify([now.id, page, totals.version, deadline, actions, remindReport])
  const known = cache.get(key)
  if (known?.campaign === now) return known.card
  const campaign = await campaignFor(use.tx, now, kind)
  const shown = await summaryUnits(use, campaign, head, page, PAGE)
  const card = unitsCard(campaign, head, shown, { page, pages }, actions)
  cache.set(key, { campaign: now, card })
  return card
}

/** The buttons below the units: to remind them, and to close or reopen a review whose day has come. */
function summaryActions({ actor }: UseCase, deadline: ReviewDeadline, isIncomplete: boolean): Button[] {
  const { kind, date, daysLeft, closedAt } = deadline
  if (closedAt) return may(actor, 'review.reopen') ? [reopenButton(kind)] : []
  const isOver = date !== undefined && daysLeft <= 0
  return [
    ...(may(actor, 'nudge.send') && isIncomplete
      ? [{ label: vi.nudge.chase, action: 'nudge.open', value: { kind, units: 'all' } }]
      : []),
    ...(may(actor, 'review.close') && isOver ? [closeButton(kind)] : []),
  ]
}

async function byCriterion(use: UseCase, now: Campaign, kind: ReviewKind): Promise<Card> {
  const campaign = await campaignFor(use.tx, now, kind)
  const head = await summaryHead(use, campaign, kind)
  if (head.totals.units === 0) return emptyRosterCard()
  const owing = await summaryOwing(use, campaign, head)
  return criteriaCard(campaign, head, owing, await summaryCriteria(use, campaign, kind))
}
