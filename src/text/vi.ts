import { attachment } from './vi/attachment/attachment.js'
import { audit } from './vi/audit/audit.js'
import { calendar } from './vi/calendar/calendar.js'
import { holiday } from './vi/calendar/holiday.js'
import { campaign } from './vi/campaign/campaign.js'
import { setting } from './vi/campaign/setting.js'
import { common } from './vi/common.js'
import { desk } from './vi/desk/desk.js'
import { search } from './vi/desk/search.js'
import { digest } from './vi/digest/digest.js'
import { thanks } from './vi/digest/thanks.js'
import { faults } from './vi/faults.js'
import { home } from './vi/home/home.js'
import { menu } from './vi/home/menu.js'
import { outbox } from './vi/outbox/outbox.js'
import { absence } from './vi/people/absence.js'
import { office } from './vi/people/office.js'
import { erasure } from './vi/privacy/erasure.js'
import { status } from './vi/progress/status.js'
import { summary } from './vi/progress/summary.js'
import { dryRun } from './vi/reminder/dry-run.js'
import { handover } from './vi/reminder/handover.js'
import { nudge } from './vi/reminder/nudge.js'
import { preference } from './vi/reminder/preference.js'
import { reminder } from './vi/reminder/reminder.js'
import { unitReport } from './vi/report/report.js'
import { closing } from './vi/review/closing.js'
import { draft } from './vi/submission/draft.js'
import { duplicate } from './vi/submission/duplicate.js'
import { hint } from './vi/submission/hint.js'
import { nilReport } from './vi/submission/nil-report.js'
import { paperReceipt } from './vi/submission/paper-receipt.js'
import { submission } from './vi/submission/submission.js'
import { waiting } from './vi/submission/waiting.js'

/** Every sentence that people see in the chat. */
export const vi = {
  common,
  faults,
  menu,
  submission,
  waiting,
  attachment,
  campaign,
  hint,
  duplicate,
  draft,
  nilReport,
  status,
  summary,
  unitReport,
  closing,
  calendar,
  holiday,
  dryRun,
  reminder,
  handover,
  digest,
  thanks,
  office,
  nudge,
  outbox,
  home,
  desk,
  search,
  setting,
  audit,
  paperReceipt,
  erasure,
  absence,
  preference,
}
