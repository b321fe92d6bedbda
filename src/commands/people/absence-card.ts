import { localDate } from '../../core/date.js'
import type { Absence } from '../../core/people/absence.js'
import { maySetOwnReminders, mayTellAbsenceOfOthers, unitsLedBy } from '../../core/people/access.js'
import type { Actor, Person } from '../../core/people/person.js'
import { standInsOf } from '../../core/people/stand-in.js'
import type { Told } from '../../core/people/tell-absence.js'
import type { UseCase } from '../../core/use-case.js'
import type { Rich } from '../../text/rich.js'
import { plainText } from '../../text/rich.js'
import { vi } from '../../text/vi.js'
import { block, when } from '../blocks.js'
import { wishButton } from '../reminder/preference.js'
import type { Block, Button, Card, Form } from '../ui.js'

const { absence: t } = vi

/** Absences that are listed: Slack's 50 blocks hold them with the rest. */
const LISTED = 20

const isSelf = (actor: Actor, person: Person): boolean => actor.person.id === person.id
const cancelButton = ({ id }: Absence): Button => ({ label: t.cancel, action: 'absence.cancel', value: { id } })
const wishButtons = (actor: Actor, person: Person): Button[] =>
  isSelf(actor, person) && maySetOwnReminders(actor) ? [wishButton] : []

/** A person's absences to come, with what can be done about them; `note` says what has just been done. */
export async function absencesCard(use: UseCase, person: Person, note?: Rich): Promise<Card> {
  const { tx, actor } = use
  const title = isSelf(actor, person) ? t.summary : t.titleOf(person.fullName)
  const standing = await tx.absences.standing(actor.workspaceId, person.id, localDate(use.now, use.timeZone))
  return {
    summary: note ? plainText(note) : title,
    blocks: [
      ...when(note, block.text),
      block.heading(title),
      ...standing.slice(0, LISTED).map((a) => block.item(t.line(a.from, a.until), [cancelButton(a)])),
      ...when(standing.length === 0, () => block.text(t.none)),
      block.buttons([
        { label: t.tell, action: 'absence.new', value: { person: person.id }, style: 'primary' },
        ...wishButtons(actor, person),
      ]),
      block.note(t.usage),
      ...when(mayTellAbsenceOfOthers(actor), () => block.note(t.usageOthers)),
    ],
  }
}

/** What was told, and who gets the reminders meanwhile. */
export async function toldCard(use: UseCase, person: Person, { absence, change }: Told): Promise<Card> {
  const { actor } = use
  const text = t.told[change](isSelf(actor, person) ? null : person.fullName, absence.from, absence.until)
  return {
    summary: plainText(text),
    blocks: [
      block.text(text),
      ...(await meanwhile(use, person, absence)),
      block.buttons([cancelButton(absence), ...wishButtons(actor, person)]),
    ],
  }
}

async function meanwhile(use: UseCase, person: Person, { from, until }: Absence): Promise<Block[]> {
  const { tx, actor } = use
  const { workspaceId } = actor
  const standIns = await standInsOf(tx, workspaceId, person.id)
  if (standIns.length === 0) {
    const roles = await tx.people.rolesOf(workspaceId, person.id)
    const leads = unitsLedBy({ ...actor, roles }).length > 0
    return [block.note(leads ? t.besideHead : t.noUnit(isSelf(actor, person) ? null : person.fullName))]
  }
  const blocks: Block[] = []
  let someAway = false
  for (const { unit, people, role } of standIns.slice(0, LISTED)) {
    const names: string[] = []
    for (const { id, fullName } of people) {
      const away = (await tx.absences.standing(workspaceId, id, from)).find((a) => a.from <= until)
      if (away) someAway = true
      names.push(away ? t.awayToo(fullName, away.from, away.until) : fullName)
    }
    const text = people.length > 0 ? t.meanwhile(unit.name, names, role) : t.meanwhileOffice(unit.name)
    blocks.push(block.text(text))
  }
  return someAway ? [...blocks, block.note(t.awayTooNote)] : blocks
}

/** Asks for the two dates. `from`: what is proposed. */
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
