import type { Campaign, Ladder } from '../campaign/campaign.js'
import type { UnitLeaders } from '../people/leaders.js'
import { type Rung, slotKey } from './ladder.js'
import type { ReminderItem } from './payload.js'
import { type NoRecipient, recipientsOf } from './recipients.js'
import type { UnitPerson } from './rows.js'
import type { Turns } from './turns.js'

/** A rung of a review that is due today, with the units that owe something for it. */
export interface DueRung {
  campaign: Campaign
  rung: Rung
  /** Unit ids in the roster's order. */
  owing: readonly string[]
  /** Whose turn it can still be. */
  turns: Turns
}

/** The data about people that decides who is reminded. */
export interface Staff {
  leaders: ReadonlyMap<string, UnitLeaders>
  /** The last day of absence (yyyy-mm-dd) of everyone who is absent on the day, by person id. */
  absent: ReadonlyMap<string, string>
  /** People to whom the head of the unit handed over its work for the review. */
  helpers(campaignId: string, kind: Rung['kind'], unitId: string): readonly string[]
  /** The hour (HH:mm) at which a person is reminded on a date; default: the day that is being planned. */
  hourOf(personId: string, on?: string): string
  /** Whether a person wants this rung. Nobody can refuse the last rung before the review or a late one. */
  wants(personId: string, ladder: Ladder, offset: number): boolean
}

export interface ReminderDay {
  /** What each person is reminded of in one message, by person id. */
  people: Map<string, ReminderItem[]>
  /** Units without anybody to remind, and why. */
  withoutRecipient: Map<string, NoRecipient>
}

/** One person who may be reminded of one unit on a day, and whether they are. */
export interface Turn {
  due: DueRung
  unitId: string
  personId: string
  /** HH:mm. */
  hour: string
  /** `served`: the turn has come before. `refused`: the person does not want early rungs. */
  what: 'due' | 'served' | 'refused'
}

/**
 * Visits every person who may be reminded of a unit on a day, unit by unit. Returns the units without anybody to
 * remind.
 */
export function forEachTurn(
  due: readonly DueRung[],
  staff: Staff,
  visit: (turn: Turn) => void,
): Map<string, NoRecipient> {
  const withoutRecipient = new Map<string, NoRecipient>()
  for (const one of due) {
    const { campaign, rung } = one
    const isServed = servedBy(one, staff)
    for (const unitId of one.owing) {
      const crew = staff.leaders.get(unitId)
      const found = recipientsOf(crew, staff.absent)
      const people = recipientsWithHelpers(one, staff, unitId, found)
      if (people.size === 0 && !Array.isArray(found)) withoutRecipient.set(unitId, found)
      for (const personId of people) {
        const hour = hourFor(staff, crew, personId)
        const wanted = staff.wants(personId, campaign.ladder, rung.offset)
        const what = !wanted ? 'refused' : isServed(unitId, personId, people) ? 'served' : 'due'
        visit({ due: one, unitId, personId, hour, what })
      }
    }
  }
  return withoutRecipient
}

/** The people to remind of a unit: its present leaders, and the colleagues to whom they handed work over. */
function recipientsWithHelpers(
  { campaign, rung }: Pick<DueRung, 'campaign' | 'rung'>,
  staff: Staff,
  unitId: string,
  leaders: ReturnType<typeof recipientsOf>,
): ReadonlySet<string> {
  const people = new Set(Array.isArray(leaders) ? leaders : [])
  for (const id of staff.helpers(campaign.id, rung.kind, unitId)) if (!staff.absent.has(id)) people.add(id)
  return people
}

type IsServed = (unitId: string, personId: string, recipients: ReadonlySet<string>) => boolean

/** Whether a recipient's turn has come before. */
function servedBy({ rung, turns }: DueRung, staff: Staff): IsServed {
  const { open, reminded, slots } = turns
  if (open === undefined) {
    if (slots.size === 0) return () => false
    // Marked by an older version, by the hours of the rung's own day.
    return (unitId, id) => slots.has(slotKey(rung, hourFor(staff, staff.leaders.get(unitId), id, rung.on)))
  }
  return (unitId, id, recipients) => {
    const waiting = open.get(unitId)
    if (!waiting || waiting.has(id)) return !waiting
    // The turn of a person who left or is absent passes to the next recipient who has not been reminded.
    const isPassedOn = [...waiting].some((other) => !recipients.has(other))
    return !isPassedOn || (reminded.get(unitId)?.has(id) ?? false)
  }
}

/** The turns of a rung that are still to come after `time` (HH:mm). Pure. */
export function turnsAfter(due: DueRung, staff: Staff, time: string): UnitPerson[] {
  const { campaign, rung, turns } = due
  const left: UnitPerson[] = []
  const units = turns.open?.keys() ?? new Set([...staff.leaders.keys(), ...due.owing])
  const isServed = servedBy(due, staff)
  for (const unitId of units) {
    const crew = staff.leaders.get(unitId)
    const helpers = staff.helpers(campaign.id, rung.kind, unitId)
    const everyone = new Set([...(crew?.heads ?? []), ...(crew?.deputies ?? []), ...helpers])
    const waiting = turns.open?.get(unitId)
    const recipients = recipientsWithHelpers(due, staff, unitId, recipientsOf(crew, staff.absent))
    for (const personId of everyone) {
      if (hourFor(staff, crew, personId) <= time) continue
      const isOpen = waiting?.has(personId) ?? !isServed(unitId, personId, recipients)
      // The turn of somebody who is gone passes to a recipient, at that person's own hour.
      const inherits = waiting && recipients.has(personId) && !isServed(unitId, personId, recipients)
      if (isOpen || inherits) left.push({ unitId, personId })
    }
  }
  return left
}

/**
 * Who is reminded of what by `time` (HH:mm): everyone whose hour has come and who was not served yet. Pure. Each person
 * gets one message, however many units, reviews and campaigns it covers.
 */
export function remindersAt(due: readonly DueRung[], staff: Staff, time: string): ReminderDay {
  const people = new Map<string, ReminderItem[]>()
  const withoutRecipient = forEachTurn(due, staff, ({ due: one, unitId, personId, hour, what }) => {
    if (what !== 'due' || hour > time) return
    let items = people.get(personId)
    if (!items) {
      items = []
      people.set(personId, items)
    }
    addUnit(items, one, unitId)
  })
  return { people, withoutRecipient }
}

/** Like `mergeItems`, without a copy for each unit. */
function addUnit(items: ReminderItem[], { campaign, rung }: DueRung, unitId: string): void {
  const { kind, reviewDate, offset } = rung
  const same = items.find((i) => i.campaignId === campaign.id && i.kind === kind)
  if (!same) items.push({ campaignId: campaign.id, kind, reviewDate, units: [unitId], rung: offset })
  else if (!same.units.includes(unitId)) same.units.push(unitId)
}

/**
 * The hour at which a person is reminded of a unit. A deputy who stands in for absent heads is reminded no earlier than
 * the heads would be: otherwise a head who leaves between the two hours would be reminded by neither message.
 */
export function hourFor(staff: Staff, leaders: UnitLeaders | undefined, id: string, on?: string): string {
  let hour = staff.hourOf(id, on)
  if (!leaders?.deputies.includes(id) || leaders.heads.includes(id)) return hour
  for (const head of leaders.heads) {
    const own = staff.hourOf(head, on)
    if (own > hour) hour = own
  }
  return hour
}
