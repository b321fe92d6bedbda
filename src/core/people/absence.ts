/** Days on which a person is away and their reminders go to a stand-in. Dates are yyyy-mm-dd, both inclusive. */
export interface Absence {
  id: string
  workspaceId: string
  personId: string
  from: string
  until: string
  /** Who entered it, or changed it last, and when. */
  enteredBy: string
  enteredAt: Date
  cancelledBy: string | null
  cancelledAt: Date | null
  /** The absence into which this one was merged, which cancelled this one; null for none. */
  mergedInto: string | null
}

export interface Absences {
  /** People who are away on a date, with their last day. One query. */
  on(workspaceId: string, date: string): Promise<Map<string, string>>
  byId(workspaceId: string, id: string): Promise<Absence | undefined>
  /** A person's absences that are not cancelled and end on or after a date, by date. */
  active(workspaceId: string, personId: string, since: string): Promise<Absence[]>
  /** All absences of one person, newest first. */
  ofPerson(workspaceId: string, personId: string): Promise<Absence[]>
  /** Ids of a person's own absences, and of those of others that they entered or cancelled. */
  touchedBy(workspaceId: string, personId: string): Promise<string[]>
  put(absence: Absence): Promise<void>
}

/** Longest absence in days, and how many days ahead one may begin. */
export const MAX_DAYS = 366
