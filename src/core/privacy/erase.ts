import { followReminders } from '../outbox/follow.js'
import {
  aboutAbsence,
  aboutClosing,
  aboutOfficeNotice,
  aboutSubmission,
  aboutUndelivered,
  aboutUnitReports,
} from '../outbox/topics.js'
import type { Person } from '../people/person.js'
import type { Tx } from '../ports.js'

interface Erasing {
  tx: Tx
  workspaceId: string
  now: Date
}

/**
 * Erases a person: their e-mail, accounts, roles and messages are deleted, and `name` replaces their name everywhere. What they
 * handed in and decided stays as a record of the units.
 */
export async function eraseAll({ tx, workspaceId, now }: Erasing, person: Person, name: string): Promise<void> {
  const accounts = await tx.personalData.accounts(workspaceId, person.id)
  const touched = [
    ...(await tx.personalData.submissionsTouchedBy(workspaceId, person.id)).map(aboutSubmission),
    ...(await tx.personalData.reportsTouchedBy(workspaceId, person.id)).map(aboutUnitReports),
    ...(await tx.absences.touchedBy(workspaceId, person.id)).map(aboutAbsence),
    ...(await tx.closings.touchedBy(workspaceId, person.id)).map(aboutClosing),
  ]
  const given = await tx.handovers.toPerson(workspaceId, person.id)
  await tx.personalData.dropDrafts(workspaceId, person.id)
  await tx.personalData.dropMessages(workspaceId, person.id)
  await tx.personalData.anonymise(workspaceId, person.id, name)
  // Reminders name the person to whom work was handed over.
  for (const { campaignId, unitId } of given) await followReminders(tx, campaignId, { workspaceId, unitId }, now)
  // Updates the search index, so that their submissions are no longer found by their name.
  await tx.search.markOf(workspaceId, { authorId: person.id })
  await tx.outbox.touch(aboutUndelivered(workspaceId), now)
  for (const about of touched) await rewrite(about, [['by', person.fullName, name]])
  // Messages to the Office about them contain their name, too.
  const told = [
    aboutOfficeNotice('unreachable', person.id),
    aboutOfficeNotice('account.refused', person.id),
    ...accounts.map((a) => aboutOfficeNotice('stranger', a.externalId)),
  ]
  for (const about of told)
    await rewrite(about, [
      ['name', person.fullName, name],
      ['email', person.email, null],
    ])

  /** Replaces values in stored messages; sent ones are then updated in the chat. */
  async function rewrite(about: string, values: [string, string | null, string | null][]): Promise<void> {
    for (const [key, from, to] of values)
      if (from !== null) await tx.personalData.replaceInMessages(workspaceId, about, member(key, from), member(key, to))
    await tx.outbox.touch(about, now)
  }
}

const member = (key: string, value: string | null): string => `${JSON.stringify(key)}:${JSON.stringify(value)}`

/** Removes a person's name from what they handed in, and nothing else: `standIn`, a placeholder, becomes its author. */
export async function eraseName({ tx, workspaceId, now }: Erasing, person: Person, standIn: Person): Promise<void> {
  await tx.people.put(workspaceId, standIn, false)
  await tx.people.retire(workspaceId, standIn.id)
  for (const id of await tx.personalData.handOver(workspaceId, person.id, standIn.id)) {
    // Their receipts would show who the author was.
    await tx.personalData.dropMessages(workspaceId, person.id, aboutSubmission(id))
    await tx.outbox.touch(aboutSubmission(id), now)
  }
  await tx.search.markOf(workspaceId, { authorId: standIn.id })
}
