import type { Block, Button, Card, Field, Form, Reply, Select } from './ui.js'

/**
 * Several campaigns may run in one workspace. Whatever is not about the one that is meant where nobody names one says so
 * itself: the value of a button and what is hidden in a form carry `campaign`, a menu carries it in the id of its action
 * (`desk@<id>`), since its values must be short. The way in (`campaign.ts`) takes it out again.
 */

/** Parts the id of an action from the campaign that it is about. */
export const AT = '@'

/** What is stamped already is about another campaign: one message may be about several. */
const value = (campaign: string, of: unknown): unknown => ({ campaign, ...(of as Record<string, unknown> | undefined) })
const button = (campaign: string, b: Button): Button => ({ ...b, value: value(campaign, b.value) })
const select = (campaign: string, s: Select): Select =>
  s.action.includes(AT) ? s : { ...s, action: `${s.action}${AT}${campaign}` }

/** The same blocks, each of whose buttons and menus is about one campaign. */
export const stampedBlocks = (campaign: string, blocks: readonly Block[]): Block[] =>
  blocks.map((block): Block => {
    switch (block.kind) {
      case 'item':
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

/** A card that is shown again is the same again, so that it need be drawn once. */
const known = new WeakMap<Card, { campaign: string; card: Card }>()

export function stampedCard(campaign: string, card: Card): Card {
  let it = known.get(card)
  if (it?.campaign !== campaign) {
    it = { campaign, card: { ...card, blocks: stampedBlocks(campaign, card.blocks) } }
    known.set(card, it)
  }
  return it.card
}

const field = (campaign: string, f: Field): Field =>
  f.kind === 'buttons' ? { ...f, buttons: f.buttons.map((b) => button(campaign, b)) } : f

const stampedForm = (campaign: string, form: Form): Form => ({
  ...form,
  hidden: value(campaign, form.hidden),
  fields: form.fields.map((f) => field(campaign, f)),
})

/** An answer, all of which is about one campaign. */
export function stamped(campaign: string, reply: Reply): Reply {
  switch (reply.kind) {
    case 'card':
      return { ...reply, card: stampedCard(campaign, reply.card) }
    case 'page':
      return { ...reply, page: { ...reply.page, blocks: stampedBlocks(campaign, reply.page.blocks) } }
    case 'form':
      return { ...reply, form: stampedForm(campaign, reply.form) }
    default:
      return reply
  }
}
