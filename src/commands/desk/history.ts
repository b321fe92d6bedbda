import { z } from 'zod'
import { submissionNumber } from '../../core/campaign/campaign.js'
import { UserError } from '../../core/errors.js'
import { allow } from '../../core/people/access.js'
import {
  type AuditScope,
  auditScopes,
  byNumber,
  historyOf,
  latestChanges,
  maxAuditPages,
} from '../../core/queries/desk/history.js'
import { fold } from '../../text/index.js'
import { vi } from '../../text/vi.js'
import { block } from '../blocks.js'
import { actionOn } from '../campaign-scope.js'
import { type Ctx, defineAction, type Feature, idSchema, look } from '../command.js'
import type { Block, Reply } from '../ui.js'
import { changesCard, historyBlocks } from './history-card.js'

const { audit: t } = vi

/** Who did what, when and why: of one submission, or the latest of what one may see. */
export const auditFeature: Feature = {
  commands: [
    {
      name: 'nhatky',
      aliases: ['log', 'audit', 'history', 'lichsu'],
      isFor: (actor) => auditScopes(actor).length > 0,
      run: (ctx, rest) => (rest.trim() === '' ? showLatest(ctx) : showNumber(ctx, rest.trim())),
    },
  ],
  actions: [
    defineAction(
      'audit.list',
      z.object({
        scope: z.enum(['all', 'units', 'own', 'workspace']),
        page: z.number().int().min(0).max(maxAuditPages),
      }),
      (ctx, { scope, page }) => showList(ctx, scope, page, true),
    ),
    actionOn('audit.history', z.object({ id: idSchema }), (ctx, { id }) =>
      look(ctx, async (use, campaign) => {
        const { submission, history } = await historyOf(use, id)
        const back: Block = block.buttons([{ label: t.back, action: 'submission.open', value: { id } }])
        return {
          kind: 'page',
          page: {
            title: submissionNumber(campaign, submission.number),
            blocks: [
              block.heading(t.history),
              ...historyBlocks(use, campaign, submission, history.slice(-MAX_IN_PAGE)),
              back,
            ],
          },
        }
      }),
    ),
  ],
}

async function showLatest(ctx: Ctx): Promise<Reply> {
  const [widest] = auditScopes(ctx.actor)
  allow(widest !== undefined, 'log')
  return showList(ctx, widest as AuditScope, 0, false)
}

const showList = (ctx: Ctx, scope: AuditScope, page: number, replace: boolean): Promise<Reply> =>
  look(ctx, async (use) => {
    const { changes, isLast } = await latestChanges(use, scope, page)
    const end = isLast || page >= maxAuditPages
    const card = await changesCard(use, changes, { scope, scopes: auditScopes(ctx.actor), page, isLast: end })
    return { kind: 'card', card, replace }
  })

/** `TĐ-2024-000123`, `2024-123` or `123`; a prefix says which campaign is meant. */
const showNumber = (ctx: Ctx, word: string): Promise<Reply> =>
  look(ctx, async (use, here) => {
    const [, prefix = '', digits] = /^(.*?)[\s#-]*(\d{1,9})$/.exec(word) ?? []
    if (!digits) throw new UserError('log.number', { word: word.slice(0, 60) })
    const campaigns = prefix ? [here, ...(await use.tx.campaigns.all(ctx.actor.workspaceId))] : [here]
    const campaign = campaigns.find((c) => fold(c.prefix).endsWith(fold(prefix)))
    if (!campaign) throw new UserError('submission.not_found', {})
    const { id } = await byNumber(use, campaign.id, Number(digits))
    const { submission, history } = await historyOf(use, id)
    const number = submissionNumber(campaign, submission.number)
    return {
      kind: 'card',
      card: {
        summary: t.historyTitle(number),
        blocks: [
          block.heading(t.historyTitle(number)),
          ...historyBlocks(use, campaign, submission, history.slice(-MAX_STEPS)),
          block.buttons([{ label: vi.common.open, action: 'submission.open', value: { id } }]),
        ],
      },
    }
  })

/** Steps that a message shows; the page of the same submission shows all. */
const MAX_STEPS = 15
/** Steps that a page shows: a step with its reason takes two blocks. */
const MAX_IN_PAGE = 45
