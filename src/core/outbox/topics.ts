/**
 * The topics of the outbox: how the key of every message begins, by what the message is about. `Outbox.touch(topic)` marks
 * all sent messages of a topic for an update in place. Stored keys depend on these strings, so they never change.
 */

/** All messages about one submission; they follow its state. */
export const aboutSubmission = (id: string): string => `submission:${id}:`

/** All messages about one unit's reports; they follow the reports' states. */
export const aboutUnitReports = (unitId: string): string => `unitReport:${unitId}:`

/**
 * The messages about a unit's reports that are also updated with its evidence: the offer to send, and the request to
 * the Board.
 */
export const aboutEvidence = (unitId: string): string => `${aboutUnitReports(unitId)}evidence:`

/** All messages about one file drop; they follow its files. */
export const aboutDrop = (id: string): string => `drop:${id}:`

/** The key of the background work that fetches the bytes of one attachment. */
export const fetchKey = (attachmentId: string): string => `attachment:${attachmentId}:fetch`

/** The key of the background work that shows a submission's files; `once` distinguishes one request from another. */
export const showKey = (submissionId: string, once: string): string => `show:${submissionId}:${once}`

/**
 * The key of the background work that sends a person their calendar file; `once` distinguishes one request from
 * another.
 */
export const calendarKey = (personId: string, once: string): string => `calendar:${personId}:${once}`

/** All reminders of one person. */
export const aboutReminders = (personId: string): string => `reminder:${personId}:`

/** The key of a person's reminder of a day (yyyy-mm-dd), of which there is at most one. */
export const reminderKey = (personId: string, day: string): string => `${aboutReminders(personId)}${day}`

/** The daily digests of overdue units of one workspace. */
export const aboutOverdue = (workspaceId: string): string => `late:${workspaceId}:`

/** The key of the weekly digest to one person; `week` is its Monday (yyyy-mm-dd). */
export const digestKey = (campaignId: string, week: string, personId: string): string =>
  `digest:${campaignId}:${week}:${personId}`

/** The key of the month-end thanks to one person; `month` is yyyy-mm. */
export const thanksKey = (month: string, personId: string): string => `thanks:${month}:${personId}`

/** All messages about one closing of a review; they follow when it is reopened. */
export const aboutClosing = (id: string): string => `closing:${id}:`

/** All messages about one absence. */
export const aboutAbsence = (id: string): string => `absence:${id}:`

/** All messages about the holiday table of one year. */
export const aboutHolidays = (workspaceId: string, year: number): string => `holidays:${workspaceId}:${year}:`

/** All messages about one request to erase personal data. */
export const aboutErasure = (id: string): string => `erasure:${id}:`

/** All messages of one workspace about messages that could not be delivered. */
export const aboutUndelivered = (workspaceId: string): string => `undelivered:${workspaceId}:`

/**
 * What the Organisation–Administration Office is told once: a unit without leaders, an account that is not on the
 * roster, a person whom messages cannot reach, an account that was refused (the admins too).
 */
export type OfficeNotice = 'headless' | 'stranger' | 'unreachable' | 'account.refused'

/** All messages to the Organisation–Administration Office about one unit (`headless`), account (`stranger`) or person. */
export const aboutOfficeNotice = (kind: OfficeNotice, subject: string): string => `${kind}:${subject}:`
