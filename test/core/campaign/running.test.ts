import { describe, expect, it } from 'vitest'
import { numberIn, runningCampaigns } from '../../../src/core/campaign/running.js'
import { campaign } from '../../example.js'

const of = (id: string, from: string, to: string) => ({ ...campaign, id, period: { from, to } })
const first = of('first', '2024-01-01', '2024-12-31')
const second = of('second', '2025-01-01', '2025-12-31')

describe('the running campaigns', () => {
  // 27/12/2024 is a Friday; the twentieth working day after it is Friday 24/01/2025.
  it.each<[string, string, [string, string][], string[]]>([
    ['include those whose period has not begun', '2023-12-01', [], ['second', 'first']],
    ['include those within their period without a review date', '2024-12-31', [], ['second', 'first']],
    ['exclude those whose period ended without a review', '2025-01-01', [], ['second']],
    [
      'include those with a review after the end of the period',
      '2025-02-10',
      [['first', '2025-02-14']],
      ['second', 'first'],
    ],
    [
      'include those with a review twenty working days ago',
      '2025-01-24',
      [['first', '2024-12-27']],
      ['second', 'first'],
    ],
    ['exclude those with a review longer ago', '2025-01-25', [['first', '2024-12-27']], ['second']],
    [
      'depend on the last review of each',
      '2025-01-24',
      [
        ['first', '2024-12-27'],
        ['first', '2024-06-28'],
      ],
      ['second', 'first'],
    ],
    [
      'include those within their period after all reviews',
      '2024-12-20',
      [['first', '2024-06-28']],
      ['second', 'first'],
    ],
    ['are none when all have ended', '2026-03-01', [['second', '2025-12-26']], []],
  ])('%s', (_, today, dates, expected) => {
    const reviews = new Map(
      [first, second].map(({ id }) => [
        id,
        dates.filter(([of]) => of === id).map(([, date]) => ({ kind: 'final' as const, date })),
      ]),
    )
    expect(runningCampaigns([second, first], reviews, today).map((c) => c.id)).toEqual(expected)
  })

  it('depend on the working days of the given calendar', () => {
    const reviews = new Map([['first', [{ kind: 'final' as const, date: '2024-12-27' }]]])
    const newYear = (date: string) => date > '2025-01-02'
    expect(runningCampaigns([first], reviews, '2025-01-22', newYear)).toEqual([first])
    expect(runningCampaigns([first], reviews, '2025-01-23', newYear)).toEqual([])
  })
})

it('a submission’s number has the prefix of its own campaign', () => {
  const campaigns = new Map([first, { ...second, prefix: 'VH-2025' }].map((c) => [c.id, c]))
  expect(numberIn(campaigns, { campaignId: 'second', number: 7 })).toBe('VH-2025-000007')
  expect(numberIn(campaigns, { campaignId: 'gone', number: 7 })).toBe('7')
})
