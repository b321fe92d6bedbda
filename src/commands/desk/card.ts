import { type Campaign, criteriaOf, submissionNumber } from '../../core/campaign/campaign.js'
import { localDate } from '../../core/date.js'
import type { Unit } from '../../core/people/unit.js'
import { type DeskPage, deskPage } from '../../core/queries/desk/desk.js'
import type { DeskItem } from '../../core/queries/desk/rows.js'
import { type SubmissionView, viewSubmission } from '../../core/queries/submission/view.js'
import { visible } from '../../core/submission/decide.js'
import type { UseCase } from '../../core/use-case.js'
import { plainText, type Rich } from '../../text/rich.js'
import { vi } from '../../text/vi.js'
import { showButtons } from '../attachment/card.js'
import { block, when } from '../blocks.js'
import { contentBlocks, criterionLabel, isCut, numberOf, openButton } from '../submission/card.js'
import type { Block, Button, Card, Form, Select } from '../ui.js'

const { desk: t, common } = vi

/** Items a page: with their files they fit into one message. */
const PAGE = 5
/** Characters of an item's words, and of its links, before they are cut; the rest is one press away. */
const SHOWN = 400
/** Units offered in the menu, whose values are long; any other unit is typed. */
const UNITS = 50

/** Which part of the queue somebody looks at; goes along in every button. */
export interface Where {
  unit?: string
  criterion?: string
  page?: number
}

/** One page of the queue under what was just done. Throws `access.denied`. */
export async function deskCard(use: UseCase, campaign: Campaign, at: Where, lines: readonly Rich[]): Promise<Card> {
  const filter = { unitId: at.unit, criterion: at.criterion }
  const page = await deskPage(use, campaign, filter, at.page ?? 0, PAGE)
  const units = await use.tx.units.list(use.actor.workspaceId)
  const here: Where = { unit: at.unit, criterion: at.criterion, page: page.page }
  const title = titleOf(use, campaign, page, units, at)
  const items: Block[] = []
  for (const item of page.items) {
    const s = await viewSubmission(use.tx, campaign, item.submission, use.timeZone)
    items.push(block.divider(), ...itemBlocks(s, item, here))
  }
  const nav = navigation(page, here)
  return {
    summary: plainText(title),
    blocks: [
      ...lines.map((text) => block.text(text)),
      block.text(title),
      ...when(page.withHeads > 0, () => block.note(t.withHeads(page.withHeads))),
      ...choices(campaign, page, units, at),
      ...items,
      ...when(nav.length > 0, () => [block.divider(), block.buttons(nav)]),
    ],
  }
}

function titleOf(use: UseCase, campaign: Campaign, page: DeskPage, units: readonly Unit[], at: Where): Rich {
  const unit = units.find((u) => u.id === at.unit)?.name
  const where = t.where([unit, at.criterion && criterionLabel(campaign, at.criterion)].filter((p) => p !== undefined))
  const nth = page.pages > 1 ? common.page(page.page + 1, page.pages) : undefined
  return page.oldest ? t.waiting(page.total, localDate(page.oldest, use.timeZone), where, nth) : t.none(where)
}

/** Two menus; each option holds the whole filter, so that one choice keeps the other. */
function choices(campaign: Campaign, page: DeskPage, units: readonly Unit[], at: Where): Block[] {
  if (page.byUnit.size === 0 && page.byCriterion.size === 0 && !at.unit && !at.criterion) return []
  const { unit, criterion } = at
  const select = (all: string, chosen: string | undefined, options: Choice[]): Select => ({
    placeholder: all,
    action: 'desk',
    options: options.map((o) => ({ label: o.label, value: o.at })),
    chosen: options.findIndex((o) => o.key === chosen),
  })
  const offered = units.filter((u) => page.byUnit.has(u.id) || u.id === unit).slice(0, UNITS)
  const codes = criteriaOf(campaign).filter((c) => page.byCriterion.has(c.code) || c.code === criterion)
  return [
    block.choices([
      select(t.allUnits, unit, [
        { key: undefined, label: t.allUnits, at: { criterion } },
        ...offered.map((u) => ({
          key: u.id,
          label: t.option(u.name, page.byUnit.get(u.id) ?? 0),
          at: { unit: u.id, criterion },
        })),
      ]),
      select(t.allCriteria, criterion, [
        { key: undefined, label: t.allCriteria, at: { unit } },
        ...codes.map((c) => ({
          key: c.code,
          label: t.option(common.criterion(c.code, c.short), page.byCriterion.get(c.code) ?? 0),
          at: { unit, criterion: c.code },
        })),
      ]),
    ]),
  ]
}

interface Choice {
  key: string | undefined
  label: string
  at: Where
}

function itemBlocks(s: SubmissionView, { submission, seen, putOff }: DeskItem, at: Where): Block[] {
  const { id } = submission
  const notes = [
    submission.state === 'confirmed' ? t.confirmedBy(s.last?.byName ?? '') : t.unconfirmed,
    ...(submission.onBehalf ? [t.onBehalf] : []),
    ...(putOff ? [t.isPutOff] : []),
  ]
  const on = localDate(submission.submittedAt, s.timeZone)
  const buttons: Button[] = [
    { label: t.accept, action: 'desk.accept', value: { id, seen, at }, style: 'primary' },
    { label: t.return, action: 'desk.return', value: { id, seen, at } },
    ...(putOff ? [] : [{ label: t.putOff, action: 'desk.later', value: { id, at } }]),
    ...showButtons(s),
    ...(isCut(s, SHOWN) ? [{ ...openButton(s), label: t.whole }] : []),
  ]
  return [
    block.text(t.item(numberOf(s), criterionLabel(s.campaign, submission.criterion), s.authorName, on, notes)),
    ...contentBlocks(s, SHOWN),
    block.buttons(buttons),
  ]
}

function navigation({ items, page, pages }: DeskPage, at: Where): Button[] {
  const many = items.map(({ submission: { id }, seen }) => ({ id, seen }))
  return [
    ...(many.length > 1 ? [{ label: t.acceptAll(many.length), action: 'desk.many', value: { at, items: many } }] : []),
    ...(page > 0 ? [{ label: common.previous, action: 'desk', value: { ...at, page: page - 1 } }] : []),
    ...(page < pages - 1 ? [{ label: common.next, action: 'desk', value: { ...at, page: page + 1 } }] : []),
  ]
}

/** Asks which of a page's items are accepted, all of them ticked; what was ticked comes back as field `items`. */
export async function manyForm(
  use: UseCase,
  campaign: Campaign,
  items: readonly { id: string; seen: string }[],
  at: Where,
): Promise<Form> {
  const { tx, actor } = use
  const options = []
  for (const { id } of items) {
    const submission = await visible(use, id)
    const unit = await tx.units.byId(actor.workspaceId, submission.unitId)
    const author = await tx.people.byId(actor.workspaceId, submission.authorId)
    options.push({
      value: id,
      label: `${submissionNumber(campaign, submission.number)} · ${submission.criterion} · ${unit?.name ?? ''}`,
      note: `${author?.fullName ?? ''}: ${submission.text.replace(/\s+/g, ' ')}`,
    })
  }
  return {
    id: 'desk.many',
    title: t.manyTitle,
    submit: t.manySubmit,
    hidden: { at, items },
    fields: [
      block.note(t.manyNote),
      { kind: 'checks', id: 'items', label: t.manyField, hint: t.manyHint, options, values: items.map((i) => i.id) },
    ],
  }
}
