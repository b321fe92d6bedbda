import type { Campaign, Ladder } from './campaign.js'
import { type Crew, recipientsOf, type Unheard } from './recipients.js'
import { type Rung, slotKey } from './reminder.js'
import { mergeItems, type ReminderItem } from './reminder-payload.js'

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
  /** The hour at which a person is reminded, HH:mm. */
  hourOf(personId: string): string
  /** Whether a person wants this rung; nobody can refuse the last one before the review, nor a late one. */
  wants(personId: string, ladder: Ladder, offset: number): boolean
}

export interface ReminderDay {
  /** What each person is reminded of, in one message. */
  people: Map<string, ReminderItem[]>
  /** Units of which nobody can be reminded. */
  unheard: Map<string, Unheard>
}

/**
 * Who is reminded of what by `time` (HH:mm) of a day: everyone whose hour has come and was not served yet. Pure: the same
 * state and time give the same answer. Each person gets one message, however many units, reviews and campaigns it is about.
 */
export function remindersAt(due: readonly DueRung[], staff: Staff, time: string): ReminderDay {
  const people = new Map<string, ReminderItem[]>()
  const unheard = new Map<string, Unheard>()
  for (const { campaign, rung, owing, planned } of due) {
    const of = { campaignId: campaign.id, kind: rung.kind, reviewDate: rung.reviewDate }
    const units = new Map<string, string[]>()
    for (const unitId of owing) {
      const crew = staff.crews.get(unitId)
      const found = recipientsOf(crew, staff.absent)
      const helpers = staff.helpers(campaign.id, rung.kind, unitId).filter((id) => !staff.absent.has(id))
      if (!Array.isArray(found) && helpers.length === 0) unheard.set(unitId, found)
      for (const id of new Set([...(Array.isArray(found) ? found : []), ...helpers])) {
        const hour = hourFor(staff, crew, id)
        if (hour > time || planned.has(slotKey(rung, hour)) || !staff.wants(id, campaign.ladder, rung.offset)) continue
        const own = units.get(id)
        if (own) own.push(unitId)
        else units.set(id, [unitId])
      }
    }
    for (const [id, own] of units) {
      const before = people.get(id)
      const item = { ...of, units: own }
      people.set(id, before ? mergeItems(before, [item]) : [item])
    }
  }
  return { people, unheard }
}

/**
 * The hour at which a person is reminded of a unit. Whoever stands in for heads who are away does so from the heads' hour on:
 * a head who leaves between the two hours would else be reminded by neither.
 */
function hourFor(staff: Staff, crew: Crew | undefined, id: string): string {
  const own = staff.hourOf(id)
  if (!crew?.deputies.includes(id) || crew.heads.includes(id)) return own
  return [own, ...crew.heads.map((head) => staff.hourOf(head))].reduce((a, b) => (a > b ? a : b))
}
