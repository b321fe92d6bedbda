import type { WeeklyDigest } from '../../core/digest/weekly.js'
import { vi } from '../../text/vi.js'
import { shorten } from '../shorten.js'
import type { Block, Button, Card } from '../ui.js'

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
      { kind: 'text', text: t.complete(d) },
      { kind: 'note', text: t.review(d) },
      ...(d.campaign ? [{ kind: 'note', text: menu.campaign(d.campaign.number, d.campaign.title) } as Block] : []),
      ...(numbers.length > 0 ? [{ kind: 'text', text: numbers.join('\n') } as Block] : []),
      ...(closers.length > 0 ? [{ kind: 'text', text: t.closers(closers, d.closers.more) } as Block] : []),
      ...(idle.length > 0 ? [{ kind: 'text', text: t.idle(idle, d.idle.more) } as Block] : []),
      { kind: 'buttons', buttons: ['tonghop', 'duyet'].map(buttonTo) },
    ],
  }
}

const buttonTo = (name: string): Button => ({ label: menu.labels[name] ?? name, action: 'command', value: { name } })
