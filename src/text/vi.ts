import { absence } from './vi/absence.js'
import { attachment } from './vi/attachment.js'
import { audit } from './vi/audit.js'
import { calendar } from './vi/calendar.js'
import { campaign } from './vi/campaign.js'
import { coach } from './vi/coach.js'
import { common } from './vi/common.js'
import { desk } from './vi/desk.js'
import { digest } from './vi/digest.js'
import { draft } from './vi/draft.js'
import { erasure } from './vi/erasure.js'
import { faults } from './vi/faults.js'
import { handover } from './vi/handover.js'
import { holiday } from './vi/holiday.js'
import { home } from './vi/home.js'
import { menu } from './vi/menu.js'
import { nil } from './vi/nil.js'
import { nudge } from './vi/nudge.js'
import { office } from './vi/office.js'
import { outbox } from './vi/outbox.js'
import { paperReceipt } from './vi/paper-receipt.js'
import { rehearsal } from './vi/rehearsal.js'
import { reminder } from './vi/reminder.js'
import { reminderWish } from './vi/reminder-wish.js'
import { search } from './vi/search.js'
import { setting } from './vi/setting.js'
import { status } from './vi/status.js'
import { submission } from './vi/submission.js'
import { summary } from './vi/summary.js'
import { thanks } from './vi/thanks.js'
import { unitReport } from './vi/unit-report.js'

/** Every sentence that people see in the chat. A missing one does not compile. */
export const vi = {
  common,
  faults,
  menu,
  submission,
  attachment,
  campaign,
  coach,
  draft,
  nil,
  status,
  summary,
  unitReport,
  calendar,
  holiday,
  rehearsal,
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
  reminderWish,
}
