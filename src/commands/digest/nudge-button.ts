import type { ReviewKind } from '../../core/campaign/review.js'
import type { NudgeScope } from '../../core/reminder/nudge.js'
import { vi } from '../../text/vi.js'
import type { Button } from '../ui.js'

const { nudge: t } = vi

const button = (label: string, action: string, value: NudgeScope): Button => ({ label, action, value })

/** Opens a preview of reminding every unit that owes something; `n`: how many those are. */
export const nudgeAllButton = (n: number, kind: ReviewKind): Button =>
  button(t.all(n), 'nudge.open', { kind, units: 'all' })

/** Reminds some units at once. */
export const nudgeUnitsButton = (kind: ReviewKind, units: readonly string[]): Button =>
  button(t.now, 'nudge.now', { kind, units })
