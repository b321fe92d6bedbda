import { describe, expect, it } from 'vitest'
import { criteriaOf, criterionOf, submissionNumber } from '../../../src/core/campaign/campaign.js'
import { campaign } from '../../example.js'

describe('a campaign', () => {
  it('numbers submissions with six digits, and with more when they run out', () => {
    expect(submissionNumber(campaign, 123)).toBe('TĐ-2024-000123')
    expect(submissionNumber(campaign, 1_234_567)).toBe('TĐ-2024-1234567')
  })

  it('finds criteria by their codes, with the group of each', () => {
    expect(criteriaOf(campaign)).toHaveLength(11)
    expect(criterionOf(campaign, 'b6')).toMatchObject({ code: 'b6', group: 'b' })
    expect(criterionOf(campaign, 'c1')).toBeUndefined()
  })
})
