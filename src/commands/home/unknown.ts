import { distance } from 'fastest-levenshtein'
import { handsIn } from '../../core/people/access.js'
import { openDrafts } from '../../core/queries/submission/drafts.js'
import { clip, fold } from '../../text/index.js'
import { plainText, type Rich } from '../../text/rich.js'
import { vi } from '../../text/vi.js'
import { block, when } from '../blocks.js'
import { type Command, type Ctx, useOf } from '../command.js'
import { carried } from '../submission/carry.js'
import { draftButtons } from '../submission/draft.js'
import type { Block, Button, Card } from '../ui.js'
import { commandButton } from './menu.js'

const { menu: t } = vi

/** Words of a command's name at most, in any spelling. */
const HEAD = 4

/** From this number of words on, a text that is no command is taken for what somebody did. */
const SENTENCE = 3

/** Characters of a sentence that are repeated under the question. */
const QUOTED = 1500

/** The text after its first `n` words, with its line breaks and spaces. */
export function restAfter(text: string, n: number): string {
  let rest = text.trim()
  for (let i = 0; i < n; i++) rest = rest.replace(/^\S+\s*/, '')
  return rest
}

interface Near {
  command: Command
  /** Words of the text that are its misspelt name. */
  words: number
  /** Letters that differ. */
  off: number
  /** Letters of the misspelt name. */
  of: number
}

/** The best reading of the beginning of a text as the misspelt name of a command. */
function nearness(command: Command, text: string): Near {
  const words = text.trim().split(/\s+/).slice(0, HEAD)
  const readings = words.flatMap((_, i): Near[] => {
    const head = fold(words.slice(0, i + 1).join(' '))
    return [command.name, ...command.aliases].map((name) => ({
      command,
      words: i + 1,
      off: distance(name, head),
      of: head.length,
    }))
  })
  // Of two alike, the one that takes more words: `nopp minh chung a2`.
  return readings.reduce((best, one) => (one.off <= best.off ? one : best))
}

/** The three commands most like the beginning of a text, among those for the person. Prose must be much like one. */
function nearest(ctx: Ctx, text: string, commands: readonly Command[], isProse: boolean): Near[] {
  const first = fold(text.trim().split(/\s+/)[0] ?? '').length
  const isNear = ({ off, of }: Near) => off <= Math.max(1, Math.floor(isProse ? of / 4 : Math.min(of, first) / 2))
  return commands
    .filter((c) => c.isFor(ctx.actor))
    .map((c) => nearness(c, text))
    .filter(isNear)
    .sort((a, b) => a.off - b.off)
    .slice(0, 3)
}

/**
 * Answers what is no command: the most similar ones, which take the words after their name along; a sentence is offered to
 * be handed in, whole. Call after the text was checked for secrecy stamps. Throws `campaign.none` for a sentence too long
 * for a button.
 */
export async function unknownCard(ctx: Ctx, text: string, commands: readonly Command[]): Promise<Card> {
  const isProse = text.trim().split(/\s+/).length >= SENTENCE
  const near = nearest(ctx, text, commands, isProse)
  if (near.length === 0 && isProse && handsIn(ctx.actor)) return offerCard(ctx, text)
  const title = t.unknown(clip(text.trim().split(/\s+/).slice(0, 3).join(' '), 60))
  // If none is similar, a list of all commands helps more than three guesses.
  const all = commands.filter((c) => c.isFor(ctx.actor)).map((command) => ({ command, words: 1 }))
  const buttons: Button[] = []
  for (const { command, words } of near.length > 0 ? near : all) {
    const rest = near.length > 0 ? restAfter(text, words) : ''
    buttons.push({ ...commandButton(command), value: await carried(ctx, command.name, rest) })
  }
  const isOther = isProse && near.length > 0 && near.every(({ command }) => command.name !== 'nop')
  return {
    summary: plainText(title),
    blocks: [
      block.text(title),
      block.buttons(buttons),
      ...(isOther && handsIn(ctx.actor) ? await offerBlocks(ctx, text) : []),
    ],
  }
}

/** Offers to hand in a sentence. `why`: what it was first taken for, and what that said. */
export async function offerCard(ctx: Ctx, text: string, why?: Rich): Promise<Card> {
  const offer = await offerBlocks(ctx, text)
  return { summary: plainText(why ?? t.offer), blocks: [...when(why, block.text), ...offer] }
}

async function offerBlocks(ctx: Ctx, text: string): Promise<Block[]> {
  const value = await carried(ctx, 'nop', text)
  const drafts = await ctx.store.read((tx) => openDrafts(useOf(ctx, tx)))
  const others = drafts.filter((d) => d.id !== value.kept)
  return [
    block.text(t.offer),
    block.quote(clip(text.trim(), QUOTED)),
    block.note(t.offerNote),
    block.buttons([
      { label: t.offerButton, action: 'command', value, style: 'primary' },
      { label: t.commands, action: 'command', value: { name: '' } },
    ]),
    ...when(others.length > 0, () => [block.note(t.otherDrafts), ...draftButtons(others)]),
  ]
}

/** Whether the words after a command's name read like what somebody did, so that the name may only be its first words. */
export const isLikeSentence = (rest: string): boolean => rest.trim().split(/\s+/).length > SENTENCE
