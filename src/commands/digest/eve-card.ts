import type { ReviewEve } from '../../core/queries/digest/overdue.js'
import { vi } from '../../text/vi.js'
import { block, when } from '../blocks.js'
import { shorten } from '../shorten.js'
import type { Button, Card } from '../ui.js'
import { nudgeAllButton } from './nudge-button.js'

const { nudge: t, menu, common } = vi

/** Characters of a unit's name. */
const NAME = 80

/** The state of a campaign before a review. `nudges`: the reader may remind units by hand. */
export function eveCard(eve: ReviewEve, nudges: boolean): Card {
  const { named, kind, reviewDate, daysLeft, criteria, totals, reports, mostMissing, owing } = eve
  const more = totals.units - totals.complete - mostMissing.length
  const owed = owing.criteria + owing.reportOnly
  const lines = mostMissing
    .map((r) => t.eveUnit(shorten(r.unit.name, NAME), r.missing.length === criteria ? criteria : r.missing))
    .join('\n')
  return {
    summary: t.eveSummary(kind, totals.complete, totals.units),
    blocks: [
      block.text(t.eveTitle(kind, reviewDate, daysLeft, named)),
      block.text(common.unitTotals(totals.complete, totals.units, totals.missing, owing)),
      block.note(
        t.eveReports({ approved: reports.approved, sent: reports.sent, left: reports.draft + reports.rejected }),
      ),
      ...when(lines, () => block.text(lines + t.eveMore(more))),
      block.buttons([
        commandButton('tonghop', common.reviewKind[kind]),
        ...when(reports.sent > 0, () => commandButton('baocao', common.reviewKind[kind])),
        ...when(nudges && owed > 0, () => nudgeAllButton(owed, kind)),
      ]),
    ],
  }
}

const commandButton = (command: string, words: string): Button => ({
  label: menu.labels[command] ?? '',
  action: 'command',
  value: { name: `${command} ${words}` },
})
