import { describe } from 'vitest'
import { auditContract } from './audit/audit-contract.js'
import { holidayContract } from './calendar/holiday-contract.js'
import { digestContract } from './digest/digest-contract.js'
import type { OpenStore } from './open-store.js'
import { outboxContract } from './outbox/outbox-contract.js'
import { absenceContract } from './people/absence-contract.js'
import { countsContract } from './progress/counts-contract.js'
import { deskContract } from './queries/desk-contract.js'
import { homesContract } from './queries/home-contract.js'
import { searchContract } from './queries/search-contract.js'
import { remindersContract } from './reminder/reminder-contract.js'
import { unitReportContract } from './report/report-contract.js'
import { rowsContract } from './rows-contract.js'
import { draftsContract } from './submission/draft-contract.js'
import { statesContract } from './submission/states-contract.js'
import { writesContract } from './writes-contract.js'

/** The guarantees of every store, for any database. */
export function storeContract(name: string, open: OpenStore): void {
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
