import { z } from 'zod'
import { isDate, localDate } from '../../core/date.js'
import { UserError } from '../../core/errors.js'
import { isFirstTime } from '../../core/outbox/first-time.js'
import { authorize, may, unitsLedBy } from '../../core/people/access.js'
import { absenceFaults, cancelAbsence, enterAbsence } from '../../core/people/enter-absence.js'
import type { Actor, Person } from '../../core/people/person.js'
import { absenceCover, absencesOf, absentee } from '../../core/queries/people/absences.js'
import { type RosterPerson, rosterPeople } from '../../core/queries/people/roster-people.js'
import { vi } from '../../text/vi.js'
import { block } from '../blocks.js'
import { type Ctx, defineAction, defineForm, type Feature, idSchema, useOf } from '../command.js'
import { type Dates, datesOf } from '../parse/date-span.js'
import { readWords, withoutFillers } from '../parse/date-words.js'
import { findPeople } from '../parse/person-finder.js'
import type { Block, Button, Card, Reply } from '../ui.js'
import { absenceForm, absencesCard, enteredCard, LISTED } from './absence-card.js'

const { absence: t } = vi
const date = z.string().refine(isDate)
const one = z.object({ person: idSchema })
const mayEnterForOthers = (actor: Actor): boolean => may(actor, 'absence.tellOthers')

/** Enters and cancels absences, during which reminders go to a stand-in. Needs no campaign. */
export const absenceFeature: Feature = {
  commands: [
    {
      name: 'vang',
      aliases: ['absent', 'nghiphep', 'away', 'vangmat', 'baovang', 'absence'],
      isFor: (actor) => unitsLedBy(actor).length > 0 || mayEnterForOthers(actor),
      run: typed,
    },
  ],
  actions: [
    defineAction('absence', one, (ctx, { person }) => show(ctx, person)),
    defineAction('absence.tell', one.extend({ from: date, until: date }), (ctx, { person, from, until }) =>
      enterTyped(ctx, person, { from, until }),
    ),
    defineAction('absence.new', one.extend({ from: date.optional() }), (ctx, { person, from }) =>
      openForm(ctx, person, from),
    ),
    defineAction('absence.cancel', z.object({ id: idSchema }), async (ctx, { id }) => {
      const { absence, left } = await ctx.store.write(async (tx) => {
        const use = useOf(ctx, tx)
        const absence = await cancelAbsence(use, id)
        return { absence, left: await absencesOf(use, absence.personId) }
      })
      const card = absencesCard(ctx.actor, left, t.cancelled(absence.from, absence.until))
      return { kind: 'card', card, replace: true }
    }),
  ],
  forms: [
    defineForm('absence', one, async (ctx, fields, { person }) => {
      const card = await enter(ctx, person, fields.from ?? '', fields.until ?? '')
      return card
        ? { kind: 'page', page: { title: t.formTitle, blocks: card.blocks }, behind: card }
        : show(ctx, person)
    }),
  ],
}

/** `từ 10/06 đến 14/06`; a name before it for those who may enter absences of others. */
async function typed(ctx: Ctx, rest: string): Promise<Reply> {
  const { before, span, hasMore, isUnclear } = readWords(rest)
  if (rest.trim() === '') return show(ctx, ctx.actor.person.id)
  const unclear = new UserError('absence.unclear', { word: rest.trim().slice(0, 60) })
  const people = await ctx.store.read((tx) => rosterPeople(useOf(ctx, tx)))
  // Mai Văn Sang, Nguyễn Thị Mai: a name may contain the word for a day.
  const isNameAlone = hasMore && withoutFillers(rest) !== '' && findPeople(people, rest).length > 0
  if (isUnclear && !isNameAlone) throw unclear
  const found = peopleMeant(ctx, people, isNameAlone ? rest : before, unclear)
  const dates = span && !isNameAlone ? datesOf(span, localDate(ctx.now, ctx.timeZone)) : undefined
  // The words are neither a date nor a name.
  if (!dates && found.length === 1 && found[0]?.id === ctx.actor.person.id && !isNameAlone) throw unclear
  if (found.length === 1) return proceed(ctx, (found[0] as Person).id, dates)
  return choose(isNameAlone ? rest : before, found, dates)
}

/**
 * The people whom the words before the dates mean: the actor, or those of that name. Throws
 * `absence.nobody`, `access.denied`, or `unclear`.
 */
function peopleMeant(
  ctx: Ctx,
  people: readonly RosterPerson[],
  before: string,
  unclear: UserError,
): (Person | RosterPerson)[] {
  const self = ctx.actor.person
  const name = withoutFillers(before)
  const mayOthers = mayEnterForOthers(ctx.actor)
  if (before === '' || (name === '' && !mayOthers)) return [self]
  const whole = findPeople(people, before)
  const found = whole.length > 0 ? whole : findPeople(people, name)
  if (found.length === 0 && name === '') return [self]
  if (mayOthers) {
    if (found.length === 0) throw new UserError('absence.nobody', { word: before.slice(0, 60) })
    return found
  }
  if (found.some((p) => p.id === self.id)) return [self]
  // Refuses a name of somebody whose absences the actor may not enter.
  for (const { id } of found) authorize(ctx.actor, 'absence.tell', id)
  throw unclear
}

const proceed = (ctx: Ctx, person: string, dates: Dates | undefined): Promise<Reply> => {
  if (!dates) return show(ctx, person)
  return dates.until === undefined
    ? openForm(ctx, person, isDate(dates.from) ? dates.from : undefined)
    : enterTyped(ctx, person, { from: dates.from, until: dates.until })
}

/** People offered as buttons; for any other, more of the name is typed. */
const SHOWN = 25

function choose(word: string, found: readonly (Person | RosterPerson)[], dates: Dates | undefined): Reply {
  const press = (person: string): Pick<Button, 'action' | 'value'> => {
    if (!dates) return { action: 'absence', value: { person } }
    if (dates.until === undefined) return { action: 'absence.new', value: { person, from: dates.from } }
    return { action: 'absence.tell', value: { person, from: dates.from, until: dates.until } }
  }
  const question = t.which(word)
  const label = (p: Person | RosterPerson) => t.choice(p.fullName, 'unit' in p ? p.unit : '')
  const buttons = found.slice(0, SHOWN).map((p) => ({ label: label(p), ...press(p.id) }))
  const blocks: Block[] = [block.text(question), block.buttons(buttons)]
  if (found.length > SHOWN) blocks.push(block.note(t.more(found.length - SHOWN)))
  return { kind: 'card', card: { summary: question, blocks } }
}

/** Enters dates that were typed or pressed: a fault is an error here, since there is no field to show it at. */
async function enterTyped(ctx: Ctx, person: string, { from, until }: { from: string; until: string }): Promise<Reply> {
  const [fault] = absenceFaults(from, until, localDate(ctx.now, ctx.timeZone))
  if (fault) throw new UserError(fault.key, fault.params)
  const card = await enter(ctx, person, from, until)
  return card ? { kind: 'card', card, replace: true } : show(ctx, person)
}

/** Undefined for a form or a press that arrives again. */
async function enter(ctx: Ctx, personId: string, from: string, until: string): Promise<Card | undefined> {
  const entered = await ctx.store.write(async (tx) => {
    const use = useOf(ctx, tx)
    if (!(await isFirstTime(use, ctx.requestKey))) return undefined
    const told = await enterAbsence(use, personId, from, until)
    return { told, cover: await absenceCover(use, told.absence, LISTED) }
  })
  return entered && enteredCard(ctx.actor, entered.told, entered.cover)
}

async function show(ctx: Ctx, personId: string): Promise<Reply> {
  const found = await ctx.store.read((tx) => absencesOf(useOf(ctx, tx), personId))
  return { kind: 'card', card: absencesCard(ctx.actor, found), replace: true }
}

async function openForm(ctx: Ctx, personId: string, from?: string): Promise<Reply> {
  const person = await ctx.store.read((tx) => absentee(useOf(ctx, tx), personId))
  return { kind: 'form', form: absenceForm(ctx.actor, person, from) }
}
