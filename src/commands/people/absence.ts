import { z } from 'zod'
import { isDate, localDate } from '../../core/date.js'
import { UserError } from '../../core/errors.js'
import { allow, mayTellAbsenceOf, mayTellAbsenceOfOthers, unitsLedBy } from '../../core/people/access.js'
import type { Person } from '../../core/people/person.js'
import { absenceFaults, cancelAbsence, tellAbsence } from '../../core/people/tell-absence.js'
import type { UseCase } from '../../core/use-case.js'
import { vi } from '../../text/vi.js'
import { block } from '../blocks.js'
import { type Ctx, defineAction, defineForm, type Feature, idSchema, useOf } from '../command.js'
import { type Dates, datesOf } from '../parse/date-span.js'
import { readWords, withoutFillers } from '../parse/date-words.js'
import { findPeople } from '../parse/person-finder.js'
import type { Block, Button, Card, Reply } from '../ui.js'
import { absenceForm, absencesCard, toldCard } from './absence-card.js'

const { absence: t } = vi
const date = z.string().refine(isDate)
const one = z.object({ person: idSchema })

/** Who is away when, so that their reminders go to whoever stands in. Needs no campaign. */
export const absenceFeature: Feature = {
  commands: [
    {
      name: 'vang',
      aliases: ['absent', 'nghiphep', 'away', 'vangmat', 'baovang', 'absence'],
      isFor: (actor) => unitsLedBy(actor).length > 0 || mayTellAbsenceOfOthers(actor),
      run: typed,
    },
  ],
  actions: [
    defineAction('absence', one, (ctx, { person }) => show(ctx, person)),
    defineAction('absence.tell', one.extend({ from: date, until: date }), (ctx, { person, from, until }) =>
      tell(ctx, person, { from, until }),
    ),
    defineAction('absence.new', one.extend({ from: date.optional() }), (ctx, { person, from }) =>
      openForm(ctx, person, from),
    ),
    defineAction('absence.cancel', z.object({ id: idSchema }), async (ctx, { id }) => {
      const card = await ctx.store.write(async (tx) => {
        const use = useOf(ctx, tx)
        const { personId, from, until } = await cancelAbsence(use, id)
        return absencesCard(use, await mustKnow(use, personId), t.cancelled(from, until))
      })
      return { kind: 'card', card, replace: true }
    }),
  ],
  forms: [
    defineForm('absence', one, async (ctx, fields, { person }) => {
      const { blocks } = await toldAndShown(ctx, person, fields.from ?? '', fields.until ?? '')
      return { kind: 'page', page: { title: t.formTitle, blocks } }
    }),
  ],
}

/** `từ 10/06 đến 14/06`, with somebody's name before it where one may tell of others. */
async function typed(ctx: Ctx, rest: string): Promise<Reply> {
  const { before, span, hasMore, isUnclear } = readWords(rest)
  if (rest.trim() === '') return show(ctx, ctx.actor.person.id)
  const unclear = new UserError('absence.unclear', { word: rest.trim().slice(0, 60) })
  const people = await known(ctx)
  // Mai Văn Sang, Nguyễn Thị Mai: a name may say a day.
  const isNameAlone = hasMore && withoutFillers(rest) !== '' && findPeople(people, rest).length > 0
  if (isUnclear && !isNameAlone) throw unclear
  const found = meant(ctx, people, isNameAlone ? rest : before, unclear)
  const dates = span && !isNameAlone ? datesOf(span, localDate(ctx.now, ctx.timeZone)) : undefined
  // Words that say neither a day nor a name.
  if (!dates && found.length === 1 && found[0]?.id === ctx.actor.person.id && !isNameAlone) throw unclear
  if (found.length === 1) return proceed(ctx, (found[0] as Person).id, dates)
  return choose(isNameAlone ? rest : before, found, dates)
}

/** Everyone on the roster, each once, with the unit that they are listed under first. */
async function known(ctx: Ctx): Promise<(Person & { unit: string })[]> {
  const rows = await ctx.store.read((tx) => tx.people.roster(ctx.actor.workspaceId))
  const people = new Map<string, Person & { unit: string }>()
  for (const { person, unit } of rows) if (!people.has(person.id)) people.set(person.id, { ...person, unit: unit.name })
  return [...people.values()]
}

/** Whom the words before the days mean: the person who types, or those of a name. Throws where they mean nobody. */
function meant<T extends Person>(ctx: Ctx, people: readonly T[], before: string, unclear: UserError): (T | Person)[] {
  const self = ctx.actor.person
  const name = withoutFillers(before)
  const mayOthers = mayTellAbsenceOfOthers(ctx.actor)
  if (before === '' || (name === '' && !mayOthers)) return [self]
  const whole = findPeople(people, before)
  const found = whole.length > 0 ? whole : findPeople(people, name)
  if (found.length === 0 && name === '') return [self]
  if (mayOthers) {
    if (found.length === 0) throw new UserError('absence.nobody', { word: before.slice(0, 60) })
    return found
  }
  if (found.some((p) => p.id === self.id)) return [self]
  allow(found.length === 0, 'absence')
  throw unclear
}

const proceed = (ctx: Ctx, person: string, dates: Dates | undefined): Promise<Reply> => {
  if (!dates) return show(ctx, person)
  return dates.until === undefined
    ? openForm(ctx, person, isDate(dates.from) ? dates.from : undefined)
    : tell(ctx, person, { from: dates.from, until: dates.until })
}

/** People who are offered as buttons; of more of them one types more of the name. */
const SHOWN = 25

function choose(word: string, found: readonly (Person & { unit?: string })[], dates: Dates | undefined): Reply {
  const press = (person: string): Pick<Button, 'action' | 'value'> => {
    if (!dates) return { action: 'absence', value: { person } }
    if (dates.until === undefined) return { action: 'absence.new', value: { person, from: dates.from } }
    return { action: 'absence.tell', value: { person, from: dates.from, until: dates.until } }
  }
  const question = t.which(word)
  const label = ({ fullName, unit = '' }: Person & { unit?: string }) => t.choice(fullName, unit)
  const buttons = found.slice(0, SHOWN).map((p) => ({ label: label(p), ...press(p.id) }))
  const blocks: Block[] = [block.text(question), block.buttons(buttons)]
  if (found.length > SHOWN) blocks.push(block.note(t.more(found.length - SHOWN)))
  return { kind: 'card', card: { summary: question, blocks } }
}

/** What a form says at its field is a sentence here. */
async function tell(ctx: Ctx, person: string, { from, until }: { from: string; until: string }): Promise<Reply> {
  const [fault] = absenceFaults(from, until, localDate(ctx.now, ctx.timeZone))
  if (fault) throw new UserError(fault.key, fault.params)
  return { kind: 'card', card: await toldAndShown(ctx, person, from, until), replace: true }
}

const toldAndShown = (ctx: Ctx, personId: string, from: string, until: string): Promise<Card> =>
  ctx.store.write(async (tx) => {
    const use = useOf(ctx, tx)
    const told = await tellAbsence(use, personId, from, until)
    return toldCard(use, await mustKnow(use, personId), told)
  })

const show = (ctx: Ctx, personId: string): Promise<Reply> =>
  ctx.store.read(async (tx) => {
    const use = useOf(ctx, tx)
    return { kind: 'card', card: await absencesCard(use, await mustKnow(use, personId)), replace: true }
  })

const openForm = (ctx: Ctx, personId: string, from?: string): Promise<Reply> =>
  ctx.store.read(async (tx) => {
    const person = await mustKnow(useOf(ctx, tx), personId)
    return { kind: 'form', form: absenceForm(ctx.actor, person, from) }
  })

/** Throws `access.denied`, `request.stale`. */
async function mustKnow({ tx, actor }: UseCase, personId: string): Promise<Person> {
  allow(mayTellAbsenceOf(actor, personId), 'absence')
  const person = await tx.people.byId(actor.workspaceId, personId)
  if (!person) throw new UserError('request.stale', {})
  return person
}
