import type { WeeklyDigest } from '../../core/digest/weekly.js'
import { vi } from '../../text/vi.js'
import { block, when } from '../blocks.js'
import { closeButton } from '../review/closing-card.js'
import { shorten } from '../shorten.js'
import type { Button, Card } from '../ui.js'

const { digest: t, menu } = vi

/** Characters of a unit's name. */
const NAME = 80

/** The Command Board's weekly digest, with the figures of its planning. */
export function weeklyCard(d: WeeklyDigest): Card {
  const numbers = [t.evidence(d), t.reports(d)].filter((line) => line !== '')
  const closers = d.closers.units.map(({ name, n }) => t.closer(shorten(name, NAME), n))
  const idle = d.idle.units.map((name) => shorten(name, NAME))
  return {
    summary: t.summary(d),
    blocks: [
      block.text(t.complete(d)),
      block.note(t.review(d)),
      ...d.toClose.map(({ kind, date }) => block.item(vi.closing.due(kind, date), [closeButton(kind)])),
      ...when(d.campaign, ({ number, title }) => block.note(menu.campaign(number, title))),
      ...when(numbers.length > 0, () => block.text(numbers.join('\n'))),
      ...when(closers.length > 0, () => block.text(t.closers(closers, d.closers.more))),
      ...when(idle.length > 0, () => block.text(t.idle(idle, d.idle.more))),
      block.buttons(['tonghop', 'duyet'].map(buttonTo)),
    ],
  }
}

const buttonTo = (name: string): Button => ({ label: menu.labels[name] ?? name, action: 'command', value: { name } })
