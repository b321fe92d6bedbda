import { describe, expect, it } from 'vitest'
import { FormError } from '../../../src/core/errors.js'
import { covers, differs, gapsOf } from '../../../src/core/report/content.js'
import type { ReportGaps, ReportItem, ReportLine, UnitReportContent } from '../../../src/core/report/report.js'
import { checkReason, faultsOf } from '../../../src/core/report/text.js'

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

describe('what a report lacks', () => {
  it('is every criterion with nothing or with what was returned, and whatever waits for the head', () => {
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
    ['less than that', { missing: ['a1', 'b2'], waiting: 2 }, { missing: ['b2'], waiting: 0 }, true],
    ['another criterion', { missing: ['a1'], waiting: 2 }, { missing: ['b2'], waiting: 0 }, false],
    ['more that waits', { missing: ['a1'], waiting: 2 }, { missing: [], waiting: 3 }, false],
    ['anything where nothing was', { missing: [], waiting: 0 }, { missing: ['a1'], waiting: 0 }, false],
  ])('is agreed to where it is %s', (_, agreed, now, expected) => {
    expect(covers(agreed, now)).toBe(expected)
  })
})

describe('a report that was sent', () => {
  const sent = content([
    line('a1', { state: 'confirmed', items: [item()], waiting: 1 }),
    line('a2', { state: 'nil', nilReason: 'Không có đợt nào' }),
    line('a3'),
  ])
  const with1 = (some: Partial<ReportLine>, at = 0) =>
    content(sent.lines.map((l, i) => (i === at ? { ...l, ...some } : l)))

  it.each<[string, UnitReportContent, boolean]>([
    ['nothing did', content([...sent.lines]), false],
    ['the Board accepted an achievement', with1({ items: [item({ state: 'accepted' })] }), false],
    ['more waits for the head', with1({ waiting: 5 }), false],
    ['something waits where nothing was', with1({ state: 'waiting', waiting: 1 }, 2), false],
    ['an achievement came', with1({ items: [item(), item({ id: '2', number: 2 })] }), true],
    ['an achievement went', with1({ state: 'returned', items: [] }), true],
    ['an achievement reads otherwise', with1({ items: [item({ text: 'Khác' })] }), true],
    ['its figure is another', with1({ items: [item({ figure: '24' })] }), true],
    ['nothing is no longer said to have occurred', with1({ state: 'missing', nilReason: null }, 1), true],
    ['the reason for that is another', with1({ nilReason: 'Khác' }, 1), true],
    ['nothing was said to have occurred', with1({ state: 'nil' }, 2), true],
    ['paper was received', with1({ state: 'confirmed' }, 2), true],
    ['the head wrote something', { ...sent, selfAssessment: 'Tốt' }, true],
    ['the head wrote of a difficulty', { ...sent, difficulties: 'Thiếu súng tập' }, true],
  ])('has changed or not, where %s', (_, now, expected) => {
    expect(differs(sent, now)).toBe(expected)
  })

  it('reads the same after it was stored', () => {
    expect(differs(JSON.parse(JSON.stringify(sent)), sent)).toBe(false)
  })
})

describe('what people write in a report', () => {
  it('is refused where it is too long or bears a stamp', () => {
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
  ])('is a reason that says something (“%.10s”)', (typed, key) => {
    expect(() => checkReason(typed)).toThrow(FormError)
    expect(() => checkReason(typed)).toThrow(`reason: ${key}`)
  })

  it('is a reason without the spaces around it', () => {
    expect(checkReason(' Thiếu số liệu a3 ')).toBe('Thiếu số liệu a3')
  })
})
