import { vi } from '../../text/vi.js'
import { block, when } from '../blocks.js'
import type { Card } from '../ui.js'

const { office: t, common } = vi

interface AccountAttempt {
  /** The person whose e-mail the account has, by name and by id. */
  person: string
  personId: string
  email: string | null
  externalId: string
  /** The name that the account shows. */
  name: string
  why: 'guest' | 'closed' | 'bot' | 'elsewhere' | 'taken' | 'held'
  isMoved: boolean
}

/** An account that was refused; for a person who has another account, with a button that moves them to it. */
export function accountRefusedCard(a: AccountAttempt): Card {
  const ask = {
    title: t.accountMove,
    text: t.accountMoveAsk(a.name, a.person),
    yes: t.accountMove,
    no: common.cancel,
  }
  const value = { person: a.personId, account: a.externalId }
  const next = a.why === 'taken' || a.why === 'held' ? t.accountNext[a.why] : t.accountNext.other
  return {
    summary: t.accountSummary(a.person),
    blocks: [
      block.text(t.account(a.name, a.person, a.email, a.why)),
      block.note(a.isMoved ? a.externalId : `${a.externalId} · ${next}`),
      ...when(a.isMoved, () => block.text(t.accountMoved(a.person))),
      ...when(a.why === 'taken' && !a.isMoved, () =>
        block.buttons([{ label: t.accountMove, action: 'account.move', value, style: 'danger', ask }]),
      ),
    ],
  }
}
