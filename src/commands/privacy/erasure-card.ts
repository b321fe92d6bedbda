import { localDate } from '../../core/date.js'
import type { Erasure } from '../../core/privacy/erasure.js'
import type { ErasureRequest } from '../../core/queries/privacy/erasure-request.js'
import { showInstant } from '../../text/index.js'
import { vi } from '../../text/vi.js'
import { block, when } from '../blocks.js'
import type { Block, Card } from '../ui.js'

const { erasure: t, common } = vi

/** Asks a member of the Office to decide on a request for erasure; afterwards shows what was decided. */
export const erasureRequestCard = (request: ErasureRequest, timeZone: string): Card => ({
  summary: t.requestSummary(request.name),
  blocks: [
    block.text(t.requestTitle(request.name, request.erasure.what)),
    ...when(request.erasure.reason, (reason) => block.quote(reason)),
    ...(request.erasure.state === 'waiting' ? questionBlocks(request) : decisionBlocks(request, timeZone)),
  ],
})

function questionBlocks({ erasure, name, warnings }: ErasureRequest): Block[] {
  const { id, what } = erasure
  const headOf = warnings?.headOf ?? []
  const ask = { title: t.agreeTitle, text: t.agreeAsk(name, what), yes: t.agree, no: common.cancel }
  return [
    block.note(t.effect(what)),
    ...when(headOf.length > 0, () => block.text(t.headOf(headOf.map((u) => u.name)))),
    ...when(warnings?.isLastAdmin, () => block.text(t.lastAdmin)),
    block.buttons([
      { label: t.agree, action: 'erasure.agree', value: { id }, style: 'primary', ask },
      { label: t.refuse, action: 'erasure.refuse', value: { id } },
    ]),
  ]
}

function decisionBlocks({ erasure, decidedBy }: ErasureRequest, timeZone: string): Block[] {
  const { state, decidedAt, askedAt, decisionReason } = erasure
  if (state === 'waiting') return []
  return [
    block.text(t.by(t.decided[state], decidedBy, showInstant(decidedAt ?? askedAt, timeZone))),
    ...when(decisionReason, (reason) => block.text(t.outcomeReason(reason))),
  ]
}

/** A request for erasure that the Office has decided. */
export type DecidedErasure = Erasure & { state: 'agreed' | 'refused' }

export const isDecided = (erasure: Erasure): erasure is DecidedErasure =>
  erasure.state === 'agreed' || erasure.state === 'refused'

/** Reports the decision to the person: what was erased, what is kept and why. `plan`: the plan's number. */
export function erasureOutcomeCard(
  { state, what, decisionReason }: DecidedErasure,
  plan: string,
  { now, timeZone }: { now: Date; timeZone: string },
): Card {
  const isAgreed = state === 'agreed'
  return {
    summary: t.outcomeSummary,
    blocks: [
      block.text(t.outcome[state](what)),
      ...when(decisionReason, (reason) => block.text(t.outcomeReason(reason))),
      ...when(isAgreed, () => block.note(t.stays(plan, localDate(now, timeZone)))),
      ...when(isAgreed && what === 'all', () => block.note(t.farewell)),
    ],
  }
}
