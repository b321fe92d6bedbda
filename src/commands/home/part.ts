import type { Campaign } from '../../core/campaign/campaign.js'
import type { Review, ReviewKind } from '../../core/campaign/review.js'
import { maySeeAll, unitsLedBy, unitsOf } from '../../core/people/access.js'
import type { Actor } from '../../core/people/person.js'
import type { SubmissionState } from '../../core/submission/state.js'
import type { UseCase } from '../../core/use-case.js'
import type { Command } from '../command.js'
import type { Block, Button } from '../ui.js'
import { commandButton } from './menu.js'

/** What every part of a home is drawn from. */
export interface HomeUse {
  use: UseCase
  campaign: Campaign
  reviews: readonly Review[]
  /** The review that is worked towards; undefined where no date is set. */
  review: Review | undefined
  kind: ReviewKind
  today: string
  /** How much of what the person handed in stands in each state. */
  mine: Readonly<Partial<Record<SubmissionState, number>>>
  /** What the person may run. */
  commands: readonly Command[]
}

/** One part of a home; empty for whom it does not concern. */
export type HomePart = (home: HomeUse) => Promise<readonly Block[]>

/** How many of a chat's blocks one of ours becomes at most, as long as its text is short. */
const cost = (block: Block): number =>
  block.kind === 'item' && block.buttons.length > 1 ? 2 : block.kind === 'table' ? Number.POSITIVE_INFINITY : 1

/** What a home may hold (docs.slack.dev, reference/views: 100 blocks), less what stands at its end. */
const ROOM = 94

/** Parts one after another, parted by lines. One for which no room is left gives way to those that still find some. */
export function joined(parts: readonly (readonly Block[])[]): Block[] {
  const out: Block[] = []
  let room = ROOM
  for (const part of parts) {
    const needs = part.reduce((n, b) => n + cost(b), 1)
    if (part.length === 0 || needs > room) continue
    if (out.length > 0) out.push({ kind: 'divider' })
    out.push(...part)
    room -= needs
  }
  return out
}

/** Commands whose buttons stand at the top of a home, the first of them as the one to press. */
function topNames(actor: Actor): string[] {
  if (unitsLedBy(actor).length > 0) return ['nop', 'trangthai']
  return unitsOf(actor).length > 0 && !maySeeAll(actor) ? ['nop'] : []
}

export const topButtons = ({ use, commands }: HomeUse): Button[] =>
  commands.filter((c) => topNames(use.actor).includes(c.name)).map(commandButton)

/** A button that runs a command; none where there is no such command, or it is not for this person. */
export const buttonOf = ({ commands }: HomeUse, name: string): Button[] =>
  commands.filter((c) => c.name === name).map(commandButton)

/** Every command that no part has shown, so that the home is the menu too. */
export function otherButtons({ use: { actor }, commands }: HomeUse): Button[] {
  const shown = [...topNames(actor), ...(maySeeAll(actor) ? ['tonghop'] : [])]
  return commands.filter((c) => !shown.includes(c.name)).map((c) => ({ ...commandButton(c), style: undefined }))
}
