import type { Campaign } from '../../core/campaign/campaign.js'
import { maySeeAll, unitsLedBy, unitsOf } from '../../core/people/access.js'
import { viewSubmission } from '../../core/queries/submission-view.js'
import type { Submission } from '../../core/submission/submission.js'
import type { UseCase } from '../../core/use-case.js'
import { clip } from '../../text/index.js'
import { vi } from '../../text/vi.js'
import { type Ctx, defineAction, type Feature, look, nothingSchema } from '../command.js'
import { criterionLabel, editButton, numberOf, openButton } from '../submission/card.js'
import type { Block, Reply } from '../ui.js'
import type { HomePart } from './part.js'

const { home: t, common } = vi
const RETURNED = 5
const LATEST = 5
/** Fewer for those who have more urgent things to see. */
const LATEST_OF_LEADERS = 3
const REASON = 300
/** Of a page, which holds 100 blocks. */
const ALL = 80

/** The rest of what one handed in, over the home. */
export const homeFeature: Feature = { actions: [defineAction('home.mine', nothingSchema, showAll)] }

/** What came back to its author, with the reason and the way to mend it. */
export const returnedPart: HomePart = async ({ use, campaign, mine: { returned = 0 } }) => {
  const { tx, actor, timeZone } = use
  if (returned === 0) return []
  const blocks: Block[] = [{ kind: 'text', text: t.returned(returned) }]
  const first = await tx.submissions.ofAuthor(campaign.id, actor.person.id, RETURNED)
  for (const submission of first.filter((s) => s.state === 'returned')) {
    const s = await viewSubmission(tx, campaign, submission, timeZone)
    const reason = s.last?.reason ? clip(s.last.reason, REASON) : null
    const text = t.returnedItem(numberOf(s), criterionLabel(campaign, submission.criterion), reason)
    blocks.push({ kind: 'item', text, buttons: [editButton(s), openButton(s)] })
  }
  if (returned > RETURNED) blocks.push({ kind: 'note', text: t.returnedMore(returned - RETURNED) })
  return blocks
}

/** One's latest submissions; those that came back stand in a part of their own. */
export const minePart: HomePart = async ({ use, campaign, mine }) => {
  const { tx, actor } = use
  const { returned = 0 } = mine
  const total = Object.values(mine).reduce((n, one) => n + one, 0)
  const leads = unitsLedBy(actor).length > 0
  if (total === 0 && (leads || maySeeAll(actor) || unitsOf(actor).length === 0)) return []
  if (total === 0) return [{ kind: 'note', text: t.mineNone }]
  const limit = leads ? LATEST_OF_LEADERS : LATEST
  const all = await tx.submissions.ofAuthor(campaign.id, actor.person.id, returned + limit)
  const latest = all.filter((s) => s.state !== 'returned')
  if (latest.length === 0) return []
  const more = total > latest.length
  return [
    { kind: 'item', text: t.mine(total), buttons: more ? [{ label: t.mineAll, action: 'home.mine' }] : [] },
    ...(await items(use, campaign, latest)),
  ]
}

const items = async (use: UseCase, campaign: Campaign, list: readonly Submission[]): Promise<Block[]> =>
  Promise.all(
    list.map(async (submission): Promise<Block> => {
      const s = await viewSubmission(use.tx, campaign, submission, use.timeZone)
      const { state, criterion } = submission
      const label = criterionLabel(campaign, criterion)
      const text = t.mineItem(common.stateSign[state], numberOf(s), label, common.state[state])
      return { kind: 'item', text, buttons: [openButton(s)] }
    }),
  )

async function showAll(ctx: Ctx): Promise<Reply> {
  return look(ctx, async (use, campaign) => {
    const { submissions } = use.tx
    const list = await submissions.ofAuthor(campaign.id, ctx.actor.person.id, ALL)
    const counts = await submissions.countOfAuthor(campaign.id, ctx.actor.person.id)
    const total = Object.values(counts).reduce((n, one) => n + one, 0)
    const blocks = await items(use, campaign, list)
    if (list.length === 0) blocks.push({ kind: 'text', text: t.mineNone })
    if (total > list.length) blocks.push({ kind: 'note', text: t.mineMore(total - list.length) })
    return { kind: 'page', page: { title: t.mineTitle, blocks } }
  })
}
