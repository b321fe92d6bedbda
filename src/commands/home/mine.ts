import { may, unitsLedBy, unitsOf } from '../../core/people/access.js'
import { type OwnSubmissions, ownSubmissions } from '../../core/queries/submission/own.js'
import type { SubmissionView } from '../../core/queries/submission/view.js'
import { clip } from '../../text/index.js'
import { vi } from '../../text/vi.js'
import { block, when } from '../blocks.js'
import { defineAction, type Feature, nothingSchema, read } from '../command.js'
import { criterionLabel, editButton, numberOf, openButton } from '../submission/card.js'
import type { Block, Page } from '../ui.js'
import type { HomePart } from './part.js'

const { home: t, common } = vi

/** Characters of a reason. */
const REASON = 300

/** Blocks of the page other than submissions. */
const OTHER_BLOCKS = 20

/** All of the person's own submissions, on a page over the home. */
export const homeFeature: Feature = {
  actions: [
    defineAction('home.mine', nothingSchema, (ctx) =>
      read(ctx, async (use, campaign) => ({
        kind: 'page',
        page: minePage(await ownSubmissions(use, campaign, ctx.limits.viewBlocks - OTHER_BLOCKS)),
      })),
    ),
  ],
}

function minePage({ submissions, total }: OwnSubmissions): Page {
  const blocks = submissions.map(item)
  if (submissions.length === 0) blocks.push(block.text(t.mineNone))
  if (total > submissions.length) blocks.push(block.note(t.mineMore(total - submissions.length)))
  return { title: t.mineTitle, blocks }
}

/** The person's returned submissions with the reasons, to be corrected. */
export const returnedPart: HomePart = ({ data }) => {
  const { returned, returnedFirst } = data.mine
  if (returned === 0) return []
  const more = returned - returnedFirst.length
  return [
    block.text(t.returned(returned)),
    ...returnedFirst.map((s): Block => {
      const reason = s.last?.reason ? clip(s.last.reason, REASON) : null
      const text = t.returnedItem(numberOf(s), labelOf(s), reason)
      return block.row(text, [editButton(s), openButton(s)])
    }),
    ...when(more > 0, () => block.note(t.returnedMore(more))),
  ]
}

/** The person's latest submissions; returned ones have a part of their own. */
export const minePart: HomePart = ({ actor, data }) => {
  const { total, latest } = data.mine
  const handsIn = unitsOf(actor).length > 0 && unitsLedBy(actor).length === 0 && !may(actor, 'unit.seeAll')
  if (total === 0) return handsIn ? [block.note(t.mineNone)] : []
  if (latest.length === 0) return []
  const buttons = total > latest.length ? [{ label: t.mineAll, action: 'home.mine' }] : []
  return [block.item(t.mine(total), buttons), ...latest.map(item)]
}

function item(s: SubmissionView): Block {
  const { state } = s.submission
  const text = t.mineItem(common.stateSign[state], numberOf(s), labelOf(s), common.state[state])
  return block.item(text, [openButton(s)])
}

const labelOf = (s: SubmissionView): string => criterionLabel(s.campaign, s.submission.criterion)
