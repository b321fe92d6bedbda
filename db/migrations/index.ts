import type { Migration } from 'kysely'
import * as mainJob from './0001-main-job.js'
import * as audit from './0002-audit.js'
import * as desk from './0003-desk.js'
import * as unitReport from './0004-unit-report.js'
import * as draft from './0005-draft.js'
import * as home from './0006-home.js'
import * as personalData from './0007-personal-data.js'
import * as attachment from './0008-attachment.js'
import * as holiday from './0009-holiday.js'
import * as reminder from './0010-reminder.js'
import * as absence from './0011-absence.js'
import * as digest from './0012-digest.js'
import * as delivery from './0013-delivery.js'
import * as calendarFile from './0015-calendar-file.js'
import * as withheld from './0016-withheld.js'
import * as openTurn from './0018-open-turn.js'
import * as closing from './0019-closing.js'
import * as unconfirmed from './0020-unconfirmed.js'
import * as auditIndex from './0023-audit-index.js'

/** Every migration in its order, under the name that is recorded when it has run. */
export const migrations: Record<string, Migration> = {
  '0001-main-job': mainJob,
  '0002-audit': audit,
  '0003-desk': desk,
  '0004-unit-report': unitReport,
  '0005-draft': draft,
  '0006-home': home,
  '0007-personal-data': personalData,
  '0008-attachment': attachment,
  '0010-reminder': reminder,
  '0009-holiday': holiday,
  '0011-absence': absence,
  '0012-digest': digest,
  '0013-delivery': delivery,
  '0015-calendar-file': calendarFile,
  '0016-withheld': withheld,
  '0018-open-turn': openTurn,
  '0019-closing': closing,
  '0020-unconfirmed': unconfirmed,
  '0023-audit-index': auditIndex,
}
