import { z } from 'zod'
import { campaignsById } from '../../core/campaign/running.js'
import { maySeeAll, unitsOf } from '../../core/people/access.js'
import { renewIndex, search } from '../../core/queries/search/search.js'
import { viewSubmission } from '../../core/queries/submission/view.js'
import { excerpt } from '../../text/excerpt.js'
import { pieces, plainText } from '../../text/rich.js'
import { vi } from '../../text/vi.js'
import { block } from '../blocks.js'
import { type Ctx, defineAction, defineForm, type Feature, look, nothingSchema } from '../command.js'
import { criterionLabel, numberOf, openButton } from '../submission/card.js'
import type { Block, Form, Reply } from '../ui.js'

const { search: t, common } = vi

/** Results a page. */
const PAGE = 8
/** Characters of what was typed that are looked for, and of a result's words that are shown. */
const TYPED = 200
const SHOWN = 180

/** Full-text search over what the person may see, without regard to accents or case. */
export const searchFeature: Feature = {
  commands: [
    {
      name: 'tim',
      aliases: ['search', 'find', 'timkiem', 'tracuu'],
      isFor: (actor) => unitsOf(actor).length > 0 || maySeeAll(actor),
      run: async (ctx, rest) => (rest.trim() === '' ? { kind: 'form', form: form() } : find(ctx, rest, 0, false)),
    },
  ],
  actions: [
    defineAction(
      'search',
      z.object({ q: z.string().max(TYPED), page: z.number().int().min(0).max(10_000) }),
      (ctx, v) => find(ctx, v.q, v.page, true),
    ),
    defineAction('search.again', nothingSchema, async () => ({ kind: 'form', form: form() })),
  ],
  forms: [defineForm('search', nothingSchema, (ctx, { q = '' }) => find(ctx, q, 0, false))],
}

const form = (): Form => ({
  id: 'search',
  title: t.title,
  submit: t.submit,
  fields: [{ kind: 'text', id: 'q', label: t.field, max: TYPED, hint: t.hint, placeholder: t.placeholder }],
})

async function find(ctx: Ctx, typed: string, asked: number, replace: boolean): Promise<Reply> {
  const q = typed.trim().slice(0, TYPED)
  await renewIndex(ctx.store, ctx.actor.workspaceId)
  return look(ctx, async (use, here) => {
    const campaigns = await campaignsById(use.tx, ctx.actor.workspaceId)
    const found = await search(use, q, asked, PAGE)
    const title = found.total > 0 ? t.found(found.total, q) : t.none(q)
    const blocks: Block[] = [block.text(title)]
    for (const submission of found.submissions) {
      const campaign = campaigns.get(submission.campaignId) ?? here
      const s = await viewSubmission(use.tx, campaign, submission, ctx.timeZone)
      const criterion = criterionLabel(campaign, submission.criterion)
      const line = t.line(common.stateSign[submission.state], numberOf(s), s.unitName, criterion, s.authorName)
      const words = excerpt(submission.text, found.words, found.open, SHOWN)
      blocks.push(block.item([...pieces(line), ...words], [openButton(s)]))
    }
    if (found.total === 0) blocks.push(block.note(t.how))
    const to = (label: string, page: number) => ({ label, action: 'search', value: { q, page } })
    const buttons = [
      ...(found.page > 0 ? [to(common.previous, found.page - 1)] : []),
      ...(found.page < found.pages - 1 ? [to(common.next, found.page + 1)] : []),
      { label: t.again, action: 'search.again', value: {} },
    ]
    blocks.push(block.buttons(buttons))
    if (found.pages > 1) blocks.push(block.note(common.page(found.page + 1, found.pages)))
    return { kind: 'card', card: { summary: plainText(title), blocks }, replace }
  })
}
