import { followReminders } from '../outbox/follow.js'
import {
  aboutAbsence,
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
 * Takes a person out: no e-mail, account, role or message of theirs is left, and `name` stands where theirs stood. What they
 * handed in and decided stays, since it is the units' record.
 */
export async function eraseAll({ tx, workspaceId, now }: Erasing, person: Person, name: string): Promise<void> {
  const accounts = await tx.personalData.accounts(workspaceId, person.id)
  const touched = [
    ...(await tx.personalData.submissionsTouchedBy(workspaceId, person.id)).map(aboutSubmission),
    ...(await tx.personalData.reportsTouchedBy(workspaceId, person.id)).map(aboutUnitReports),
    ...(await tx.absences.touchedBy(workspaceId, person.id)).map(aboutAbsence),
  ]
  const given = await tx.handovers.toPerson(workspaceId, person.id)
  await tx.personalData.dropDrafts(workspaceId, person.id)
  await tx.personalData.dropMessages(workspaceId, person.id)
  await tx.personalData.anonymise(workspaceId, person.id, name)
  // Reminders say to whom a part was given.
  for (const { campaignId, unitId } of given) await followReminders(tx, campaignId, { workspaceId, unitId }, now)
  // What they handed in is found by their name no more.
  await tx.search.markOf(workspaceId, { authorId: person.id })
  await tx.outbox.touch(aboutUndelivered(workspaceId), now)
  for (const about of touched) await rewrite(about, [['by', person.fullName, name]])
  // What the Office was once told of them names them too.
  const told = [
    aboutOfficeNotice('unreachable', person.id),
    ...accounts.map((a) => aboutOfficeNotice('stranger', a.externalId)),
  ]
  for (const about of told)
    await rewrite(about, [
      ['name', person.fullName, name],
      ['email', person.email, null],
    ])

  /** Messages keep the name of who did something; those that were sent are written anew in the chat. */
  async function rewrite(about: string, values: [string, string | null, string | null][]): Promise<void> {
    for (const [key, from, to] of values)
      if (from !== null) await tx.personalData.replaceInMessages(workspaceId, about, member(key, from), member(key, to))
    await tx.outbox.touch(about, now)
  }
}

const member = (key: string, value: string | null): string => `${JSON.stringify(key)}:${JSON.stringify(value)}`

/** Takes a person's name off what they handed in, and leaves them all else: it is given to `standIn`, who is nobody. */
export async function eraseName({ tx, workspaceId, now }: Erasing, person: Person, standIn: Person): Promise<void> {
  await tx.people.put(workspaceId, standIn, false)
  await tx.people.retire(workspaceId, standIn.id)
  for (const id of await tx.personalData.handOver(workspaceId, person.id, standIn.id)) {
    // Their own receipts would say whose it was.
    await tx.personalData.dropMessages(workspaceId, person.id, aboutSubmission(id))
    await tx.outbox.touch(aboutSubmission(id), now)
  }
  await tx.search.markOf(workspaceId, { authorId: standIn.id })
}
