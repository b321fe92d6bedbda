import { describe } from 'vitest'
import type { Store } from '../../src/core/ports.js'
import { absenceContract } from './contract-absence.js'
import { auditContract } from './contract-audit.js'
import { countsContract } from './contract-counts.js'
import { deskContract } from './contract-desk.js'
import { digestContract } from './contract-digest.js'
import { draftsContract } from './contract-drafts.js'
import { holidayContract } from './contract-holiday.js'
import { homesContract } from './contract-homes.js'
import { outboxContract } from './contract-outbox.js'
import { remindersContract } from './contract-reminders.js'
import { rowsContract } from './contract-rows.js'
import { searchContract } from './contract-search.js'
import { statesContract } from './contract-states.js'
import { unitReportContract } from './contract-unit-report.js'
import { writesContract } from './contract-writes.js'

/** Opens an empty store of its own for each test. */
export type Open = () => Promise<Store>

/** What every store keeps, whichever database is under it. */
export function storeContract(name: string, open: Open): void {
  describe(`a store on ${name}`, () => {
    writesContract(open)
    rowsContract(open)
    draftsContract(open)
    outboxContract(open)
    countsContract(open)
    holidayContract(open)
    homesContract(open)
    unitReportContract(open)
    statesContract(open)
    deskContract(open)
    digestContract(open)
    searchContract(open)
    auditContract(open)
    absenceContract(open)
    remindersContract(open)
  })
}
