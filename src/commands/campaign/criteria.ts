import { type Campaign, type CriteriaGroup, type Criterion, criteriaOf } from '../../core/campaign/campaign.js'
import { UserError } from '../../core/errors.js'
import { may, unitsOf } from '../../core/people/access.js'
import { reports } from '../../core/people/unit.js'
import { type UnitStatus, unitStatus } from '../../core/queries/progress/unit-status.js'
import { fold, foldWords } from '../../text/index.js'
import { vi } from '../../text/vi.js'
import { block, when } from '../blocks.js'
import { type Ctx, type Feature, read } from '../command.js'
import { cellItem } from '../progress/status-card.js'
import type { Block, Button, Card, Reply } from '../ui.js'

const { menu: t, common } = vi

/** Units of the reader whose standing is shown under a criterion. */
const UNITS = 5

/** Shows the criteria in the plan's own words: all, a group, or those that are named. */
export const criteriaFeature: Feature = {
  commands: [
    {
      name: 'tieuchi',
      aliases: ['criteria', 'noidung', 'kehoach'],
      isFor: () => true,
      run: (ctx, rest) => (rest.trim() === '' ? show(ctx) : showNamed(ctx, rest)),
    },
  ],
}

const show = async (ctx: Ctx): Promise<Reply> => {
  const { number, groups } = await read(ctx, async (_use, campaign) => campaign)
  return { kind: 'card', card: criteriaCard(t.criteriaTitle(number), groups) }
}

/** `a2`, `nhóm b`, or words of a criterion. Throws `criterion.not_found`. */
async function showNamed(ctx: Ctx, rest: string): Promise<Reply> {
  const { campaign, group, found, statuses } = await read(ctx, async (use, campaign) => {
    const code = fold(rest).replace(/^(?:tieuchi|nhom)(?=[\p{L}\p{N}])/u, '')
    const group = campaign.groups.find((g) => fold(g.code) === code)
    const found = group ? [] : named(campaign, code, rest)
    if (!group && found.length === 0) throw new UserError('criterion.not_found', { word: rest.trim().slice(0, 60) })
    const own = unitsOf(use.actor).filter((u) => reports(u.kind))
    const statuses: UnitStatus[] = []
    // A single criterion is shown with how the reader's units stand.
    if (found.length === 1) for (const unit of own.slice(0, UNITS)) statuses.push(await unitStatus(use, campaign, unit))
    return { campaign, group, found, statuses }
  })
  const [only, other] = found
  if (group) return { kind: 'card', card: criteriaCard(t.criteriaTitle(campaign.number), [group]) }
  if (only && !other) return { kind: 'card', card: criterionCard(ctx, campaign, only, statuses) }
  const groups = campaign.groups.map((g) => ({ ...g, criteria: g.criteria.filter((c) => found.includes(c)) }))
  return {
    kind: 'card',
    card: criteriaCard(
      t.criteriaTitle(campaign.number),
      groups.filter((g) => g.criteria.length > 0),
    ),
  }
}

/** The criterion with a code, or all whose wording has every word; several codes are several criteria. */
function named(campaign: Campaign, code: string, rest: string): Criterion[] {
  const all = criteriaOf(campaign)
  const exact = all.filter((c) => fold(c.code) === code)
  if (exact.length > 0) return exact
  const words = foldWords(rest).split(' ')
  const codes = all.filter((c) => words.includes(fold(c.code)))
  if (codes.length > 0) return codes
  return all.filter((c) => {
    const wording = ` ${foldWords(`${c.short} ${c.text}`)} `
    return words.every((word) => wording.includes(` ${word}`))
  })
}

function criterionCard(ctx: Ctx, campaign: Campaign, criterion: Criterion, statuses: readonly UnitStatus[]): Card {
  const { code, short, text } = criterion
  const title = t.criterionTitle(common.criterion(code, short), campaign.number)
  const standing = statuses.flatMap((status): Block[] => {
    const cell = status.cells.find((c) => c.criterion.code === code)
    if (!cell) return []
    const { kind, closedAt } = status.deadline
    return [block.note(status.unit.name), cellItem(ctx.actor, status.unit.id, kind, cell, closedAt === undefined)]
  })
  const to = (label: string, name: string): Button => ({ label, action: 'command', value: { name } })
  return {
    summary: title,
    blocks: [
      block.heading(common.criterion(code, short)),
      block.text(text),
      ...standing,
      block.buttons([
        ...when(may(ctx.actor, 'unit.seeAll'), () => to(t.allUnits, `tonghop ${code}`)),
        to(t.allCriteria, 'tieuchi'),
      ]),
    ],
  }
}

const criteriaCard = (title: string, groups: readonly CriteriaGroup[]): Card => ({
  summary: title,
  blocks: [
    block.heading(title),
    ...groups.flatMap((group) => [
      block.text({ bold: vi.submission.group(group.code, group.title) }),
      ...group.criteria.map((c) => block.text([{ bold: common.criterion(c.code, c.short) }, `\n${c.text}`])),
    ]),
  ],
})
