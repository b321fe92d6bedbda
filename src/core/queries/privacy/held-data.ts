import type { Campaign } from '../../campaign/campaign.js'
import type { ReviewKind } from '../../campaign/review.js'
import { type CampaignName, campaignsById, namesIn } from '../../campaign/running.js'
import { localDate } from '../../date.js'
import type { Absence } from '../../people/absence.js'
import type { Actor } from '../../people/person.js'
import type { Erasure } from '../../privacy/erasure.js'
import type { HeldAccount } from '../../privacy/personal-data.js'
import type { ReminderPreference } from '../../reminder/preference.js'
import type { Submission } from '../../submission/submission.js'
import type { UseCase } from '../../use-case.js'

/** Everything that is stored about the acting person. */
export interface HeldData extends Pick<Actor, 'person' | 'roles'> {
  accounts: readonly HeldAccount[]
  counts: { submissions: number; drafts: number; messages: number }
  /** Rows of the audit log about what the person did. */
  auditRows: number
  /** Newest first. */
  absences: readonly Absence[]
  preference: ReminderPreference | undefined
  /** Work of a unit for a review that its leader handed over to the person; at most as many as requested. */
  handovers: readonly { unitName: string; kind: ReviewKind; named: CampaignName | undefined }[]
  snoozedUntil: Date | undefined
  /** What the person wrote, newest first; at most as many as requested. */
  submissions: readonly Submission[]
  /** Every campaign of the workspace by id. */
  campaigns: ReadonlyMap<string, Campaign>
  /** A request for erasure that is not decided yet. */
  waiting: Erasure | undefined
}

/** Reads what is stored about the acting person, with at most `limit` handovers and submissions. */
export async function heldData({ tx, actor, now, timeZone }: UseCase, limit: number): Promise<HeldData> {
  const { workspaceId, person, roles } = actor
  const handovers: HeldData['handovers'][number][] = []
  const today = localDate(now, timeZone)
  const all = await tx.handovers.toPerson(workspaceId, person.id)
  const shown = all.map((h) => h.campaignId)
  const nameOf = await namesIn(tx, workspaceId, today, shown)
  for (const { unitId, kind, campaignId } of all.slice(0, limit))
    handovers.push({
      unitName: (await tx.units.byId(workspaceId, unitId))?.name ?? '',
      kind,
      named: nameOf(campaignId),
    })
  return {
    person,
    roles,
    accounts: await tx.personalData.accounts(workspaceId, person.id),
    counts: await tx.personalData.counts(workspaceId, person.id),
    auditRows: await tx.audit.countBy(workspaceId, person.id),
    absences: await tx.absences.ofPerson(workspaceId, person.id),
    preference: await tx.reminderPreferences.ofPerson(workspaceId, person.id),
    handovers,
    snoozedUntil: (await tx.reminders.snoozeOf(person.id))?.until,
    submissions: await tx.submissions.writtenBy(workspaceId, person.id, limit),
    campaigns: await campaignsById(tx, workspaceId),
    waiting: await tx.erasures.waitingOf(workspaceId, person.id),
  }
}
