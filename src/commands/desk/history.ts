import { z } from 'zod'
import { submissionNumber } from '../../core/campaign/campaign.js'
import { UserError } from '../../core/errors.js'
import {
  type AuditScope,
  auditScopes,
  historyByNumber,
  historyOf,
  latestChanges,
  maxAuditPages,
} from '../../core/queries/desk/history.js'
import { reportingUnits, visibleUnit } from '../../core/queries/people/reporting-unit.js'
import { fold } from '../../text/index.js'
import { vi } from '../../text/vi.js'
import { block } from '../blocks.js'
import { onSubmission } from '../campaign-scope.js'
import { type Ctx, defineAction, type Feature, idSchema, read } from '../command.js'
import { findUnits } from '../parse/unit-finder.js'
import { chooseUnit } from '../progress/status.js'
import type { Reply } from '../ui.js'
import { changesCard, historyBlocks } from './history-card.js'

const { audit: t } = vi

/** Who did what, when and why: the history of one submission, or the latest changes that the person may see. */
export const auditFeature: Feature = {
  commands: [
    {
      name: 'nhatky',
      aliases: ['log', 'audit', 'history', 'lichsu'],
      isFor: (actor) => auditScopes(actor).length > 0,
      run: (ctx, rest) => (rest.trim() === '' ? showLatest(ctx) : showOne(ctx, rest.trim())),
    },
  ],
  actions: [
    defineAction(
      'audit.list',
      z.object({
        scope: z.enum(['all', 'units', 'own', 'workspace']),
        page: z.number().int().min(0).max(maxAuditPages),
        unit: idSchema.optional(),
      }),
      (ctx, { scope, page, unit }) => showList(ctx, scope, page, true, unit),
    ),
    defineAction('audit.history', z.object({ id: idSchema }), showHistory),
  ],
}

/** A page with the history of one submission. */
function showHistory(ctx: Ctx, { id }: { id: string }): Promise<Reply> {
  return onSubmission(
    ctx,
    'read',
    id,
    async (use, of) => ({ ...of, ...(await historyOf(use, of.submission)) }),
    ({ campaign, submission, history }) => ({
      kind: 'page',
      page: {
        title: submissionNumber(campaign, submission.number),
        blocks: [
          block.heading(t.history),
          ...historyBlocks(campaign, submission, history.slice(-MAX_IN_PAGE), ctx.timeZone),
          block.buttons([{ label: t.back, action: 'submission.open', value: { id } }]),
        ],
      },
    }),
  )
}

async function showLatest(ctx: Ctx): Promise<Reply> {
  const [widest] = auditScopes(ctx.actor)
  if (!widest) throw new UserError('access.denied', { need: 'log' })
  return showList(ctx, widest, 0, false)
}

const showList = (ctx: Ctx, scope: AuditScope, page: number, replace: boolean, unitId?: string): Promise<Reply> =>
  read(ctx, async (use) => {
    const { changes, isLast } = await latestChanges(use, scope, page, unitId)
    const unit = unitId === undefined ? undefined : await visibleUnit(use, unitId)
    const place = { scope, scopes: auditScopes(ctx.actor), page, isLast: isLast || page >= maxAuditPages, unit }
    return { kind: 'card', card: changesCard(changes, place, ctx.timeZone), replace }
  })

/** A submission by its number, or a unit by its code or name. Throws `log.number` for what is neither. */
async function showOne(ctx: Ctx, word: string): Promise<Reply> {
  const units = await read(ctx, reportingUnits)
  const found = findUnits(units, word)
  const [first] = found
  const isExact = first && [first.code, first.name].some((name) => fold(name) === fold(word))
  if (first && (isExact || !/\d{1,9}$/.test(word))) {
    if (found.length > 1)
      return chooseUnit(vi.status.whichUnit(word.slice(0, 60)), found, (unit) => ({
        action: 'audit.list',
        value: { scope: 'units', page: 0, unit: unit.id },
      }))
    return showList(ctx, 'units', 0, false, first.id)
  }
  return showNumber(ctx, word)
}

/** `TĐ-2024-000123`, `2024-123` or `123`; a prefix names the campaign. */
const showNumber = (ctx: Ctx, word: string): Promise<Reply> =>
  read(ctx, async (use, here) => {
    const [, prefix = '', digits] = /^(.*?)[\s#-]*(\d{1,9})$/.exec(word) ?? []
    if (!digits) throw new UserError('log.number', { word: word.slice(0, 60) })
    const { campaign, submission, history } = await historyByNumber(use, here, prefix, Number(digits))
    const number = submissionNumber(campaign, submission.number)
    return {
      kind: 'card',
      card: {
        summary: t.historyTitle(number),
        blocks: [
          block.heading(t.historyTitle(number)),
          ...historyBlocks(campaign, submission, history.slice(-MAX_STEPS), ctx.timeZone),
          block.buttons([{ label: vi.common.open, action: 'submission.open', value: { id: submission.id } }]),
        ],
      },
    }
  })

/** Changes shown in a message; the page of the same submission shows more. */
const MAX_STEPS = 15

/** Changes shown in a page: a change with its reason takes two blocks. */
const MAX_IN_PAGE = 45
