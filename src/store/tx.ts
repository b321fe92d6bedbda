import type { Tx } from '../core/ports.js'
import { absenceRows } from './absence.js'
import { accountRows } from './account.js'
import { attachmentRows } from './attachment.js'
import { auditRows } from './audit.js'
import { campaignRows } from './campaign.js'
import { deskRows } from './desk.js'
import { digestRows } from './digest.js'
import { draftRows } from './draft.js'
import { erasureRows } from './erasure.js'
import { fileDropRows } from './file-drop.js'
import { handoverRows } from './handover.js'
import { holidayRows } from './holiday.js'
import { homeRows } from './home.js'
import { nilReportRows } from './nil-report.js'
import { outboxRows } from './outbox.js'
import { outboxViewRows } from './outbox-view.js'
import { paperReceiptRows } from './paper-receipt.js'
import { personRows } from './person.js'
import { personalDataRows } from './personal-data.js'
import { progressRows } from './progress.js'
import type { Exec } from './query.js'
import { reminderRows } from './reminder.js'
import { reminderWishRows } from './reminder-wish.js'
import { reviewRows } from './review.js'
import { rungRows } from './rung.js'
import { searchRows } from './search.js'
import { seenRows } from './seen.js'
import { settingRows } from './setting.js'
import { submissionRows } from './submission.js'
import { submissionHistoryRows } from './submission-history.js'
import { thanksRows } from './thanks.js'
import { unitRows } from './unit.js'
import { unitReportRows } from './unit-report.js'
import { workspaceRows } from './workspace.js'

/** Every noun's rows over one connection. */
export const rowsOf = (exec: Exec): Tx => ({
  workspaces: workspaceRows(exec),
  units: unitRows(exec),
  people: personRows(exec),
  accounts: accountRows(exec),
  campaigns: campaignRows(exec),
  reviews: reviewRows(exec),
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
  seen: seenRows(exec),
  audit: auditRows(exec),
  settings: settingRows(exec),
  holidays: holidayRows(exec),
  homes: homeRows(exec),
  desk: deskRows(exec),
  search: searchRows(exec),
  paperReceipts: paperReceiptRows(exec),
  erasures: erasureRows(exec),
  absences: absenceRows(exec),
  wishes: reminderWishRows(exec),
  personalData: personalDataRows(exec),
})
