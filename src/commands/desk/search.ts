import { z } from 'zod'
import { may, unitsOf } from '../../core/people/access.js'
import { type FoundViews, searchViews, type WhyNothing } from '../../core/queries/search/search.js'
import type { SubmissionView } from '../../core/queries/submission/view.js'
import { rejectSecrecyStamps } from '../../core/secrecy.js'
import { updateIndex } from '../../core/submission/update-index.js'
import { excerpt } from '../../text/excerpt.js'
import { foldWords } from '../../text/index.js'
import { pieces, plainText } from '../../text/rich.js'
import { vi } from '../../text/vi.js'
import { block, when } from '../blocks.js'
import { type Ctx, defineAction, defineForm, type Feature, nothingSchema, read } from '../command.js'
import { criterionLabel, numberOf, openButton } from '../submission/card.js'
import type { Block, Card, Form, Reply } from '../ui.js'

const { search: t, common } = vi

/** Results a page. */
const PAGE = 8

/** Characters of a query, and of a result's text that are shown. */
const TYPED = 200
const SHOWN = 180

/** Full-text search over what the person may see, ignoring accents and case. */
export const searchFeature: Feature = {
  commands: [
    {
      name: 'tim',
      aliases: ['search', 'find', 'timkiem', 'tracuu'],
      isFor: (actor) => unitsOf(actor).length > 0 || may(actor, 'unit.seeAll'),
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

async function find(ctx: Ctx, typed: string, page: number, replace: boolean): Promise<Reply> {
  rejectSecrecyStamps({ q: typed })
  const query = typed.trim().slice(0, TYPED)
  await updateIndex(ctx.store, ctx.actor.workspaceId)
  return read(ctx, async (use, here) => ({
    kind: 'card',
    card: resultsCard(query, await searchViews(use, here, query, page, PAGE)),
    replace,
  }))
}

function resultsCard(query: string, found: FoundViews): Card {
  const title = found.total > 0 ? t.found(found.total, query) : t.none(query)
  const to = (label: string, page: number, q = query) => ({ label, action: 'search', value: { q, page } })
  return {
    summary: plainText(title),
    blocks: [
      block.text(title),
      ...found.submissions.map((s) => resultItem(s, found)),
      ...when(filterOf(found), (text) => block.note(text)),
      ...when(found.why, (why) => block.text(whyNothing(query, found, why))),
      ...when(found.total === 0, () => block.note(t.how)),
      block.buttons([
        ...when(found.why && found.why.unfiltered > 0, () => to(t.unfiltered, 0, found.words.join(' '))),
        ...when(found.page > 0, () => to(common.previous, found.page - 1)),
        ...when(found.page < found.pages - 1, () => to(common.next, found.page + 1)),
        { label: t.again, action: 'search.again', value: {} },
      ]),
      ...when(found.pages > 1, () => block.note(common.page(found.page + 1, found.pages))),
    ],
  }
}

/** What the results were narrowed down to, in words. */
const filterOf = ({ filter: { states, done } }: FoundViews): string =>
  [...states.map((s) => common.state[s]), ...(done ? [t.days(done.from, done.to)] : [])].join(' · ')

/** Words come back as they were typed. */
function whyNothing(query: string, { words }: FoundViews, { unknown, unfiltered }: WhyNothing): string {
  const asTyped = (word: string) => query.split(/\s+/).find((w) => foldWords(w) === word) ?? word
  if (unknown.length > 0) return t.unknownWords(unknown.map(asTyped))
  return unfiltered > 0 ? t.otherwise(unfiltered) : words.length > 1 ? t.notTogether : t.noneOfThat
}

function resultItem(s: SubmissionView, { words, open }: FoundViews): Block {
  const { state, criterion, text } = s.submission
  const label = criterionLabel(s.campaign, criterion)
  const line = t.line(common.stateSign[state], numberOf(s), s.unitName, label, s.authorName)
  return block.item([...pieces(line), ...excerpt(text, words, open, SHOWN)], [openButton(s)])
}
