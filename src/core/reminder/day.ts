import type { Campaign, Ladder } from '../campaign/campaign.js'
import type { UnitLeaders } from '../people/leaders.js'
import { type Rung, slotKey } from './ladder.js'
import type { ReminderItem } from './payload.js'
import { type NoRecipient, recipientsOf } from './recipients.js'

/** A rung of a review that is due today, with the units that owe something for it. */
export interface DueRung {
  campaign: Campaign
  rung: Rung
  /** Unit ids in the roster's order. */
  owing: readonly string[]
  /** Keys of what is planned already, as `slotKey` makes them. */
  planned: ReadonlySet<string>
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
  /** `served`: already planned. `refused`: the person does not want early rungs. */
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
    const { campaign, rung, planned } = one
    const served = servedAt(rung, planned)
    for (const unitId of one.owing) {
      const leaders = staff.leaders.get(unitId)
      const found = recipientsOf(leaders, staff.absent)
      const recipients = Array.isArray(found) ? found : []
      const given = staff.helpers(campaign.id, rung.kind, unitId)
      const helpers = given.length === 0 ? given : given.filter((id) => !staff.absent.has(id))
      if (!Array.isArray(found) && helpers.length === 0) withoutRecipient.set(unitId, found)
      for (const personId of helpers.length === 0 ? recipients : new Set([...recipients, ...helpers])) {
        const hour = hourFor(staff, leaders, personId)
        const wanted = staff.wants(personId, campaign.ladder, rung.offset)
        // Whether a rung was served is judged by the hours of its own day: somebody who has chosen another hour since
        // is neither skipped nor reminded twice.
        const isServed = served(hourFor(staff, leaders, personId, rung.on))
        visit({ due: one, unitId, personId, hour, what: !wanted ? 'refused' : isServed ? 'served' : 'due' })
      }
    }
  }
  return withoutRecipient
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
  const { kind, reviewDate } = rung
  const same = items.find((i) => i.campaignId === campaign.id && i.kind === kind && i.reviewDate === reviewDate)
  if (!same) items.push({ campaignId: campaign.id, kind, reviewDate, units: [unitId] })
  else if (!same.units.includes(unitId)) same.units.push(unitId)
}

/** Whether an hour of a rung is planned; caches the key of each hour. */
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
 * The hour at which a person is reminded of a unit. A deputy who stands in for absent heads is reminded no earlier than
 * the heads would be: otherwise a head who leaves between the two hours would be reminded by neither message.
 */
function hourFor(staff: Staff, leaders: UnitLeaders | undefined, id: string, on?: string): string {
  let hour = staff.hourOf(id, on)
  if (!leaders?.deputies.includes(id) || leaders.heads.includes(id)) return hour
  for (const head of leaders.heads) {
    const own = staff.hourOf(head, on)
    if (own > hour) hour = own
  }
  return hour
}
