import type { UseCase } from '../use-case.js'
import { aboutOfficeNotice, type OfficeNotice } from './topics.js'

/**
 * Tells everyone of the Organisation–Administration Office something, once per subject (a unit, an account, a person).
 */
export async function notifyOrgOffice(
  use: Pick<UseCase, 'tx' | 'now'> & { actor: { workspaceId: string } },
  kind: OfficeNotice,
  subject: string,
  payload: Record<string, unknown>,
): Promise<void> {
  const { workspaceId } = use.actor
  for (const person of await use.tx.people.withRole(workspaceId, 'org_office')) {
    await use.tx.outbox.add(
      {
        workspaceId,
        key: `${aboutOfficeNotice(kind, subject)}${person.id}`,
        kind,
        personId: person.id,
        payload,
        dueAt: use.now,
      },
      use.now,
    )
  }
}
