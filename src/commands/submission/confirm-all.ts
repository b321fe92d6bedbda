import { type Campaign, submissionNumber } from '../../core/campaign/campaign.js'
import type { ReviewKind } from '../../core/campaign/review.js'
import type { WaitingUnit } from '../../core/queries/submission/waiting.js'
import type { DecidedMany } from '../../core/submission/decide-many.js'
import type { Submission } from '../../core/submission/submission.js'
import { vi } from '../../text/vi.js'
import { block, when } from '../blocks.js'
import type { Block, Button } from '../ui.js'

const { submission: t, common } = vi

/** Submissions named in one line. */
const NAMED = 20

/** Confirms all that waits in a unit as it is shown; `isNamed`: the label names the unit. */
const confirmAllButton = (w: WaitingUnit, isNamed: boolean, kind?: ReviewKind): Button => ({
  label: t.confirmAll(w.count, isNamed ? w.unitName : undefined),
  action: 'waiting.confirm_all',
  value: { unit: w.unitId, upTo: w.upTo, kind },
  ask: {
    title: t.confirmAllTitle,
    text: t.confirmAllAsk(w.count, w.unitName),
    yes: t.confirm,
    no: common.cancel,
  },
})

/** A button for each unit in which more than one piece of evidence waits. `kind`: of the unit's card that has it. */
export const confirmAllButtons = (units: readonly WaitingUnit[], kind?: ReviewKind): Block[] => {
  const buttons = units.map((w) => confirmAllButton(w, units.length > 1, kind))
  return buttons.length > 0 ? [block.buttons(buttons)] : []
}

/** What was decided at once, and what came since. */
export function decidedBlocks(campaign: Campaign, { done, later }: DecidedMany): Block[] {
  const named = (list: readonly Submission[]) =>
    [list.slice(0, NAMED).map((s) => submissionNumber(campaign, s.number)), Math.max(0, list.length - NAMED)] as const
  return [
    block.text(t.confirmedAll(...named(done))),
    ...when(later.length > 0, () => block.note(t.later(...named(later)))),
  ]
}
