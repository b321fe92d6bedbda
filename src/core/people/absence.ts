/** Days on which a person is away: their reminders go to whoever stands in. Plain dates, both inclusive. */
export interface Absence {
  id: string
  workspaceId: string
  personId: string
  from: string
  until: string
  /** Who told of it, or changed it last, and when. */
  saidBy: string
  saidAt: Date
  cancelledBy: string | null
  cancelledAt: Date | null
  /** The absence that this one became a part of; it is cancelled then. */
  mergedInto: string | null
}
export interface Absences {
  /** Who is away on a date, with the last day of it. One query. */
  on(workspaceId: string, date: string): Promise<Map<string, string>>
  byId(workspaceId: string, id: string): Promise<Absence | undefined>
  /** A person's absences that stand and are not over before a date, in their order. */
  standing(workspaceId: string, personId: string, since: string): Promise<Absence[]>
  /** All that is kept of one person's, the newest first. */
  ofPerson(workspaceId: string, personId: string): Promise<Absence[]>
  /** Absences of a person's own, and those of others that they told of or cancelled. */
  touchedBy(workspaceId: string, personId: string): Promise<string[]>
  put(absence: Absence): Promise<void>
}
/** Longest absence, in days, and how far ahead one may begin. */
export const MAX_DAYS = 366
