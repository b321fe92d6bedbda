import type { Campaign } from '../core/campaign/campaign.js'
import { UserError } from '../core/errors.js'
import { campaignChoice, currentCampaignId, knownCampaignId } from '../core/queries/campaign/scope.js'
import { type InCampaign, submissionInCampaign } from '../core/queries/submission/view.js'
import type { UseCase } from '../core/use-case.js'
import { clip } from '../text/index.js'
import { vi } from '../text/vi.js'
import { block } from './blocks.js'
import { tagged } from './campaign-tag.js'
import { type Ctx, idSchema, useOf } from './command.js'
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
  const campaignId = id.success && (await ctx.store.read((tx) => knownCampaignId(useOf(ctx, tx), id.data)))
  if (!campaignId) throw new UserError('request.stale', {})
  return { ctx: { ...ctx, campaignId }, value: rest }
}

/**
 * Runs a use case or a query that finds its campaign by itself, in one transaction of the store, and renders the reply
 * after it. `render` gets a context of that campaign, and the reply's buttons are about it.
 */
export async function inOwnCampaign<T extends { campaign: Campaign }>(
  ctx: Ctx,
  transaction: 'read' | 'write',
  run: (use: UseCase) => Promise<T>,
  render: (data: T, there: Ctx) => Reply | Promise<Reply>,
): Promise<Reply> {
  const { data, here } = await ctx.store[transaction](async (tx) => {
    const use = useOf(ctx, tx)
    return { data: await run(use), here: ctx.campaignId ?? (await currentCampaignId(use)) }
  })
  const campaignId = data.campaign.id
  return campaignId === here ? render(data, ctx) : tagged(campaignId, await render(data, { ...ctx, campaignId }))
}

/**
 * Runs a use case or a query on one submission, which is read once together with its campaign, as `inOwnCampaign` does.
 * Throws `submission.not_found`.
 */
export const onSubmission = <T>(
  ctx: Ctx,
  transaction: 'read' | 'write',
  id: string,
  run: (use: UseCase, of: InCampaign) => Promise<T>,
  render: (data: T, there: Ctx) => Reply | Promise<Reply>,
): Promise<Reply> =>
  inOwnCampaign(
    ctx,
    transaction,
    async (use) => {
      const of = await submissionInCampaign(use, id)
      return { campaign: of.campaign, data: await run(use, of) }
    },
    ({ data }, there) => render(data, there),
  )

/** Does something in one campaign; the reply's buttons are about it. */
export async function inCampaign(ctx: Ctx, campaignId: string, run: (there: Ctx) => Promise<Reply>): Promise<Reply> {
  const here = ctx.campaignId ?? (await ctx.store.read((tx) => currentCampaignId(useOf(ctx, tx))))
  return campaignId === here ? run(ctx) : tagged(campaignId, await run({ ...ctx, campaignId }))
}

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

/** Other campaigns that are offered; a workspace rarely has more than two. */
const OTHERS = 4

/** Above this number of blocks the end of a card may be cut, so the buttons for other campaigns come first. */
const LONG = 20

/** Adds buttons to the reply to a command, which repeat the command in each other campaign that runs. */
export const offerOtherCampaigns = (
  ctx: Ctx,
  name: string,
  again: () => Promise<object>,
  reply: Reply,
): Promise<Reply> | Reply =>
  perCampaign.includes(name) ? withOtherCampaigns(ctx, reply, { action: 'command', value: again }) : reply

/** Adds buttons to a reply, which do `again` in each other campaign that runs; the reply as it is where there is none. */
export async function withOtherCampaigns(
  ctx: Ctx,
  reply: Reply,
  again: { action: string; value: object | (() => Promise<object>) },
): Promise<Reply> {
  if (reply.kind !== 'card' && reply.kind !== 'form' && reply.kind !== 'page') return reply
  const found = await ctx.store.read((tx) => campaignChoice(useOf(ctx, tx), ctx.campaignId, OTHERS))
  if (!found || found.others.length === 0) return reply
  const note = block.note(t.here(found.here.number, found.here.title))
  const value = typeof again.value === 'function' ? await again.value() : again.value
  const buttons = found.others.map(
    (c): Button => ({ label: labelOf(c), action: again.action, value: { ...value, campaign: c.id } }),
  )
  const parts: (Field & Block)[] = [note, block.buttons(buttons)]
  const around = (blocks: readonly Block[]): Block[] =>
    blocks.length > LONG ? [...parts, ...blocks] : [...blocks, ...parts]
  if (reply.kind === 'form') return { ...reply, form: { ...reply.form, fields: [...parts, ...reply.form.fields] } }
  if (reply.kind === 'page') return { ...reply, page: { ...reply.page, blocks: around(reply.page.blocks) } }
  return { ...reply, card: { ...reply.card, blocks: around(reply.card.blocks) } }
}

/** A long title is cut and followed by the plan's number, because the titles of two years begin alike. */
const labelOf = ({ number, title }: Campaign): string =>
  t.other(title.length > 40 ? `${clip(title, 40)} (${number})` : title)
