import { vi } from '../../text/vi.js'
import { block, when } from '../blocks.js'
import type { Notice } from '../notices/notice.js'
import { payloadOf } from '../notices/payloads.js'
import { shorten } from '../shorten.js'
import type { Button, Card } from '../ui.js'

const { digest: t, menu } = vi
/** A unit's name at its longest here. */
const NAME = 80

/** The Board's weekly digest, as it was planned; nothing for whoever has left the Board before it went out. */
export async function digestCard({ tx, message }: Notice): Promise<Card | null> {
  const roles = await tx.people.rolesOf(message.workspaceId, message.personId)
  if (!roles.some((r) => r.role === 'command_board')) return null
  const d = payloadOf('digest.weekly', message)
  const numbers = [t.evidence(d), t.reports(d)].filter((line) => line !== '')
  const closers = d.closers.units.map(({ name, n }) => t.closer(shorten(name, NAME), n))
  const idle = d.idle.units.map((name) => shorten(name, NAME))
  return {
    summary: t.summary(d),
    blocks: [
      block.text(t.complete(d)),
      block.note(t.review(d)),
      ...when(d.campaign, (campaign) => block.note(menu.campaign(campaign.number, campaign.title))),
      ...when(numbers.length > 0, () => block.text(numbers.join('\n'))),
      ...when(closers.length > 0, () => block.text(t.closers(closers, d.closers.more))),
      ...when(idle.length > 0, () => block.text(t.idle(idle, d.idle.more))),
      block.buttons(['tonghop', 'duyet'].map(buttonTo)),
    ],
  }
}

const buttonTo = (name: string): Button => ({ label: menu.labels[name] ?? name, action: 'command', value: { name } })
