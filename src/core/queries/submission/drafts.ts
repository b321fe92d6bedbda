import type { Draft } from '../../submission/draft.js'
import { draftsOf } from '../../submission/keep-draft.js'
import type { UseCase } from '../../use-case.js'

/** The person's own drafts that can be opened again, in any campaign, newest first. */
export async function openDrafts(use: UseCase): Promise<Draft[]> {
  const drafts: Draft[] = []
  for (const campaign of await use.tx.campaigns.all(use.actor.workspaceId))
    drafts.push(...(await draftsOf(use, campaign)))
  return drafts.sort((a, b) => b.updatedAt.getTime() - a.updatedAt.getTime())
}
