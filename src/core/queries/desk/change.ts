import type { AuditRow } from '../../audit/audit.js'
import type { Campaign } from '../../campaign/campaign.js'
import { campaignsById, numberIn } from '../../campaign/running.js'
import type { SubmissionEvent } from '../../submission/submission.js'
import type { UseCase } from '../../use-case.js'

/** A row of the audit log with what is shown of it. `byName` and `reason` are read from rows that can be erased. */
export interface AuditEvent extends AuditRow {
  byName: string | null
  reason: string | null
}

/** One change of a submission's state, with who made it. */
export type StateEvent = SubmissionEvent & { byName: string }

/** A change of a submission's state, or any other row of the audit log. */
export type Change = StateEvent | AuditEvent

/** What a change is about, as in the audit log: `submission:<id>`, `unit:<id>`, `person:<id>` … */
export const subjectOf = (change: Change): string =>
  'to' in change ? `submission:${change.submissionId}` : change.subject

/** A change with the current name of its subject. */
export interface ListedChange {
  change: Change
  /** Parts of the name: number, criterion and unit of a submission, or the name of a unit or person; may be empty. */
  subject: readonly string[]
}

/**
 * Names the subjects of changes. If the workspace has several campaigns, the prefix of the campaign follows for changes of
 * units and dates.
 */
export async function withSubjects(use: UseCase, changes: readonly Change[]): Promise<ListedChange[]> {
  const campaigns = await campaignsById(use.tx, use.actor.workspaceId)
  const names = await namesOf(use, campaigns, [...new Set(changes.map(subjectOf))])
  return changes.map((change) => {
    const name = names.get(subjectOf(change)) ?? []
    const prefix = campaigns.size > 1 && !('to' in change) ? campaignOf(campaigns, change)?.prefix : undefined
    return { change, subject: [...name, prefix].filter((part) => part !== undefined && part !== '') as string[] }
  })
}

type Campaigns = ReadonlyMap<string, Campaign>

function campaignOf(campaigns: Campaigns, { subject, data }: AuditEvent): Campaign | undefined {
  const [noun, id] = subject.split(':')
  return campaigns.get(String(noun === 'campaign' ? id : data.campaignId))
}

async function namesOf(
  { tx, actor }: UseCase,
  campaigns: Campaigns,
  subjects: readonly string[],
): Promise<Map<string, string[]>> {
  const { workspaceId } = actor
  const units = new Map((await tx.units.list(workspaceId)).map((u) => [u.id, u.name]))
  const people = subjects.flatMap((s) => (s.startsWith('person:') ? [s.slice('person:'.length)] : []))
  const names = await tx.people.names(workspaceId, people)
  const named = new Map<string, string[]>()
  for (const subject of subjects) {
    const [noun, id = ''] = subject.split(':')
    if (noun === 'unit') named.set(subject, [units.get(id) ?? (await tx.units.byId(workspaceId, id))?.name ?? ''])
    if (noun === 'person') named.set(subject, [names.get(id) ?? ''])
    if (noun === 'submission') {
      const s = await tx.submissions.byId(workspaceId, id)
      named.set(subject, s ? [numberIn(campaigns, s), s.criterion, units.get(s.unitId) ?? ''] : [])
    }
  }
  return named
}
