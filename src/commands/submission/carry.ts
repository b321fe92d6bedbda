import type { Campaign } from '../../core/campaign/campaign.js'
import { campaignById } from '../../core/queries/campaign/scope.js'
import { keepWords, ownDraft } from '../../core/submission/keep-draft.js'
import type { UseCase } from '../../core/use-case.js'
import { type Ctx, read, useOf, write } from '../command.js'
import type { Reply } from '../ui.js'
import { formReply, prefill, readDraftForm, readForm } from './open.js'

/** Room in a button's value besides the command that it repeats: a campaign, quotes. */
const OTHER_VALUE = 300

/**
 * The value of a button that runs a subcommand with the words that were typed. Words that do not fit are stored whole as
 * the person's draft, of which the button has the id. Throws `campaign.none` where such words are kept without a campaign.
 */
export async function carried(ctx: Ctx, name: string, words: string): Promise<{ name: string; kept?: string }> {
  const value = { name: `${name} ${words}`.trim() }
  if (JSON.stringify(value).length <= ctx.limits.buttonValue - OTHER_VALUE) return value
  const of = (campaign: Campaign) => (name === 'nop' ? prefill(campaign, words) : { text: words })
  return { name, kept: await write(ctx, (use, campaign) => keepWords(use, campaign, of(campaign))) }
}

/** The words that a button carries as a draft. Throws `draft.gone`. */
export const keptWords = (ctx: Ctx, id: string): Promise<string> =>
  ctx.store.read(async (tx) => (await ownDraft(useOf(ctx, tx), id)).content.text ?? '')

/**
 * The form with words that were kept: the draft itself, unless the person chose another campaign for it. Throws `draft.gone`.
 */
export async function openKept(ctx: Ctx, id: string): Promise<Reply> {
  const own = async (use: UseCase) => {
    const draft = await ownDraft(use, id)
    return readDraftForm(use, await campaignById(use, draft.campaignId), draft)
  }
  const there = (use: UseCase, campaign: Campaign) =>
    ownDraft(use, id).then(({ content: { text } }) => readForm(use, campaign, { text }))
  const form = ctx.campaignId === null ? await ctx.store.read((tx) => own(useOf(ctx, tx))) : await read(ctx, there)
  return formReply(ctx, form)
}
