import type { ReminderPreference } from '../../reminder/preference.js'
import type { UseCase } from '../../use-case.js'

/** How the acting person prefers to be reminded; undefined where they never set it. */
export const ownPreference = ({ tx, actor }: UseCase): Promise<ReminderPreference | undefined> =>
  tx.reminderPreferences.ofPerson(actor.workspaceId, actor.person.id)
