import type { Campaign } from './campaign.js'
import { localDate } from './date.js'
import type { Person } from './person.js'
import type { Tx } from './ports.js'
import { dueRung, type Rung, rungKey } from './reminder.js'
import { tellOrgOffice } from './submission-notice.js'
import { aboutReminders } from './tally.js'
import type { Calendar } from './working-day.js'

export interface Planning {
  tx: Tx
  now: Date
  timeZone: string
  isWorkingDay?: Calendar
}

/** A reminder that was put into the outbox. */
export interface PlannedReminder {
  key: string
  rung: Rung
  person: Person
  units: string[]
}

/**
 * Puts into the outbox whatever reminders are due: one for each head of units with something missing. Units without a
 * head, and without a deputy, are told to the Organisation–Administration Office. Safe to run at any time, as often as
 * one likes: what was planned once is not planned again.
 */
export async function planReminders(plan: Planning, campaign: Campaign): Promise<PlannedReminder[]> {
  const { tx, now, timeZone } = plan
  const out: PlannedReminder[] = []
  const reviews = await tx.reviews.list(campaign.id)
  if (reviews.length === 0) return out
  const planned = await tx.rungs.planned(campaign.id)
  for (const review of reviews) {
    const due = dueRung(review, campaign.ladder, planned, now, timeZone, plan.isWorkingDay)
    if (!due) continue
    out.push(...(await remindHeads(plan, campaign, due.rung)))
    for (const rung of due.covers) {
      if (planned.has(rungKey(rung))) continue
      planned.add(rungKey(rung))
      await tx.rungs.markPlanned(campaign.workspaceId, campaign.id, rung, now)
    }
  }
  return out
}

async function remindHeads(plan: Planning, campaign: Campaign, rung: Rung): Promise<PlannedReminder[]> {
  const { tx, now } = plan
  const { workspaceId } = campaign
  const leaders = await leadersByUnit(tx, workspaceId)
  const byPerson = new Map<string, { person: Person; units: string[] }>()
  for (const { unitId } of await tx.progress.incomplete(campaign.id, rung.kind)) {
    const people = leaders.get(unitId) ?? []
    if (people.length === 0) await tellOrgOffice({ tx, now, actor: { workspaceId } }, 'headless', unitId, { unitId })
    for (const person of people) {
      const entry = byPerson.get(person.id) ?? { person, units: [] }
      entry.units.push(unitId)
      byPerson.set(person.id, entry)
    }
  }
  const out: PlannedReminder[] = []
  for (const { person, units } of byPerson.values()) {
    const key = `${aboutReminders(person.id)}${campaign.id}:${rungKey(rung)}`
    const added = await tx.outbox.add(
      {
        workspaceId,
        key,
        kind: 'reminder',
        personId: person.id,
        payload: {
          campaignId: campaign.id,
          kind: rung.kind,
          reviewDate: rung.reviewDate,
          on: localDate(now, plan.timeZone),
          units,
        },
        dueAt: now,
      },
      now,
    )
    if (added) out.push({ key, rung, person, units })
  }
  return out
}

/** The heads of each unit, or its deputies where it has no head. */
async function leadersByUnit(tx: Tx, workspaceId: string): Promise<Map<string, Person[]>> {
  const heads = new Map<string, Person[]>()
  const deputies = new Map<string, Person[]>()
  for (const { person, role, unit } of await tx.people.roster(workspaceId)) {
    const into = role === 'head' ? heads : role === 'deputy' ? deputies : undefined
    if (into) into.set(unit.id, [...(into.get(unit.id) ?? []), person])
  }
  return new Map([...deputies, ...heads])
}
