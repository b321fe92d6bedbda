import type { Campaign, Ladder } from '../../campaign/campaign.js'
import { openReviews } from '../../campaign/review.js'
import { running } from '../../campaign/running.js'
import { instantAt } from '../../date.js'
import { type DueRung, forEachTurn, type Turn } from '../../reminder/day.js'
import { hoursOf, type Planning, withOwing } from '../../reminder/inputs.js'
import type { Rung } from '../../reminder/ladder.js'
import { sendingsToCome } from '../../reminder/ladder.js'
import { type NamedStaff, staffReader } from '../../reminder/staff.js'
import { turnsOf } from '../../reminder/turns.js'

/** A reminder that a person will get if nothing changes. */
export interface OwnReminder {
  at: Date
  rung: Rung
  /** Ids of the units that owe something for it. */
  units: string[]
}

/** All reminders of one campaign that one person will get. */
export interface OwnReminders {
  /** Whether any of the person's units owes something for a review. */
  owes: boolean
  /** By time; several reviews of one day are listed apart though they come in one message. */
  toCome: OwnReminder[]
  /** Number of rungs that the person opted out of. */
  refused: number
  /** Days (yyyy-mm-dd) on which somebody else is reminded because the person is away. */
  away: string[]
}

/** One future rung of the ladder with the numbers of units and people that it would reach by the current data. */
export interface RungAhead {
  at: Date
  rung: Rung
  units: number
  people: number
}

/** The future days on which a campaign reminds anybody, with the people available on each. */
async function* daysAhead(plan: Planning, campaign: Campaign): AsyncGenerator<Day> {
  const { tx, now, timeZone, isWorkingDay } = plan
  const planned = await tx.rungs.planned(campaign.id)
  const sendings = openReviews(await tx.reviews.list(campaign.id)).flatMap((review) =>
    sendingsToCome(review, campaign.ladder, planned, now, timeZone, isWorkingDay),
  )
  const rungs = []
  for (const { rung, day } of sendings)
    rungs.push({ campaign, rung, day, turns: await turnsOf(tx, campaign, rung, planned) })
  const due = await withOwing(tx, rungs)
  const staffOn = await staffReader(tx, campaign.workspaceId)
  for (const date of [...new Set(sendings.map((s) => s.day))].sort()) {
    const ladder = await hoursOn(plan, campaign, date)
    if (ladder) yield { date, due: due.filter((d) => d.day === date), staff: await staffOn(date, ladder) }
  }
}

interface Day {
  date: string
  due: DueRung[]
  staff: NamedStaff
}

/** The hours of all campaigns that run on a date, which bound people's own hours; undefined if this one is over. */
async function hoursOn(
  { tx, isWorkingDay }: Planning,
  campaign: Campaign,
  date: string,
): Promise<Pick<Ladder, 'at' | 'until'> | undefined> {
  const open = await running(tx, campaign.workspaceId, date, isWorkingDay)
  return open.some((c) => c.id === campaign.id) ? hoursOf(open) : undefined
}

/** The instant of one reminder: nobody is reminded of a campaign before its own hours begin. */
const instantOf = ({ hour, due }: Turn, date: string, timeZone: string): Date =>
  instantAt(date, hour > due.campaign.ladder.at ? hour : due.campaign.ladder.at, timeZone)

/** Every future reminder of one campaign for one person, by the rules that send them. */
export async function remindersOf(plan: Planning, campaign: Campaign, personId: string): Promise<OwnReminders> {
  const mine = new Set<string>()
  const own: OwnReminders = { owes: false, toCome: [], refused: 0, away: [] }
  for await (const { date, due, staff } of daysAhead(plan, campaign)) {
    const isMine = (kind: Rung['kind'], unitId: string) => {
      const leaders = staff.leaders.get(unitId)
      if (leaders?.heads.includes(personId) || leaders?.deputies.includes(personId)) return true
      return staff.helpers(campaign.id, kind, unitId).includes(personId)
    }
    const found = new Map<string, OwnReminder>()
    for (const one of due) {
      const owing = one.owing.filter((unitId) => isMine(one.rung.kind, unitId))
      for (const unitId of owing) mine.add(unitId)
      if (owing.length > 0 && staff.absent.has(personId) && !own.away.includes(date)) own.away.push(date)
      let isRefused = false
      forEachTurn([{ ...one, owing }], staff, (turn) => {
        if (turn.personId !== personId) return
        if (turn.what === 'refused') isRefused = true
        const at = instantOf(turn, date, plan.timeZone)
        if (turn.what !== 'due' || at <= plan.now) return
        const key = `${one.rung.kind}:${at.getTime()}`
        const known = found.get(key)
        if (known) known.units.push(turn.unitId)
        else found.set(key, { at, rung: one.rung, units: [turn.unitId] })
      })
      if (isRefused) own.refused += 1
    }
    own.toCome.push(...found.values())
  }
  own.toCome.sort((a, b) => a.at.getTime() - b.at.getTime())
  return { ...own, owes: mine.size > 0 }
}

/** Every future rung of one campaign, with the numbers of units and people that it would reach by the current data. */
export async function rungsAhead(plan: Planning, campaign: Campaign): Promise<RungAhead[]> {
  const ahead: RungAhead[] = []
  for await (const { date, due, staff } of daysAhead(plan, campaign))
    for (const one of due) {
      const people = new Set<string>()
      forEachTurn([one], staff, ({ what, personId }) => {
        if (what === 'due') people.add(personId)
      })
      const at = instantAt(date, campaign.ladder.at, plan.timeZone)
      ahead.push({ at, rung: one.rung, units: one.owing.length, people: people.size })
    }
  return ahead
}
