import type { Campaign, Ladder } from '../campaign/campaign.js'
import { type Rung, slotKey } from './ladder.js'
import type { ReminderItem } from './payload.js'
import { type Crew, recipientsOf, type Unheard } from './recipients.js'

/** A rung of a review that is to be sent today, and the units that owe something for it. */
export interface DueRung {
  campaign: Campaign
  rung: Rung
  /** Ids of the units, in the roster's order. */
  owing: readonly string[]
  /** What was planned already, as `slotKey` names it. */
  planned: ReadonlySet<string>
}

/** What is to be known of people to say who is reminded. */
export interface Staff {
  crews: ReadonlyMap<string, Crew>
  /** Until when each person who is away today is away. */
  absent: ReadonlyMap<string, string>
  /** People to whom the head of a unit gave its part. */
  helpers(campaignId: string, kind: Rung['kind'], unitId: string): readonly string[]
  /** The hour at which a person is reminded, HH:mm; also as it was on an earlier date. */
  hourOf(personId: string, on?: string): string
  /** Whether a person wants this rung; nobody can refuse the last one before the review, nor a late one. */
  wants(personId: string, ladder: Ladder, offset: number): boolean
}

export interface ReminderDay {
  /** What each person is reminded of, in one message. */
  people: Map<string, ReminderItem[]>
  /** Units of which nobody can be reminded. */
  unheard: Map<string, Unheard>
}

/** A unit of which a person may be reminded on a day, and what becomes of it. */
export interface Turn {
  due: DueRung
  unitId: string
  personId: string
  /** HH:mm. */
  hour: string
  /** `served`: it was planned already. `refused`: the person wants no early rungs. */
  what: 'due' | 'served' | 'refused'
}

/** Goes through everyone who is reminded of anything on a day, unit by unit; gives the units of which nobody can be. */
export function eachTurn(due: readonly DueRung[], staff: Staff, visit: (turn: Turn) => void): Map<string, Unheard> {
  const unheard = new Map<string, Unheard>()
  for (const one of due) {
    const { campaign, rung, planned } = one
    const served = servedAt(rung, planned)
    for (const unitId of one.owing) {
      const crew = staff.crews.get(unitId)
      const found = recipientsOf(crew, staff.absent)
      const leaders = Array.isArray(found) ? found : []
      const given = staff.helpers(campaign.id, rung.kind, unitId)
      const helpers = given.length === 0 ? given : given.filter((id) => !staff.absent.has(id))
      if (!Array.isArray(found) && helpers.length === 0) unheard.set(unitId, found)
      for (const personId of helpers.length === 0 ? leaders : new Set([...leaders, ...helpers])) {
        const hour = hourFor(staff, crew, personId)
        const wanted = staff.wants(personId, campaign.ladder, rung.offset)
        // A rung is served by the hours of its own day: whoever chose another since is neither forgotten nor reminded twice.
        const isServed = served(hourFor(staff, crew, personId, rung.on))
        visit({ due: one, unitId, personId, hour, what: !wanted ? 'refused' : isServed ? 'served' : 'due' })
      }
    }
  }
  return unheard
}

/**
 * Who is reminded of what by `time` (HH:mm) of a day: everyone whose hour has come and was not served yet. Pure: the same
 * state and time give the same answer. Each person gets one message, however many units, reviews and campaigns it is about.
 */
export function remindersAt(due: readonly DueRung[], staff: Staff, time: string): ReminderDay {
  const people = new Map<string, ReminderItem[]>()
  const unheard = eachTurn(due, staff, ({ due: one, unitId, personId, hour, what }) => {
    if (what !== 'due' || hour > time) return
    let items = people.get(personId)
    if (!items) {
      items = []
      people.set(personId, items)
    }
    addUnit(items, one, unitId)
  })
  return { people, unheard }
}

/** The same as merging, without a copy for each unit. */
function addUnit(items: ReminderItem[], { campaign, rung }: DueRung, unitId: string): void {
  const { kind, reviewDate } = rung
  const same = items.find((i) => i.campaignId === campaign.id && i.kind === kind && i.reviewDate === reviewDate)
  if (!same) items.push({ campaignId: campaign.id, kind, reviewDate, units: [unitId] })
  else if (!same.units.includes(unitId)) same.units.push(unitId)
}

/** Whether an hour of a rung was planned; each hour's key is made once. */
function servedAt(rung: Rung, planned: ReadonlySet<string>): (hour: string) => boolean {
  const known = new Map<string, boolean>()
  return (hour) => {
    let served = known.get(hour)
    if (served === undefined) {
      served = planned.has(slotKey(rung, hour))
      known.set(hour, served)
    }
    return served
  }
}

/**
 * The hour at which a person is reminded of a unit. Whoever stands in for heads who are away does so from the heads' hour on:
 * a head who leaves between the two hours would else be reminded by neither.
 */
function hourFor(staff: Staff, crew: Crew | undefined, id: string, on?: string): string {
  let hour = staff.hourOf(id, on)
  if (!crew?.deputies.includes(id) || crew.heads.includes(id)) return hour
  for (const head of crew.heads) {
    const own = staff.hourOf(head, on)
    if (own > hour) hour = own
  }
  return hour
}
