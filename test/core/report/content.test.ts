import { describe, expect, it } from 'vitest'
import { covers, differs, gapsOf } from '../../../src/core/report/content.js'
import type { ReportGaps, ReportItem, ReportLine, UnitReportContent } from '../../../src/core/report/report.js'
import { checkReason, faultsOf } from '../../../src/core/report/text.js'
import { formFaults } from '../form-faults.js'

const item = (some: Partial<ReportItem> = {}): ReportItem => ({
  id: '1',
  number: 1,
  state: 'confirmed',
  text: 'Huấn luyện 25/25',
  doneOn: '2024-05-17',
  figure: '25',
  figureUnit: 'người',
  links: [],
  ...some,
})
const line = (criterion: string, some: Partial<ReportLine> = {}): ReportLine => ({
  criterion,
  state: 'missing',
  items: [],
  waiting: 0,
  nilReason: null,
  ...some,
})
const content = (lines: ReportLine[], texts = { selfAssessment: '', difficulties: '' }): UnitReportContent => ({
  lines,
  ...texts,
})

describe('the gaps of a report', () => {
  it('are missing and returned criteria, and submissions awaiting the head', () => {
    const lines = [
      line('a1', { state: 'confirmed', items: [item()], waiting: 2 }),
      line('a2', { state: 'waiting', waiting: 1 }),
      line('a3', { state: 'nil' }),
      line('a4', { state: 'returned' }),
      line('a5'),
    ]
    expect(gapsOf({ lines })).toEqual({ missing: ['a4', 'a5'], waiting: 3 })
  })

  it.each<[string, ReportGaps, ReportGaps, boolean]>([
    ['the same', { missing: ['a1'], waiting: 2 }, { missing: ['a1'], waiting: 2 }, true],
    ['fewer', { missing: ['a1', 'b2'], waiting: 2 }, { missing: ['b2'], waiting: 0 }, true],
    ['another criterion', { missing: ['a1'], waiting: 2 }, { missing: ['b2'], waiting: 0 }, false],
    ['more that await the head', { missing: ['a1'], waiting: 2 }, { missing: [], waiting: 3 }, false],
    ['a gap when there was none', { missing: [], waiting: 0 }, { missing: ['a1'], waiting: 0 }, false],
  ])('are accepted as seen when they are %s', (_, agreed, now, expected) => {
    expect(covers(agreed, now)).toBe(expected)
  })
})

describe('a sent report', () => {
  const sent = content([
    line('a1', { state: 'confirmed', items: [item()], waiting: 1 }),
    line('a2', { state: 'nil', nilReason: 'Không có đợt nào' }),
    line('a3'),
  ])
  const with1 = (some: Partial<ReportLine>, at = 0) =>
    content(sent.lines.map((l, i) => (i === at ? { ...l, ...some } : l)))

  it.each<[string, UnitReportContent, boolean]>([
    ['nothing changed', content([...sent.lines]), false],
    ['the Board accepted an achievement', with1({ items: [item({ state: 'accepted' })] }), false],
    ['more submissions await the head', with1({ waiting: 5 }), false],
    ['a submission awaits the head of an empty criterion', with1({ state: 'waiting', waiting: 1 }, 2), false],
    ['an achievement was added', with1({ items: [item(), item({ id: '2', number: 2 })] }), true],
    ['an achievement was returned', with1({ state: 'returned', items: [] }), true],
    ['an achievement’s text changed', with1({ items: [item({ text: 'Khác' })] }), true],
    ['an achievement’s figure changed', with1({ items: [item({ figure: '24' })] }), true],
    ['a nil report was withdrawn', with1({ state: 'missing', nilReason: null }, 1), true],
    ['the reason of a nil report changed', with1({ nilReason: 'Khác' }, 1), true],
    ['a nil report was added', with1({ state: 'nil' }, 2), true],
    ['paper was received', with1({ state: 'confirmed' }, 2), true],
    ['the head wrote a self-assessment', { ...sent, selfAssessment: 'Tốt' }, true],
    ['the head wrote about difficulties', { ...sent, difficulties: 'Thiếu súng tập' }, true],
  ])('has or has not changed when %s', (_, now, expected) => {
    expect(differs(sent, now)).toBe(expected)
  })

  it('is the same after it was stored', () => {
    expect(differs(JSON.parse(JSON.stringify(sent)), sent)).toBe(false)
  })
})

describe('the text of a report', () => {
  it('is refused when it is too long or has a secrecy mark', () => {
    expect(faultsOf('difficulties', 'x'.repeat(3000))).toEqual([])
    expect(faultsOf('difficulties', 'x'.repeat(3001)).map((f) => f.key)).toEqual(['unitReport.text_too_long'])
    expect(faultsOf('selfAssessment', 'Kế hoạch MẬT').map((f) => [f.field, f.key])).toEqual([
      ['selfAssessment', 'submission.secret'],
    ])
  })

  it.each([
    ['  ', 'unitReport.reason_empty'],
    ['x'.repeat(1001), 'unitReport.text_too_long'],
    ['Theo công văn TỐI MẬT', 'submission.secret'],
  ])('is refused as the reason of a rejection: “%.10s”', (typed, key) => {
    expect(formFaults(() => checkReason(typed))).toMatchObject([{ field: 'reason', key }])
  })

  it('is trimmed as a reason', () => {
    expect(checkReason(' Thiếu số liệu a3 ')).toBe('Thiếu số liệu a3')
  })
})
