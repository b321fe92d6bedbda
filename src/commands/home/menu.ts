import type { Campaign } from '../../core/campaign/campaign.js'
import { type Review, type ReviewKind, reviewKinds } from '../../core/campaign/review.js'
import { isAdmin, maySetDates, unitsLedBy } from '../../core/people/access.js'
import { plainText } from '../../text/rich.js'
import { vi } from '../../text/vi.js'
import type { Command, Ctx } from '../command.js'
import { draftBlocks } from '../submission/draft.js'
import type { Block, Button, Card } from '../ui.js'

const { menu: t } = vi

/** `/thidua` alone: what fits the person's role; for an admin, what is still to be set up. */
export async function menuCard(ctx: Ctx, commands: readonly Command[]): Promise<Card> {
  const state = await setup(ctx)
  const missing = datesMissing(state.reviews)
  const blocks: Block[] = [{ kind: 'text', text: t.hello(ctx.actor.person.fullName) }]
  if (state.campaign) blocks.push({ kind: 'note', text: t.campaign(state.campaign.number, state.campaign.title) })
  if (isAdmin(ctx.actor)) blocks.push(...nextSteps(state))
  else if (state.campaign && missing.length > 0)
    blocks.push({
      kind: 'note',
      text: t.noDates(missing) + (maySetDates(ctx.actor) ? t.noDatesAdmin : t.noDatesOthers),
    })
  blocks.push(...(await draftBlocks(ctx)))
  const fit = commands.filter((c) => c.isFor(ctx.actor) && t.labels[c.name])
  blocks.push({ kind: 'buttons', buttons: fit.map(commandButton) })
  return { summary: t.summary, blocks }
}

/** A button that runs a subcommand as if it had been typed. */
export const commandButton = (command: Command): Button => ({
  label: t.labels[command.name] ?? command.name,
  action: 'command',
  value: { name: command.name },
  style: command.name === 'nop' ? 'primary' : undefined,
})

export interface Setup {
  campaign: Campaign | undefined
  people: number
  reviews: Review[]
}

export const setup = (ctx: Ctx): Promise<Setup> =>
  ctx.store.read(async (tx) => {
    const campaign = await tx.campaigns.current(ctx.actor.workspaceId)
    return {
      campaign,
      people: await tx.people.count(ctx.actor.workspaceId),
      reviews: campaign ? await tx.reviews.list(campaign.id) : [],
    }
  })

export const datesMissing = (reviews: readonly Review[]): ReviewKind[] =>
  reviewKinds.filter((kind) => !reviews.some((r) => r.kind === kind))

export const isSetUp = ({ campaign, people, reviews }: Setup): boolean =>
  campaign !== undefined && people > 0 && datesMissing(reviews).length === 0

export function nextSteps(state: Setup): Block[] {
  if (isSetUp(state)) return [{ kind: 'note', text: t.allDone }]
  const { campaign, people, reviews } = state
  return [
    { kind: 'text', text: { bold: t.next } },
    { kind: 'text', text: campaign ? t.donePlan : t.needPlan },
    { kind: 'text', text: people > 0 ? t.doneRoster(people) : t.needRoster },
    ...(datesMissing(reviews).length > 0 ? [{ kind: 'text', text: t.needDates } as Block] : []),
  ]
}

/** Help for one's role: the commands that one may use, a line each. */
export function helpCard(ctx: Ctx, commands: readonly Command[]): Card {
  const lines = commands
    .filter((c) => c.isFor(ctx.actor) && t.help[c.name])
    .map((c): Block => ({ kind: 'text', text: t.helpLine(c.name, t.help[c.name] as string) }))
  return {
    summary: t.helpTitle,
    blocks: [
      { kind: 'heading', text: t.helpTitle },
      ...lines,
      ...(unitsLedBy(ctx.actor).length > 0 ? [{ kind: 'note', text: t.headHelp } as Block] : []),
      { kind: 'note', text: t.helpNote },
    ],
  }
}

export function unknownCard(word: string, near: readonly Command[]): Card {
  const title = t.unknown(word)
  return {
    summary: plainText(title),
    blocks: [
      { kind: 'text', text: title },
      { kind: 'buttons', buttons: near.map(commandButton) },
    ],
  }
}
