import type { Wish } from '../../reminder/preference.js'
import type { UseCase } from '../../use-case.js'

/** How the acting person prefers to be reminded; undefined where they never set it. */
export const ownPreference = ({ tx, actor }: UseCase): Promise<Wish | undefined> =>
  tx.wishes.ofPerson(actor.workspaceId, actor.person.id)
