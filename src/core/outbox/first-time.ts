import type { UseCase } from '../use-case.js'

/**
 * Whether a form arrives for the first time; call in the transaction that does what it says. A form that arrives again
 * after somebody undid that does nothing, at least for a day. `requestKey`: null where the chat has none.
 */
export const isFirstTime = async ({ tx, actor, now }: UseCase, requestKey: string | null): Promise<boolean> =>
  requestKey === null || tx.processedEvents.firstTime(actor.workspaceId, `form:${requestKey}`, now)
