import type { Attachments } from './attachment/attachment.js'
import type { FileDrops } from './attachment/drop-files.js'
import type { Audit } from './audit/append.js'
import type { Holidays } from './calendar/holiday.js'
import type { Campaign } from './campaign/campaign.js'
import type { Thanks } from './digest/plan-thanks.js'
import type { Digests } from './digest/weekly.js'
import type { Outbox } from './outbox/outbox.js'
import type { OutboxView } from './outbox/outbox-view.js'
import type { Person, Role } from './people/person.js'
import type { Absences } from './people/tell-absence.js'
import type { Unit } from './people/unit.js'
import type { Erasures } from './privacy/decide-erasure.js'
import type { PersonalData } from './privacy/erase.js'
import type { Progress } from './progress/progress-rows.js'
import type { Desk } from './queries/desk.js'
import type { HomeRows } from './queries/home.js'
import type { Search } from './queries/search.js'
import type { Handovers, Reminders } from './reminder/rows.js'
import type { Wishes } from './reminder/set-preference.js'
import type { UnitReports } from './report/rows.js'
import type { Review, ReviewKind } from './report/set-review-dates.js'
import type { NewSubmission, Submission, SubmissionEvent } from './submission/decide.js'
import type { Draft, TypedAt } from './submission/keep-draft.js'
import type { PaperReceipts } from './submission/record-paper.js'
import type { SubmissionState } from './submission/state.js'

/** All that the core asks of the world. Instants are `Date`, plain dates `yyyy-mm-dd`. */

export type Clock = () => Date
/** A new id, never given before; later ids sort after earlier ones. */
export type NewId = () => string

export interface Store {
  /**
   * Runs a use case in one transaction; resolves after its commit is on the disk. A use case that throws leaves nothing
   * behind. It may be run together with others in one commit, so it must await nothing but its `tx`.
   */
  write<T>(useCase: (tx: Tx) => Promise<T>): Promise<T>
  /** Reads what was committed last. Each query sees the newest state. */
  read<T>(query: (tx: Tx) => Promise<T>): Promise<T>
  close(): Promise<void>
}

/** The rows of one transaction, a noun a member. */
export interface Tx {
  workspaces: Workspaces
  units: Units
  people: People
  accounts: Accounts
  campaigns: Campaigns
  reviews: Reviews
  submissions: Submissions
  attachments: Attachments
  drops: FileDrops
  unitReports: UnitReports
  nilReports: NilReports
  drafts: Drafts
  progress: Progress
  rungs: Rungs
  reminders: Reminders
  handovers: Handovers
  digests: Digests
  thanks: Thanks
  outbox: Outbox
  outboxView: OutboxView
  seen: Seen
  audit: Audit
  settings: SettingRows
  holidays: Holidays
  homes: HomeRows
  desk: Desk
  search: Search
  paperReceipts: PaperReceipts
  erasures: Erasures
  absences: Absences
  wishes: Wishes
  personalData: PersonalData
}

export interface Workspaces {
  /** The workspace of a chat team; adopts the one that an import made before the bot first met its chat. */
  adopt(platform: string, externalId: string, now: Date): Promise<string>
  /** The only workspace there is, made if there is none; for the command line. */
  only(now: Date): Promise<string>
  all(): Promise<{ id: string; platform: string | null; externalId: string | null }[]>
}

export interface Units {
  list(workspaceId: string): Promise<Unit[]>
  byId(workspaceId: string, id: string): Promise<Unit | undefined>
  put(workspaceId: string, unit: Unit): Promise<void>
}

export interface PersonRole {
  person: Person
  role: Role
  unit: Unit
}

export interface People {
  byId(workspaceId: string, id: string): Promise<Person | undefined>
  /** Also someone who left the roster, or was erased: their name is a placeholder then. */
  everById(workspaceId: string, id: string): Promise<Person | undefined>
  byEmail(workspaceId: string, email: string): Promise<Person | undefined>
  /** Also someone who was taken off the roster: whoever comes back is the same person. */
  everByEmail(workspaceId: string, email: string): Promise<Person | undefined>
  /** Everyone on the roster, with every role. */
  roster(workspaceId: string): Promise<PersonRole[]>
  rolesOf(workspaceId: string, personId: string): Promise<{ role: Role; unit: Unit }[]>
  withRole(workspaceId: string, role: Role): Promise<Person[]>
  /** Every head and deputy of every unit. */
  leaders(workspaceId: string): Promise<{ unitId: string; role: 'head' | 'deputy'; person: Person }[]>
  withRoleIn(workspaceId: string, unitId: string, role: Role): Promise<Person[]>
  put(workspaceId: string, person: Person, onRoster: boolean): Promise<void>
  setRoles(workspaceId: string, personId: string, roles: readonly { role: Role; unitId: string }[]): Promise<void>
  /** Takes a person off the roster: no roles, no way in; what they did stays theirs. */
  retire(workspaceId: string, id: string): Promise<void>
  /** Who was sent something since then and could not be reached, unless they were met after. */
  unreachable(workspaceId: string, since: Date): Promise<Person[]>
  /** Names by id, of whoever left the roster too. */
  names(workspaceId: string, ids: readonly string[]): Promise<Map<string, string>>
  /** How many people the roster holds. */
  count(workspaceId: string): Promise<number>
}

export interface Account {
  platform: string
  externalId: string
  personId: string | null
}

export interface Met {
  person: Person
  roles: { role: Role; unit: Unit }[]
}

export interface Accounts {
  /** The person behind an account that was met, with every role; undefined for one who is unknown or off the roster. */
  met(workspaceId: string, platform: string, externalId: string): Promise<Met | undefined>
  byExternalId(workspaceId: string, platform: string, externalId: string): Promise<Account | undefined>
  ofPerson(workspaceId: string, platform: string, personId: string): Promise<Account | undefined>
  bind(workspaceId: string, account: Account, now: Date): Promise<void>
}

export interface Campaigns {
  /** The campaign that is meant where nobody names one: the one imported last. */
  current(workspaceId: string): Promise<Campaign | undefined>
  /** Every campaign that was ever imported, the one imported last first. */
  all(workspaceId: string): Promise<Campaign[]>
  byId(workspaceId: string, id: string): Promise<Campaign | undefined>
  byCode(workspaceId: string, code: string): Promise<{ id: string; hash: string } | undefined>
  put(
    campaign: { id: string; workspaceId: string; code: string; hash: string; plan: unknown },
    now: Date,
  ): Promise<void>
}

export interface Reviews {
  list(campaignId: string): Promise<Review[]>
  set(workspaceId: string, campaignId: string, review: Review, by: string, now: Date): Promise<void>
}

export interface Submissions {
  /** The next running number of a campaign, from 1; to be inserted in the same transaction, so that each is given once. */
  nextNumber(workspaceId: string, campaignId: string): Promise<number>
  insert(submission: Submission, requestKey: string | null): Promise<void>
  /** What a person handed in through one form, when that form was already taken. */
  byRequest(workspaceId: string, requestKey: string): Promise<Submission | undefined>
  /** What was handed in under keys that begin with one form's (`formKey`). */
  ofForm(workspaceId: string, key: string): Promise<NewSubmission[]>
  byId(workspaceId: string, id: string): Promise<Submission | undefined>
  ofCell(campaignId: string, unitId: string, criterion: string): Promise<Submission[]>
  /** What one person handed in: what was returned first, then the newest first; what was withdrawn left out. */
  ofAuthor(campaignId: string, authorId: string, limit: number): Promise<Submission[]>
  /** How much of it stands in each state. */
  countOfAuthor(campaignId: string, authorId: string): Promise<Partial<Record<SubmissionState, number>>>
  /** What waits for the head of a unit, the oldest first. */
  waitingOf(campaignId: string, unitId: string, limit: number): Promise<Submission[]>
  updateContent(submission: Submission, now: Date): Promise<void>
  setState(workspaceId: string, id: string, state: SubmissionState, now: Date): Promise<void>
  addEvent(workspaceId: string, event: SubmissionEvent): Promise<void>
  /** The last change of state, with who made it. */
  lastEvent(submissionId: string): Promise<(SubmissionEvent & { byName: string }) | undefined>
  /** The event with which what stands there now was handed in: another one as soon as the author changes anything. */
  lastWriting(submissionId: string): Promise<(SubmissionEvent & { byName: string }) | undefined>
  /** Every change of state, in order, with who made it. */
  events(submissionId: string): Promise<(SubmissionEvent & { byName: string })[]>
  /** The newest changes of state first, of what a person wrote or of what is of some units; at most `limit`. */
  latestEvents(
    workspaceId: string,
    of: { authorId: string } | { unitIds: readonly string[] },
    limit: number,
  ): Promise<(SubmissionEvent & { byName: string })[]>
  byNumber(campaignId: string, number: number): Promise<Submission | undefined>
  /** All that a person handed in, in any campaign and whatever became of it, newest first; at most `limit`. */
  writtenBy(workspaceId: string, personId: string, limit: number): Promise<Submission[]>
}

export interface NilKey {
  unitId: string
  criterion: string
  reviewKind: ReviewKind
}
export type NilReport = NilKey & { reason: string | null }

export interface NilReports {
  ofUnit(campaignId: string, unitId: string): Promise<NilReport[]>
  /** False when it was said already. */
  add(workspaceId: string, campaignId: string, report: NilReport, by: string, now: Date): Promise<boolean>
  /** Gives what was said already another reason; false when it was not said, or with this very reason. */
  setReason(campaignId: string, report: NilReport): Promise<boolean>
  /** False when it was not said. */
  remove(campaignId: string, report: NilKey): Promise<boolean>
}

export interface Drafts {
  /**
   * Keeps what was typed, over what was typed before it: never over another person's draft, nor over what was typed later
   * in the same form. `isNew` false: only where there is a draft already.
   */
  save(draft: Draft, at: TypedAt, isNew: boolean): Promise<void>
  byId(workspaceId: string, id: string): Promise<Draft | undefined>
  /** A person's drafts, the newest first. */
  ofPerson(workspaceId: string, personId: string, campaignId: string): Promise<Draft[]>
  /** Removes a person's draft; nothing where there is none. */
  remove(personId: string, id: string): Promise<void>
  /** Removes the drafts that nobody touched since. */
  forget(before: Date): Promise<void>
}

export interface Rungs {
  /** Keys of what was planned, or stands for it. */
  planned(campaignId: string): Promise<Set<string>>
  markPlanned(workspaceId: string, campaignId: string, key: string, now: Date): Promise<void>
}

export interface SettingRows {
  /** What was set, by name; values as JSON gives them. */
  all(workspaceId: string): Promise<Readonly<Record<string, unknown>>>
  set(workspaceId: string, name: string, value: unknown, by: string | null, now: Date): Promise<void>
}

export interface Seen {
  /** True the first time that a key is named, false ever after (kept for at least a day). */
  firstTime(workspaceId: string, key: string, now: Date): Promise<boolean>
  forget(before: Date): Promise<void>
}
