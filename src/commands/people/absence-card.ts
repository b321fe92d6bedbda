import type { Absence } from '../../core/people/absence.js'
import { may } from '../../core/people/access.js'
import type { EnteredAbsence } from '../../core/people/enter-absence.js'
import type { Actor, Person } from '../../core/people/person.js'
import type { AbsenceCover, PersonAbsences, UnitCover } from '../../core/queries/people/absences.js'
import type { Rich } from '../../text/rich.js'
import { plainText } from '../../text/rich.js'
import { vi } from '../../text/vi.js'
import { block, when } from '../blocks.js'
import { preferenceButton } from '../reminder/preference.js'
import type { Block, Button, Card, Form } from '../ui.js'

const { absence: t } = vi

/** Absences and units that are listed. */
export const LISTED = 20

const isSelf = (actor: Actor, person: Person): boolean => actor.person.id === person.id
const cancelButton = ({ id }: Absence): Button => ({ label: t.cancel, action: 'absence.cancel', value: { id } })
const preferenceButtons = (actor: Actor, person: Person): Button[] =>
  isSelf(actor, person) && may(actor, 'preference.set') ? [preferenceButton] : []

/** Lists a person's absences, with a button to cancel each and one to add another. `note`: what was just done. */
export function absencesCard(actor: Actor, { person, absences }: PersonAbsences, note?: Rich): Card {
  const title = isSelf(actor, person) ? t.summary : t.titleOf(person.fullName)
  return {
    summary: note ? plainText(note) : title,
    blocks: [
      ...when(note, block.text),
      block.heading(title),
      ...absences.slice(0, LISTED).map((a) => block.item(t.line(a.from, a.until), [cancelButton(a)])),
      ...when(absences.length === 0, () => block.text(t.none)),
      block.buttons([
        { label: t.tell, action: 'absence.new', value: { person: person.id }, style: 'primary' },
        ...preferenceButtons(actor, person),
      ]),
      block.note(t.usage),
      ...when(may(actor, 'absence.tellOthers'), () => block.note(t.usageOthers)),
    ],
  }
}

/** Confirms an absence that was just entered, and shows who gets the reminders during it. */
export function enteredCard(actor: Actor, { absence, change }: EnteredAbsence, cover: AbsenceCover): Card {
  const { person } = cover
  const text = t.told[change](isSelf(actor, person) ? null : person.fullName, absence.from, absence.until)
  return {
    summary: plainText(text),
    blocks: [
      block.text(text),
      ...coverBlocks(actor, cover),
      block.buttons([cancelButton(absence), ...preferenceButtons(actor, person)]),
    ],
  }
}

function coverBlocks(actor: Actor, { person, units, leadsUnit }: AbsenceCover): Block[] {
  if (units.length === 0)
    return [block.note(leadsUnit ? t.besideHead : t.noUnit(isSelf(actor, person) ? null : person.fullName))]
  const isAnyoneAway = units.some((u) => u.people.some((p) => p.absence))
  return [...units.map((u) => block.text(coverText(u))), ...when(isAnyoneAway, () => block.note(t.awayTooNote))]
}

function coverText({ unit, people, role }: UnitCover): Rich {
  if (people.length === 0) return t.meanwhileOffice(unit.name)
  const names = people.map(({ fullName, absence }) =>
    absence ? t.awayToo(fullName, absence.from, absence.until) : fullName,
  )
  return t.meanwhile(unit.name, names, role)
}

/** Asks for the two dates. `from`: the suggested first day. */
export const absenceForm = (actor: Actor, person: Person, from?: string): Form => ({
  id: 'absence',
  title: t.formTitle,
  submit: t.formSubmit,
  hidden: { person: person.id },
  fields: [
    block.note(isSelf(actor, person) ? t.formNote : t.formFor(person.fullName)),
    { kind: 'date', id: 'from', label: t.from, value: from },
    { kind: 'date', id: 'until', label: t.until },
  ],
})
