import { type Campaign, criteriaOf, submissionNumber } from '../../core/campaign/campaign.js'
import { localDate } from '../../core/date.js'
import type { DeskChoice, DeskPage, DeskView } from '../../core/queries/desk/desk.js'
import type { DeskItem } from '../../core/queries/desk/rows.js'
import type { SubmissionView } from '../../core/queries/submission/view.js'
import { plainText, type Rich } from '../../text/rich.js'
import { vi } from '../../text/vi.js'
import { showButtons } from '../attachment/card.js'
import { block, when } from '../blocks.js'
import { contentBlocks, criterionLabel, isCut, numberOf, openButton } from '../submission/card.js'
import type { Block, Button, Card, Form, Select } from '../ui.js'

const { desk: t, common } = vi

/** Characters of an item's text, and of its links, before they are cut; a button opens the rest. */
const SHOWN = 400

/** Units offered in the menu, whose values are long; any other unit is typed. */
const UNITS = 50

/** The part of the queue that is shown; every button carries it. */
export interface Where {
  unit?: string
  criterion?: string
  page?: number
}

/** One page of the queue, under lines on what was just done. */
export function deskCard(
  campaign: Campaign,
  view: DeskView,
  at: Where,
  lines: readonly Rich[],
  timeZone: string,
): Card {
  const here: Where = { unit: at.unit, criterion: at.criterion, page: view.page }
  const title = titleOf(campaign, view, at, timeZone)
  const nav = [...acceptUnitButton(view, here), ...navigation(view, here)]
  return {
    summary: plainText(title),
    blocks: [
      ...lines.map((text) => block.text(text)),
      block.text(title),
      ...when(view.withHeads > 0, () => block.note(t.withHeads(view.withHeads))),
      ...choices(campaign, view, at),
      ...view.items.flatMap((item, i) => [block.divider(), ...itemBlocks(view.views[i] as SubmissionView, item, here)]),
      ...when(nav.length > 0, () => [block.divider(), block.buttons(nav)]),
    ],
  }
}

function titleOf(campaign: Campaign, page: DeskView, at: Where, timeZone: string): Rich {
  const unit = page.units.find((u) => u.id === at.unit)?.name
  const where = t.where([unit, at.criterion && criterionLabel(campaign, at.criterion)].filter((p) => p !== undefined))
  const nth = page.pages > 1 ? common.page(page.page + 1, page.pages) : undefined
  return page.oldest ? t.waiting(page.total, localDate(page.oldest, timeZone), where, nth) : t.none(where)
}

/** Two menus; each option holds the whole filter, so that a choice in one keeps the choice in the other. */
function choices(campaign: Campaign, page: DeskView, at: Where): Block[] {
  if (page.byUnit.size === 0 && page.byCriterion.size === 0 && !at.unit && !at.criterion) return []
  const { unit, criterion } = at
  const select = (all: string, chosen: string | undefined, options: Choice[]): Select => ({
    placeholder: all,
    action: 'desk',
    options: options.map((o) => ({ label: o.label, value: o.at })),
    chosen: options.findIndex((o) => o.key === chosen),
  })
  const offered = page.units.filter((u) => page.byUnit.has(u.id) || u.id === unit).slice(0, UNITS)
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

function itemBlocks(s: SubmissionView, { submission, writingId: seen, postponed }: DeskItem, at: Where): Block[] {
  const { id } = submission
  const notes = [
    submission.state === 'confirmed' ? t.confirmedBy(s.last?.byName ?? '') : t.unconfirmed,
    ...(submission.onBehalf ? [t.onBehalf] : []),
    ...(postponed ? [t.isPostponed] : []),
  ]
  const on = localDate(submission.submittedAt, s.timeZone)
  const buttons: Button[] = [
    { label: t.accept, action: 'desk.accept', value: { id, seen, at }, style: 'primary' },
    { label: t.return, action: 'desk.return', value: { id, seen, at } },
    ...(postponed ? [] : [{ label: t.postpone, action: 'desk.later', value: { id, at } }]),
    ...showButtons(s),
    ...(isCut(s, SHOWN) ? [{ ...openButton(s), label: t.whole }] : []),
  ]
  return [
    block.text(t.item(numberOf(s), criterionLabel(s.campaign, submission.criterion), s.authorName, on, notes)),
    ...contentBlocks(s, SHOWN, false, true),
    block.buttons(buttons),
  ]
}

/** Accepts all that waits of the unit that is shown, as it is shown. */
function acceptUnitButton({ units, upTo, total }: DeskView, at: Where): Button[] {
  const unit = units.find((u) => u.id === at.unit)
  if (!unit || upTo === undefined) return []
  const ask = { title: t.acceptUnitTitle, text: t.acceptUnitAsk(total, unit.name), yes: t.accept, no: common.cancel }
  return [{ label: t.acceptUnit(total), action: 'desk.unit', value: { unit: unit.id, upTo }, ask }]
}

function navigation({ items, page, pages }: DeskPage, at: Where): Button[] {
  const many = items.map(({ submission: { id }, writingId: seen }) => ({ id, seen }))
  return [
    ...(many.length > 1 ? [{ label: t.acceptAll(many.length), action: 'desk.many', value: { at, items: many } }] : []),
    ...(page > 0 ? [{ label: common.previous, action: 'desk', value: { ...at, page: page - 1 } }] : []),
    ...(page < pages - 1 ? [{ label: common.next, action: 'desk', value: { ...at, page: page + 1 } }] : []),
  ]
}

/** Asks which of a page's items to accept, all ticked. The form's field `items` holds the ids that stay ticked. */
export const manyForm = (campaign: Campaign, chosen: readonly DeskChoice[], hidden: ManyHidden): Form => ({
  id: 'desk.many',
  title: t.manyTitle,
  submit: t.manySubmit,
  hidden,
  fields: [
    block.note(t.manyNote),
    {
      kind: 'checks',
      id: 'items',
      label: t.manyField,
      hint: t.manyHint,
      options: chosen.map(({ submission: s, unitName, authorName }) => ({
        value: s.id,
        label: `${submissionNumber(campaign, s.number)} · ${s.criterion} · ${unitName}`,
        note: `${authorName}: ${s.text.replace(/\s+/g, ' ')}`,
      })),
      values: chosen.map((c) => c.submission.id),
    },
  ],
})

/** What comes back with the form. */
export interface ManyHidden {
  at: Where
  items: readonly { id: string; seen: string }[]
}
