import { standInsOf } from '../../core/people/stand-in.js'
import type { Rich } from '../../text/rich.js'
import { vi } from '../../text/vi.js'
import { block } from '../blocks.js'
import type { Notice } from '../notices/notice.js'
import { payloadOf } from '../notices/payloads.js'
import type { Card } from '../ui.js'

const { absence: t } = vi

const absenceOf = async ({ tx, message }: Notice) => {
  const absence = await tx.absences.byId(message.workspaceId, payloadOf('absence.stand_in', message).absenceId)
  const name = absence && (await tx.people.everById(message.workspaceId, absence.personId))?.fullName
  return absence && { ...absence, name: name ?? '' }
}

/** What was sent before the absence was erased names nobody any more; what was not sent is not wanted. */
const gone = ({ message }: Notice): Card | null => (message.ts === null ? null : plain(t.summary, t.erased))
const plain = (summary: string, text: Rich, ...notes: string[]): Card => ({
  summary,
  blocks: [block.text(text), ...notes.map((note) => block.note(note))],
})

/** A deputy is told that reminders will come while the head is away; and, once that was said, that they will not. */
export async function standInCard(notice: Notice): Promise<Card | null> {
  const { tx, message } = notice
  const absence = await absenceOf(notice)
  if (!absence) return gone(notice)
  const { name, from, until } = absence
  const summary = t.standInSummary(name, from, until)
  const standIns = await standInsOf(tx, message.workspaceId, absence.personId)
  const units = standIns.filter((s) => s.people.some((p) => p.id === message.personId)).map((s) => s.unit.name)
  if (!absence.cancelledAt && units.length > 0)
    return plain(summary, t.standIn(name, units, from, until), t.standInNote)
  if (message.ts === null) return null
  if (absence.mergedInto) return plain(summary, t.merged(name, from, until))
  return plain(
    summary,
    absence.cancelledAt ? t.standInCancelled(name, from, until) : t.standInNoMore(name, from, until),
  )
}

/** The person is told what somebody else told or cancelled on their behalf. */
export async function byOtherCard(notice: Notice): Promise<Card | null> {
  const { tx, message } = notice
  const absence = await absenceOf(notice)
  if (!absence) return gone(notice)
  const { what, byId } = payloadOf('absence.by_other', message)
  const by = (await tx.people.everById(message.workspaceId, byId))?.fullName ?? ''
  const { from, until } = absence
  if (what === 'cancelled')
    return plain(t.cancelledByOtherSummary(by, from, until), t.cancelledByOther(by, from, until))
  if (!absence.cancelledAt)
    return plain(t.toldByOtherSummary(by, from, until), t.toldByOther(by, from, until), t.toldNote)
  if (message.ts === null) return null
  return plain(t.toldByOtherSummary(by, from, until), t.toldByOther(by, from, until), t.isCancelled)
}
