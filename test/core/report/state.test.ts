import { describe, expect, it } from 'vitest'
import { reportMayBecome, type UnitReportState, unitReportStates } from '../../../src/core/report/state.js'

describe('a unit report', () => {
  it.each<[UnitReportState, string, UnitReportState[]]>([
    ['draft', 'may be sent', ['sent']],
    ['sent', 'may be approved, rejected, sent again or taken back', ['draft', 'sent', 'approved', 'rejected']],
    ['approved', 'may be rejected or sent again', ['sent', 'rejected']],
    ['rejected', 'may be sent again', ['sent']],
  ])('in state %s %s', (from, _, expected) => {
    expect(unitReportStates.filter((to) => reportMayBecome(from, to)).sort()).toEqual([...expected].sort())
  })
})
