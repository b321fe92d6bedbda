import { followReminders } from '../outbox/follow.js'
import { aboutUndelivered } from '../outbox/undelivered.js'
import type { Person } from '../people/person.js'
import { aboutAbsence } from '../people/tell-absence.js'
import type { Tx } from '../ports.js'
import { aboutUnitReports } from '../report/notify.js'
import { aboutSubmission } from '../submission/notify.js'

/** What the bot holds about one person, and how it is taken out (Law 91/2025/QH15, Decree 356/2025). */

export interface HeldAccount {
  platform: string
  externalId: string
  metAt: Date
}

export interface PersonalData {
  /** Submissions that a person wrote, drafts, and messages that went or will go to them. */
  counts(workspaceId: string, personId: string): Promise<{ submissions: number; drafts: number; messages: number }>
  /** The newest met first. */
  accounts(workspaceId: string, personId: string): Promise<HeldAccount[]>
  /** Submissions that a person wrote or changed the state of. */
  submissionsTouchedBy(workspaceId: string, personId: string): Promise<string[]>
  /** Units whose reports a person sent or decided on. */
  reportsTouchedBy(workspaceId: string, personId: string): Promise<string[]>
  /** Puts a placeholder in the place of the name, without e-mail, roles, accounts, a way in, absences, wishes, parts given to them, or keys that hold an account. */
  anonymise(workspaceId: string, personId: string, placeholder: string): Promise<void>
  /** Gives what a person wrote, its files, and their own changes of it, to another who stands for nobody; the ids of it. */
  handOver(workspaceId: string, from: string, to: string): Promise<string[]>
  /** Removes what a person typed or laid down and never handed in. */
  dropDrafts(workspaceId: string, personId: string): Promise<void>
  /** Removes the messages to a person; with `about`, only those whose keys begin with it. */
  dropMessages(workspaceId: string, personId: string, about?: string): Promise<void>
  /** Within messages about one thing, puts one JSON text in place of another. */
  replaceInMessages(workspaceId: string, about: string, from: string, to: string): Promise<void>
  /** Removes one message altogether, as if it had never been. */
  dropMessage(key: string): Promise<void>
}

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
  const told = [`unreachable:${person.id}:`, ...accounts.map((a) => `stranger:${a.externalId}:`)]
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
