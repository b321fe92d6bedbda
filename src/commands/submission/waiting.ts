import { z } from 'zod'
import { reviewKinds } from '../../core/campaign/review.js'
import { localDate } from '../../core/date.js'
import { type SubmissionView, submissionInCampaign } from '../../core/queries/submission/view.js'
import { type WaitingEvidence, waitingEvidence } from '../../core/queries/submission/waiting.js'
import { confirm } from '../../core/submission/decide.js'
import { confirmAll } from '../../core/submission/decide-many.js'
import { showDate } from '../../text/index.js'
import { vi } from '../../text/vi.js'
import { showButtons } from '../attachment/card.js'
import { block, when } from '../blocks.js'
import { inOwnCampaign } from '../campaign-scope.js'
import { type Ctx, defineAction, type Feature, idSchema, read, write } from '../command.js'
import { statusWith } from '../progress/status.js'
import type { Block, Button, Page, Reply } from '../ui.js'
import { behalfBlocks, contentBlocks, criterionLabel, isCut, numberOf, openButton } from './card.js'
import { confirmAllButtons, decidedBlocks } from './confirm-all.js'

const { submission: ts, waiting: t, home } = vi

/** Submissions a page: with their files and buttons they take at most eight blocks each. */
const PAGE = 10

/** Characters of a text, and of its links, before they are cut; a button opens the rest. */
const SHOWN = 600

/** A unit of those that the person leads; all of them where it is left out. */
const scope = z.object({ unit: idSchema.optional() })
type Scope = z.infer<typeof scope>

/** `kind`: pressed on the unit's card for that review, which is shown again. */
const deciding = z.object({ unit: idSchema, upTo: idSchema, kind: z.enum(reviewKinds).optional() })

/** A page of the evidence that waits for a head, who confirms it piece by piece without leaving the page. */
export const waitingFeature: Feature = {
  actions: [
    defineAction('waiting.confirm_all', deciding, async (ctx, { unit, upTo, kind }) => {
      const done = await write(ctx, async (use, campaign) =>
        decidedBlocks(campaign, await confirmAll(use, campaign, unit, upTo)),
      )
      return kind ? statusWith(ctx, unit, kind, done) : show(ctx, {}, done)
    }),
    defineAction('waiting', scope, (ctx, of) => show(ctx, of)),
    defineAction('waiting.confirm', scope.extend({ id: idSchema, seen: idSchema.optional() }), async (ctx, v) =>
      inOwnCampaign(
        ctx,
        'write',
        async (use) => {
          const { submission, campaign } = await submissionInCampaign(use, v.id)
          return { campaign, submission: await confirm(use, campaign, submission, v.seen) }
        },
        (of, there) => show(there, { unit: v.unit }, [block.text(t.done(numberOf(of)))]),
      ),
    ),
  ],
}

/** Opens what waits for a head: all of it, or that of one unit. */
export const waitingButton = (unit?: string): Button => ({
  label: t.open,
  action: 'waiting',
  value: unit === undefined ? {} : { unit },
})

const show = (ctx: Ctx, of: Scope, done: readonly Block[] = []): Promise<Reply> =>
  read(ctx, async (use, campaign) => {
    const found = (await waitingEvidence(use, campaign, PAGE, of.unit)) ?? { total: 0, first: [], units: [] }
    return { kind: 'page', page: waitingPage(found, of, done) }
  })

function waitingPage({ total, first, units }: WaitingEvidence, of: Scope, done: readonly Block[]): Page {
  return {
    title: t.title,
    blocks: [
      ...done,
      block.text(total > 0 ? home.waiting(total) : home.nothingWaits),
      ...confirmAllButtons(units),
      ...first.flatMap((s) => [block.divider(), ...itemBlocks(s, of)]),
      ...when(total > first.length, () => block.note(home.waitingMore(total - first.length))),
    ],
  }
}

function itemBlocks(s: SubmissionView, of: Scope): Block[] {
  const { id, criterion, submittedAt } = s.submission
  const value = { id, seen: s.last?.id }
  const day = showDate(localDate(submittedAt, s.timeZone))
  return [
    block.text(t.item(s.authorName, criterionLabel(s.campaign, criterion), numberOf(s), day)),
    ...behalfBlocks(s),
    ...contentBlocks(s, SHOWN),
    block.buttons([
      { label: ts.confirm, action: 'waiting.confirm', value: { ...of, ...value }, style: 'primary' },
      { label: ts.return, action: 'submission.return', value },
      ...showButtons(s),
      ...(isCut(s, SHOWN) ? [openButton(s)] : []),
    ]),
  ]
}
