import type { z } from 'zod'
import { calendarOf } from '../core/calendar/holiday-calendar.js'
import type { Campaign } from '../core/campaign/campaign.js'
import { running } from '../core/campaign/running.js'
import { localDate } from '../core/date.js'
import { UserError } from '../core/errors.js'
import { type InCampaign, submissionInCampaign } from '../core/queries/submission/view.js'
import type { UseCase } from '../core/use-case.js'
import { clip } from '../text/index.js'
import { vi } from '../text/vi.js'
import { block } from './blocks.js'
import { stamped } from './campaign-tag.js'
import {
  type Action,
  type Ctx,
  campaignFor,
  defineAction,
  defineForm,
  type FormHandler,
  idSchema,
  useOf,
} from './command.js'
import type { Block, Button, Field, Reply } from './ui.js'

const { campaign: t } = vi

/**
 * Separates the campaign from the value of a button, a menu (`inActionId`) or a form. Throws `request.stale` for a
 * campaign that the workspace does not have.
 */
export async function takeCampaign(
  ctx: Ctx,
  value: unknown,
  inActionId?: string,
): Promise<{ ctx: Ctx; value: unknown }> {
  const isStamped = typeof value === 'object' && value !== null && 'campaign' in value
  if (!isStamped && inActionId === undefined) return { ctx, value }
  const { campaign, ...rest } = { campaign: inActionId, ...(value as Record<string, unknown> | undefined) }
  const id = idSchema.safeParse(campaign)
  const known = id.success && (await ctx.store.read((tx) => tx.campaigns.byId(ctx.actor.workspaceId, id.data)))
  if (!known) throw new UserError('request.stale', {})
  return { ctx: { ...ctx, campaignId: known.id }, value: rest }
}

/**
 * Runs a use case or a query that finds its campaign by itself, in one transaction of the store, and renders the reply
 * after it. The reply's buttons are about that campaign.
 */
export async function inOwnCampaign<T extends { campaign: Campaign }>(
  ctx: Ctx,
  transaction: 'read' | 'write',
  run: (use: UseCase) => Promise<T>,
  render: (data: T) => Reply | Promise<Reply>,
): Promise<Reply> {
  const { data, isElsewhere } = await ctx.store[transaction](async (tx) => {
    const data = await run(useOf(ctx, tx))
    const here = ctx.campaignId ?? (await tx.campaigns.current(ctx.actor.workspaceId))?.id
    return { data, isElsewhere: data.campaign.id !== here }
  })
  const reply = await render(data)
  return isElsewhere ? stamped(data.campaign.id, reply) : reply
}

/**
 * Runs a use case or a query on one submission, which is read once together with its campaign, and renders the reply after
 * the transaction. Throws `submission.not_found`.
 */
export const onSubmission = <T>(
  ctx: Ctx,
  transaction: 'read' | 'write',
  id: string,
  run: (use: UseCase, of: InCampaign) => Promise<T>,
  render: (data: T) => Reply | Promise<Reply>,
): Promise<Reply> =>
  inOwnCampaign(
    ctx,
    transaction,
    async (use) => {
      const of = await submissionInCampaign(use, id)
      return { campaign: of.campaign, data: await run(use, of) }
    },
    ({ data }) => render(data),
  )

type Run = (ctx: Ctx) => Promise<Reply>

/** Does something in one campaign; buttons of the reply are about that campaign. */
export async function inCampaign(ctx: Ctx, campaignId: string, run: Run): Promise<Reply> {
  const here = ctx.campaignId ?? (await ctx.store.read((tx) => tx.campaigns.current(ctx.actor.workspaceId)))?.id
  return campaignId === here ? run(ctx) : stamped(campaignId, await run({ ...ctx, campaignId }))
}

/** Does something in the campaign that a submission belongs to, whatever its button says. */
export async function inCampaignOf(ctx: Ctx, submissionId: string, run: Run): Promise<Reply> {
  const submission = await ctx.store.read((tx) => tx.submissions.byId(ctx.actor.workspaceId, submissionId))
  return submission ? inCampaign(ctx, submission.campaignId, run) : run(ctx)
}

/** An action on one submission. */
export const actionOn = <T extends { id: string }>(
  id: string,
  schema: z.ZodType<T>,
  run: (ctx: Ctx, value: T) => Promise<Reply>,
): Action => defineAction(id, schema, (ctx, value) => inCampaignOf(ctx, value.id, (there) => run(there, value)))

/** A form about one submission. */
export const formOn = <T extends { id: string }>(
  id: string,
  hidden: z.ZodType<T>,
  run: (ctx: Ctx, fields: Readonly<Record<string, string>>, hidden: T) => Promise<Reply>,
): FormHandler =>
  defineForm(id, hidden, (ctx, fields, value) => inCampaignOf(ctx, value.id, (there) => run(there, fields, value)))

/** Commands that show one campaign, or hand in to it. */
const perCampaign: readonly string[] = [
  'nop',
  'trangthai',
  'tonghop',
  'baocao',
  'nhac',
  'tieuchi',
  'lich',
  'duyet',
  'bangiay',
]
/** Length of a button's value besides the command that it repeats. */
const OTHER_VALUE = 500
/** Others that are offered; a workspace runs one or two. */
const OTHERS = 4
/** A card of more blocks than this may lose its end, so that the way to another campaign stands at its beginning. */
const LONG = 20

/** The answer to a command with a way to do the same in another campaign that runs; as it is where there is none. */
export function offerOthers(ctx: Ctx, name: string, text: string, reply: Reply): Promise<Reply> | Reply {
  if (!perCampaign.includes(name)) return reply
  const typed = JSON.stringify(text).length > ctx.limits.buttonValue - OTHER_VALUE ? name : text
  return withOthers(ctx, reply, { action: 'command', value: { name: typed } })
}

/** An answer with a button for each other campaign that runs, which does `again` there. */
export async function withOthers(ctx: Ctx, reply: Reply, again: { action: string; value: object }): Promise<Reply> {
  if (reply.kind !== 'card' && reply.kind !== 'form' && reply.kind !== 'page') return reply
  const found = await ctx.store.read(async (tx) => {
    const { workspaceId } = ctx.actor
    const [current, second] = await tx.campaigns.all(workspaceId)
    if (!current || !second) return undefined
    const here = await campaignFor(ctx, tx)
    const isWorkingDay = await calendarOf(tx, workspaceId)
    const run = await running(tx, workspaceId, localDate(ctx.now, ctx.timeZone), isWorkingDay)
    const others = new Set([current, ...run].filter((c) => c.id !== here.id))
    return { here, others: [...others].slice(0, OTHERS) }
  })
  if (!found || found.others.length === 0) return reply
  const note = block.note(t.here(found.here.number, found.here.title))
  const buttons = found.others.map((c): Button => {
    const { action, value } = again
    return { label: labelOf(c), action, value: { ...value, campaign: c.id } }
  })
  const parts: (Field & Block)[] = [note, block.buttons(buttons)]
  const around = (blocks: readonly Block[]): Block[] =>
    blocks.length > LONG ? [...parts, ...blocks] : [...blocks, ...parts]
  if (reply.kind === 'form') return { ...reply, form: { ...reply.form, fields: [...parts, ...reply.form.fields] } }
  if (reply.kind === 'page') return { ...reply, page: { ...reply.page, blocks: around(reply.page.blocks) } }
  return { ...reply, card: { ...reply.card, blocks: around(reply.card.blocks) } }
}

/** Plans of two years have nearly the same title: a long one is told apart by the plan's number. */
const labelOf = ({ number, title }: Campaign): string =>
  t.other(title.length > 40 ? `${clip(title, 40)} (${number})` : title)
