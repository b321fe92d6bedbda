import type { Block, Button, Card, Field, Form, Reply, Select } from './ui.js'

/**
 * Several campaigns may run in one workspace. Buttons, menus and forms without a tag are about the current campaign. Others
 * are tagged: the value of a button and the hidden data of a form have `campaign`, a menu has it in the id of its action
 * (`desk@<id>`), because its values must be short. `takeCampaign` removes the tag again.
 */

/** Separates the id of an action from the id of the campaign that it is about. */
export const AT = '@'

/** A value that is tagged already keeps its campaign: one message may be about several. */
const value = (campaign: string, of: unknown): unknown => ({ campaign, ...(of as Record<string, unknown> | undefined) })
const button = (campaign: string, b: Button): Button => ({ ...b, value: value(campaign, b.value) })
const select = (campaign: string, s: Select): Select =>
  s.action.includes(AT) ? s : { ...s, action: `${s.action}${AT}${campaign}` }

/** The same blocks, with all buttons and menus about one campaign. */
export const taggedBlocks = (campaign: string, blocks: readonly Block[]): Block[] =>
  blocks.map((block): Block => {
    switch (block.kind) {
      case 'item':
      case 'row':
      case 'buttons':
        return { ...block, buttons: block.buttons.map((b) => button(campaign, b)) }
      case 'choices':
        return {
          ...block,
          selects: block.selects.map((s) => select(campaign, s)),
          ...(block.buttons ? { buttons: block.buttons.map((b) => button(campaign, b)) } : {}),
        }
      default:
        return block
    }
  })

/** Tagged cards by the card they were made of: one that is shown again need not be rendered again. */
const known = new WeakMap<Card, { campaign: string; card: Card }>()

/** The same card, with all buttons and menus about one campaign. Cached. */
export function taggedCard(campaign: string, card: Card): Card {
  let it = known.get(card)
  if (it?.campaign !== campaign) {
    it = { campaign, card: { ...card, blocks: taggedBlocks(campaign, card.blocks) } }
    known.set(card, it)
  }
  return it.card
}

const field = (campaign: string, f: Field): Field =>
  f.kind === 'buttons' ? { ...f, buttons: f.buttons.map((b) => button(campaign, b)) } : f

const taggedForm = (campaign: string, form: Form): Form => ({
  ...form,
  hidden: value(campaign, form.hidden),
  fields: form.fields.map((f) => field(campaign, f)),
})

/** The same reply, with all buttons, menus and forms about one campaign. */
export function tagged(campaign: string, reply: Reply): Reply {
  switch (reply.kind) {
    case 'card':
      return { ...reply, card: taggedCard(campaign, reply.card) }
    case 'page':
      return {
        ...reply,
        page: { ...reply.page, blocks: taggedBlocks(campaign, reply.page.blocks) },
        ...(reply.behind ? { behind: taggedCard(campaign, reply.behind) } : {}),
      }
    case 'form':
      return { ...reply, form: taggedForm(campaign, reply.form) }
    default:
      return reply
  }
}
