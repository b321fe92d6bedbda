import type { NamedAbsence } from '../../core/queries/people/absence-notice.js'
import type { Rich } from '../../text/rich.js'
import { vi } from '../../text/vi.js'
import { block } from '../blocks.js'
import type { Card } from '../ui.js'

const { absence: t } = vi

const plain = (summary: string, text: Rich, ...notes: string[]): Card => ({
  summary,
  blocks: [block.text(text), ...notes.map((note) => block.note(note))],
})

/** Replaces a message about an absence that was erased, so that it contains no name. */
export const erasedAbsenceCard = (): Card => plain(t.summary, t.erased)

/** `units`: names of the units in which the reader stands in. */
export function standInCard(absence: NamedAbsence, units: readonly string[]): Card {
  const { name, from, until } = absence
  const summary = t.standInSummary(name, from, until)
  if (absence.mergedInto) return plain(summary, t.merged(name, from, until))
  if (absence.cancelledAt) return plain(summary, t.standInCancelled(name, from, until))
  return units.length > 0
    ? plain(summary, t.standIn(name, units, from, until), t.standInNote)
    : plain(summary, t.standInNoMore(name, from, until))
}

/** `by`: the name of the person who entered or cancelled the absence. */
export function byOtherCard({ from, until, cancelledAt }: NamedAbsence, what: 'told' | 'cancelled', by: string): Card {
  if (what === 'cancelled')
    return plain(t.cancelledByOtherSummary(by, from, until), t.cancelledByOther(by, from, until))
  const note = cancelledAt ? t.isCancelled : t.toldNote
  return plain(t.toldByOtherSummary(by, from, until), t.toldByOther(by, from, until), note)
}
