import type { Tx } from '../core/ports.js'
import { attachmentRows } from './attachment/attachment.js'
import { fileDropRows } from './attachment/file-drop.js'
import { auditRows } from './audit/audit.js'
import { holidayRows } from './calendar/holiday.js'
import { campaignRows } from './campaign/campaign.js'
import { reviewRows } from './campaign/review.js'
import { settingRows } from './campaign/setting.js'
import { thanksRows } from './digest/thanks.js'
import { digestRows } from './digest/weekly.js'
import { outboxRows } from './outbox/outbox.js'
import { outboxViewRows } from './outbox/outbox-view.js'
import { processedEventRows } from './outbox/processed-event.js'
import { absenceRows } from './people/absence.js'
import { accountRows } from './people/account.js'
import { personRows } from './people/person.js'
import { unitRows } from './people/unit.js'
import { workspaceRows } from './people/workspace.js'
import { erasureRows } from './privacy/erasure.js'
import { personalDataRows } from './privacy/personal-data.js'
import { progressRows } from './progress/progress.js'
import { deskRows } from './queries/desk.js'
import { homeRows } from './queries/home.js'
import { searchRows } from './queries/search.js'
import type { Exec } from './query.js'
import { handoverRows } from './reminder/handover.js'
import { rungRows } from './reminder/planned-mark.js'
import { reminderPreferenceRows } from './reminder/preference.js'
import { reminderRows } from './reminder/reminder.js'
import { unitReportRows } from './report/report.js'
import { closingRows } from './review/closing.js'
import { draftRows } from './submission/draft.js'
import { submissionHistoryRows } from './submission/history.js'
import { nilReportRows } from './submission/nil-report.js'
import { paperReceiptRows } from './submission/paper-receipt.js'
import { submissionRows } from './submission/submission.js'

/** The rows of every table, on one connection. */
export const rowsOf = (exec: Exec): Tx => ({
  workspaces: workspaceRows(exec),
  units: unitRows(exec),
  people: personRows(exec),
  accounts: accountRows(exec),
  campaigns: campaignRows(exec),
  reviews: reviewRows(exec),
  closings: closingRows(exec),
  submissions: { ...submissionRows(exec), ...submissionHistoryRows(exec) },
  attachments: attachmentRows(exec),
  drops: fileDropRows(exec),
  unitReports: unitReportRows(exec),
  nilReports: nilReportRows(exec),
  drafts: draftRows(exec),
  progress: progressRows(exec),
  rungs: rungRows(exec),
  reminders: reminderRows(exec),
  handovers: handoverRows(exec),
  digests: digestRows(exec),
  thanks: thanksRows(exec),
  outbox: outboxRows(exec),
  outboxView: outboxViewRows(exec),
  processedEvents: processedEventRows(exec),
  audit: auditRows(exec),
  settings: settingRows(exec),
  holidays: holidayRows(exec),
  homes: homeRows(exec),
  desk: deskRows(exec),
  search: searchRows(exec),
  paperReceipts: paperReceiptRows(exec),
  erasures: erasureRows(exec),
  absences: absenceRows(exec),
  reminderPreferences: reminderPreferenceRows(exec),
  personalData: personalDataRows(exec),
})
