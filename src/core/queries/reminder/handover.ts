import type { Campaign } from '../../campaign/campaign.js'
import { may } from '../../people/access.js'
import type { Person } from '../../people/person.js'
import { colleaguesFor, type Part } from '../../reminder/handover.js'
import type { UseCase } from '../../use-case.js'
import { ownPartsOwed, type ReminderPart } from './parts.js'

/** To whom a unit's work for a review can be handed over. */
export interface HandoverChoice {
  unit: string
  /** Colleagues who do not have it yet. */
  people: readonly Person[]
}

/** Throws `access.denied`. */
export async function handoverChoice(use: UseCase, campaign: Campaign, part: Part): Promise<HandoverChoice> {
  const people = await colleaguesFor(use, campaign, part)
  return { unit: (await use.tx.units.byId(use.actor.workspaceId, part.unitId))?.name ?? '', people }
}

/**
 * What the acting person can hand over of one of their reminders: missing criteria of units that they lead. Throws
 * `request.stale`.
 */
export const partsToHandOver = async (use: UseCase, suffix: string): Promise<ReminderPart[]> =>
  (await ownPartsOwed(use, suffix)).filter((p) => p.missing.length > 0 && may(use.actor, 'handover.give', p.unit.id))
