import { z } from 'zod'
import { allow, maySeeAll } from '../core/access.js'
import { type Campaign, criteriaOf, criterionOf, currentReviewKind } from '../core/campaign.js'
import { localDate } from '../core/date.js'
import { UserError } from '../core/errors.js'
import { noTotals } from '../core/progress.js'
import { type ReviewKind, reviewKinds } from '../core/review.js'
import { reports, type Unit } from '../core/unit.js'
import type { UseCase } from '../core/use-case.js'
import { workingDaysBetween } from '../core/working-day.js'
import { fold, foldWords } from '../text/index.js'
import { plainText, type Rich } from '../text/rich.js'
import { vi } from '../text/vi.js'
import { defineAction, type Feature, look } from './command.js'
import { statusCard } from './status.js'
import { criterionLabel } from './submission-card.js'
import type { Block, Button, Card, Reply } from './ui.js'
import { findUnits } from './unit-finder.js'

const { summary: t, common } = vi
/** Units a page: with their names and gaps well within what one message may hold. */
const PAGE = 25

type View = 'unit' | 'criterion'
const where = z.object({
  kind: z.enum(reviewKinds),
  view: z.enum(['unit', 'criterion']),
  page: z.number().int().min(0).max(10_000),
})

/** The whole at a glance, for those who see everything: units × criteria, the blanks first. */
export const summaryFeature: Feature = {
  commands: [
    {
      name: 'tonghop',
      aliases: ['summary', 'baocaotonghop', 'tong', 'overview'],
      isFor: maySeeAll,
      run: (ctx, rest) =>
        look(ctx, async (use, campaign) => {
          allow(maySeeAll(ctx.actor), 'tonghop')
          return asked(use, campaign, rest)
        }),
    },
  ],
  actions: [
    defineAction('summary', where, (ctx, v) =>
      look(ctx, async (use, campaign) => {
        allow(maySeeAll(ctx.actor), 'tonghop')
        const card = await (v.view === 'unit'
          ? unitsCard(use, campaign, v.kind, v.page)
          : criteriaCard(use, campaign, v.kind))
        return { kind: 'card', card, replace: true }
      }),
    ),
  ],
}

/** `[sơ kết|tổng kết] [đơn vị|tiêu chí|a2|tên đơn vị]`, in any order and spelling. */
async function asked(use: UseCase, campaign: Campaign, rest: string): Promise<Reply> {
  const today = localDate(use.now, use.timeZone)
  let words = ` ${foldWords(rest)} `
  let kind: ReviewKind | undefined
  for (const [name, pattern] of [
    ['preliminary', / (so ket|soket|preliminary) /],
    ['final', / (tong ket|tongket|final) /],
  ] as const)
    if (pattern.test(words)) {
      kind = name
      words = words.replace(pattern, ' ')
    }
  kind ??= currentReviewKind(await use.tx.reviews.list(campaign.id), today)
  const word = fold(words)
  const card = (c: Card): Reply => ({ kind: 'card', card: c })
  if (word === '' || word === 'donvi' || word === 'unit') return card(await unitsCard(use, campaign, kind, 0))
  if (word === 'tieuchi' || word === 'criterion') return card(await criteriaCard(use, campaign, kind))
  if (criterionOf(campaign, word)) return card(await criterionCard(use, campaign, kind, word))
  const units = (await use.tx.units.list(use.actor.workspaceId)).filter((u) => reports(u.kind))
  const found = findUnits(units, words)
  if (found.length === 0) throw new UserError('unit.not_found', { word: rest.trim() })
  return card(await statusCard(use, campaign, found[0] as Unit))
}

async function header(use: UseCase, campaign: Campaign, kind: ReviewKind) {
  const review = (await use.tx.reviews.list(campaign.id)).find((r) => r.kind === kind)
  const totals = (await use.tx.progress.totals(campaign.id, kind)) ?? noTotals
  const today = localDate(use.now, use.timeZone)
  const date = review ? t.date(review.date, workingDaysBetween(today, review.date)) : t.noDate
  const line: Rich = t.totals(totals.complete, totals.units, totals.missing)
  const notes = campaign.groups.map((g) =>
    t.groupTotal(g.code, totals.groups[g.code] ?? 0, g.criteria.length * totals.units),
  )
  if (totals.waiting > 0) notes.push(t.waiting(totals.waiting))
  const blocks: Block[] = [
    { kind: 'heading', text: `${t.title(kind)} · ${date}` },
    { kind: 'text', text: line },
    { kind: 'note', text: notes.join(' · ') },
  ]
  return { totals, blocks, summary: t.summaryLine(kind, totals.complete, totals.units) }
}

const goTo = (label: string, kind: ReviewKind, view: View, page: number): Button => ({
  label,
  action: 'summary',
  value: { kind, view, page },
})

async function unitsCard(use: UseCase, campaign: Campaign, kind: ReviewKind, asked: number): Promise<Card> {
  const { totals, blocks, summary } = await header(use, campaign, kind)
  if (totals.units === 0) return { summary: t.emptyRoster, blocks: [{ kind: 'text', text: t.emptyRoster }] }
  const pages = Math.ceil(totals.units / PAGE)
  const page = Math.min(asked, pages - 1)
  const rows = await use.tx.progress.page(campaign.id, kind, PAGE, page * PAGE)
  const { groups } = campaign
  return {
    summary,
    blocks: [
      ...blocks,
      {
        kind: 'table',
        caption: t.caption,
        columns: [
          { label: t.unit },
          ...groups.map((g) => ({ label: t.groupColumn(g.code, g.criteria.length), align: 'right' as const })),
          { label: t.waitingColumn, align: 'right' },
          { label: t.missingColumn },
        ],
        rows: rows.map((r) => [
          r.unit.name,
          ...groups.map((g) => g.criteria.filter((c) => !r.missing.includes(c.code)).length),
          r.waiting,
          r.missing.length > 0 ? r.missing.join(' ') : t.none,
        ]),
      },
      ...(pages > 1 ? [{ kind: 'note', text: common.page(page + 1, pages) } as Block] : []),
      {
        kind: 'buttons',
        buttons: [
          ...(page > 0 ? [goTo(common.previous, kind, 'unit', page - 1)] : []),
          ...(page < pages - 1 ? [goTo(common.next, kind, 'unit', page + 1)] : []),
          goTo(t.byCriterion, kind, 'criterion', 0),
          ...otherKind(kind, 'unit'),
        ],
      },
    ],
  }
}

const otherKind = (kind: ReviewKind, view: View): Button[] => {
  const other = kind === 'preliminary' ? 'final' : 'preliminary'
  return [goTo(t.otherKind(other), other, view, 0)]
}

async function criteriaCard(use: UseCase, campaign: Campaign, kind: ReviewKind): Promise<Card> {
  const { totals, blocks, summary } = await header(use, campaign, kind)
  if (totals.units === 0) return { summary: t.emptyRoster, blocks: [{ kind: 'text', text: t.emptyRoster }] }
  const criteria = criteriaOf(campaign)
  const lines = await use.tx.progress.missingByCriterion(
    campaign.id,
    kind,
    criteria.map((c) => c.code),
  )
  // The criterion with the most blanks first; among equals the plan's order.
  const sorted = [...lines].sort((a, b) => b.missing + b.returned - (a.missing + a.returned))
  return {
    summary,
    blocks: [
      ...blocks,
      {
        kind: 'table',
        caption: t.criterionCaption,
        columns: [
          { label: t.criterionColumn },
          { label: t.missingColumn, align: 'right' },
          { label: t.waitingColumn, align: 'right' },
          { label: t.haveColumn, align: 'right' },
          { label: t.nilColumn, align: 'right' },
        ],
        rows: sorted.map((l) => [
          criterionLabel(campaign, l.criterion),
          l.missing + l.returned,
          l.waiting,
          l.confirmed,
          l.nil,
        ]),
      },
      { kind: 'buttons', buttons: [goTo(t.byUnit, kind, 'unit', 0), ...otherKind(kind, 'criterion')] },
    ],
  }
}

/** Which units lack one criterion. */
async function criterionCard(use: UseCase, campaign: Campaign, kind: ReviewKind, code: string): Promise<Card> {
  const { blocks, summary } = await header(use, campaign, kind)
  const units = await use.tx.progress.unitsMissing(campaign.id, kind, code)
  const label = criterionLabel(campaign, code)
  const line = t.unitsMissing(label, units.length)
  const names = units.slice(0, 60).map((u) => `• ${u.name}`)
  if (units.length > 60) names.push(t.andMore(units.length - 60))
  return {
    summary: `${summary}. ${plainText(line)}`,
    blocks: [
      ...blocks,
      { kind: 'text', text: line },
      ...(names.length > 0 ? [{ kind: 'text', text: names.join('\n') } as Block] : []),
      { kind: 'buttons', buttons: [goTo(t.byUnit, kind, 'unit', 0), goTo(t.byCriterion, kind, 'criterion', 0)] },
    ],
  }
}
