import { may, unitsLedBy, unitsOf } from '../../core/people/access.js'
import type { Actor } from '../../core/people/person.js'
import type { HomeData } from '../../core/queries/home/data.js'
import { block } from '../blocks.js'
import type { ChatLimits } from '../chat.js'
import type { Command } from '../command.js'
import type { Block, Button } from '../ui.js'
import { commandButton } from './menu.js'

/** What the parts of a home are drawn from. */
export interface HomeView {
  actor: Actor
  timeZone: string
  data: HomeData
  /** Commands that the person may run. */
  commands: readonly Command[]
}

/** One part of a home; empty for people whom it does not concern. */
export type HomePart = (home: HomeView) => readonly Block[]

/** The most blocks of the chat that one block is rendered to, as long as its text is short. */
const cost = (block: Block): number =>
  block.kind === 'item' && block.buttons.length > 1 ? 2 : block.kind === 'table' ? Number.POSITIVE_INFINITY : 1

/** Blocks at the end of every home: the menu and the time of its drawing. */
const END_BLOCKS = 6

/** Parts one after another with dividers between them. A part that does not fit is left out; later parts may still fit. */
export function joinParts(parts: readonly (readonly Block[])[], { viewBlocks }: ChatLimits): Block[] {
  const out: Block[] = []
  let room = viewBlocks - END_BLOCKS
  for (const part of parts) {
    const needs = part.reduce((n, b) => n + cost(b), 1)
    if (part.length === 0 || needs > room) continue
    if (out.length > 0) out.push(block.divider())
    out.push(...part)
    room -= needs
  }
  return out
}

/** Commands whose buttons are at the top of a home. */
function topNames(actor: Actor): string[] {
  if (unitsLedBy(actor).length > 0) return ['nop', 'trangthai']
  return unitsOf(actor).length > 0 && !may(actor, 'unit.seeAll') ? ['nop'] : []
}

export const topButtons = ({ actor, commands }: HomeView): Button[] =>
  commands.filter((c) => topNames(actor).includes(c.name)).map(commandButton)

/** A button that runs a command; none where the person may not run it. */
export const buttonOf = ({ commands }: HomeView, name: string): Button[] =>
  commands.filter((c) => c.name === name).map(commandButton)

/** Every command without a button at the top or in the totals, so that the home is the menu too. */
export function otherButtons({ actor, commands }: HomeView): Button[] {
  const shown = [...topNames(actor), ...(may(actor, 'summary.see') ? ['tonghop'] : [])]
  return commands.filter((c) => !shown.includes(c.name)).map((c) => ({ ...commandButton(c), style: undefined }))
}
