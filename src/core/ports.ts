import type { Attachments } from './attachment/attachment.js'
import type { FileDrops } from './attachment/file-drop.js'
import type { Audit } from './audit/audit.js'
import type { Holidays } from './calendar/holiday.js'
import type { Campaigns } from './campaign/campaign.js'
import type { Reviews } from './campaign/review.js'
import type { SettingRows } from './campaign/setting.js'
import type { Thanks } from './digest/thanks.js'
import type { Digests } from './digest/weekly.js'
import type { Outbox } from './outbox/outbox.js'
import type { OutboxView } from './outbox/outbox-view.js'
import type { ProcessedEvents } from './outbox/processed-event.js'
import type { Absences } from './people/absence.js'
import type { Accounts } from './people/account.js'
import type { People } from './people/person.js'
import type { Units } from './people/unit.js'
import type { Workspaces } from './people/workspace.js'
import type { Erasures } from './privacy/erasure.js'
import type { PersonalData } from './privacy/personal-data.js'
import type { Progress } from './progress/progress-rows.js'
import type { Desk } from './queries/desk/rows.js'
import type { HomeRows } from './queries/home/rows.js'
import type { ReminderPreferences } from './reminder/preference.js'
import type { Handovers, Reminders, Rungs } from './reminder/rows.js'
import type { UnitReports } from './report/rows.js'
import type { Closings } from './review/closing.js'
import type { Drafts } from './submission/draft.js'
import type { NilReports } from './submission/nil-report.js'
import type { PaperReceipts } from './submission/paper-receipt.js'
import type { Search } from './submission/search-index.js'
import type { Submissions } from './submission/submission.js'

/** The interfaces that the core needs from outside. Instants are `Date`, plain dates `yyyy-mm-dd`. */

export type Clock = () => Date

/** A new unique id; later ids sort after earlier ones. */
export type NewId = () => string

export interface Store {
  /**
   * Runs a use case in one transaction; resolves after its commit is durable. A use case that throws is rolled back. It
   * may share a commit with others, so it must await nothing but its `tx`.
   */
  write<T>(useCase: (tx: Tx) => Promise<T>): Promise<T>
  /** Reads committed data. Each query sees the newest state. */
  read<T>(query: (tx: Tx) => Promise<T>): Promise<T>
  close(): Promise<void>
}

/** The rows within one transaction, a member per noun. */
export interface Tx {
  workspaces: Workspaces
  units: Units
  people: People
  accounts: Accounts
  campaigns: Campaigns
  reviews: Reviews
  closings: Closings
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
  processedEvents: ProcessedEvents
  audit: Audit
  settings: SettingRows
  holidays: Holidays
  homes: HomeRows
  desk: Desk
  search: Search
  paperReceipts: PaperReceipts
  erasures: Erasures
  absences: Absences
  reminderPreferences: ReminderPreferences
  personalData: PersonalData
}
