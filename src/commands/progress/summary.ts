import { z } from 'zod'
import { type Campaign, criterionOf, currentReviewKind } from '../../core/campaign/campaign.js'
import { reviewKinds } from '../../core/campaign/review.js'
import { localDate } from '../../core/date.js'
import { UserError } from '../../core/errors.js'
import { allow, maySeeAll } from '../../core/people/access.js'
import { reports, type Unit } from '../../core/people/unit.js'
import type { UseCase } from '../../core/use-case.js'
import { fold } from '../../text/index.js'
import { vi } from '../../text/vi.js'
import { defineAction, type Feature, look } from '../command.js'
import { takeReviewKind } from '../parse/review-words.js'
import { findUnits } from '../parse/unit-finder.js'
import type { Card, Reply } from '../ui.js'
import { chooseUnit, toStatus } from './status.js'
import { statusCard } from './status-card.js'
import { criteriaCard, criterionCard, unitsCard } from './summary-card.js'

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
  const { kind: named, words } = takeReviewKind(rest)
  const kind = named ?? currentReviewKind(await use.tx.reviews.list(campaign.id), today)
  const word = fold(words)
  const card = (c: Card): Reply => ({ kind: 'card', card: c })
  if (word === '' || word === 'donvi' || word === 'unit') return card(await unitsCard(use, campaign, kind, 0))
  if (word === 'tieuchi' || word === 'criterion') return card(await criteriaCard(use, campaign, kind))
  if (criterionOf(campaign, word)) return card(await criterionCard(use, campaign, kind, word))
  const units = (await use.tx.units.list(use.actor.workspaceId)).filter((u) => reports(u.kind))
  if (/^[a-z]\d{1,2}$/.test(word) && !units.some((u) => fold(u.code) === word))
    throw new UserError('criterion.not_found', { word: words })
  const found = findUnits(units, words)
  if (found.length === 0) throw new UserError('unit.not_found', { word: rest.trim() })
  if (found.length > 1) return chooseUnit(vi.status.whichUnit(rest.trim()), found, toStatus(named))
  return card(await statusCard(use, campaign, found[0] as Unit, named))
}
