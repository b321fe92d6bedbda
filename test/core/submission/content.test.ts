import { describe, expect, it } from 'vitest'

import { checkContent, parseFigure, type SubmissionDraft } from '../../../src/core/submission/content.js'
import { at, campaign, timeZone } from '../../example.js'
import { formFaults } from '../form-faults.js'

const sound: SubmissionDraft = {
  unitId: 'KCK',
  criterion: 'a2',
  text: 'Huấn luyện 25/25 đạt 100%',
  doneOn: '2024-05-17',
}
const check = (some: SubmissionDraft, now = at('2024-05-20')) =>
  checkContent({ ...sound, ...some }, campaign, now, timeZone)
const faultsOf = (some: SubmissionDraft, now?: Date) =>
  formFaults(() => check(some, now)).map((f) => [f.field, f.key.replace('submission.', '')])

describe('the content of a submission', () => {
  it('needs only unit, criterion, text and date', () => {
    expect(check({ text: '  Huấn luyện\n2 buổi ' })).toEqual({
      unitId: 'KCK',
      criterion: 'a2',
      text: 'Huấn luyện\n2 buổi',
      doneOn: '2024-05-17',
      figure: null,
      figureUnit: null,
      links: [],
    })
  })

  it('may have a figure with its unit, and links, one per line', () => {
    const links = 'https://cdn.example/a?b=c\n\n http://cdn.example/đ '
    expect(check({ figure: ' 12,5 ', figureUnit: ' % ', links })).toMatchObject({
      figure: '12.5',
      figureUnit: '%',
      links: ['https://cdn.example/a?b=c', 'http://cdn.example/đ'],
    })
  })

  it('gets every fault reported at its field when it is empty', () => {
    expect(faultsOf({ unitId: '', criterion: '', text: ' ', doneOn: '' })).toEqual([
      ['unit', 'unit_missing'],
      ['criterion', 'criterion_missing'],
      ['text', 'text_empty'],
      ['doneOn', 'date_missing'],
    ])
  })

  it.each<[string, SubmissionDraft, [string, string][]]>([
    ['no unit', { unitId: undefined }, [['unit', 'unit_missing']]],
    ['a criterion that is not in the plan', { criterion: 'c1' }, [['criterion', 'criterion_missing']]],
    ['a text of 3,000 characters', { text: 'x'.repeat(3000) }, []],
    ['a text over the limit', { text: 'x'.repeat(3001) }, [['text', 'text_too_long']]],
    ['a date that does not exist', { doneOn: '2024-02-30' }, [['doneOn', 'date_invalid']]],
    ['a date in Vietnamese notation', { doneOn: '17/05/2024' }, [['doneOn', 'date_invalid']]],
    ['a date before the campaign', { doneOn: '2023-12-31' }, [['doneOn', 'date_outside']]],
    ['the first day of the campaign', { doneOn: '2024-01-01' }, []],
    ['today', { doneOn: '2024-05-20' }, []],
    ['tomorrow', { doneOn: '2024-05-21' }, [['doneOn', 'date_future']]],
    ['a day after the campaign', { doneOn: '2025-01-01' }, [['doneOn', 'date_outside']]],
    ['a figure that is no number', { figure: 'hai', figureUnit: 'buổi' }, [['figure', 'figure_invalid']]],
    ['a figure without its unit', { figure: '2' }, [['figureUnit', 'figure_unit_missing']]],
    ['a unit without its figure', { figureUnit: 'buổi' }, [['figure', 'figure_missing']]],
    ['a figure that is no number, without a unit', { figure: 'hai' }, [['figure', 'figure_invalid']]],
    ['a unit too long', { figure: '2', figureUnit: 'x'.repeat(51) }, [['figureUnit', 'figure_unit_too_long']]],
    ['a link without http', { links: 'cdn.example/a' }, [['links', 'link_invalid']]],
    ['a link that runs a script', { links: 'javascript:alert(1)' }, [['links', 'link_invalid']]],
    ['a link to a file', { links: 'file:///etc/passwd' }, [['links', 'link_invalid']]],
    ['a link without a host', { links: 'https://' }, [['links', 'link_invalid']]],
    ['ten links', { links: 'https://a.vn '.repeat(10) }, []],
    ['eleven links', { links: 'https://a.vn '.repeat(11) }, [['links', 'links_too_many']]],
    ['a secrecy mark', { text: 'Tài liệu (TUYỆT MẬT)' }, [['text', 'secret']]],
    ['a secrecy mark in the unit of measure', { figure: '2', figureUnit: 'văn bản MẬT' }, [['figureUnit', 'secret']]],
    ['a secrecy mark in a link', { links: 'https://a.vn/MẬT.pdf' }, [['links', 'secret']]],
    ['a secrecy mark in an escaped link', { links: encodeURI('https://a.vn/MẬT.pdf') }, [['links', 'secret']]],
  ])('is checked with %s', (_, draft, expected) => {
    expect(faultsOf(draft)).toEqual(expected)
  })

  it('may have the new day’s date just after midnight in Vietnam', () => {
    expect(faultsOf({ doneOn: '2024-05-21' }, new Date('2024-05-20T16:59:00Z'))).toEqual([['doneOn', 'date_future']])
    expect(faultsOf({ doneOn: '2024-05-21' }, new Date('2024-05-20T17:00:00Z'))).toEqual([])
  })
})

describe('a figure', () => {
  it.each<[string, string | null]>([
    ['25', '25'],
    ['0', '0'],
    ['007', '7'],
    ['0.5', '0.5'],
    ['12,5', '12.5'],
    ['12.5', '12.5'],
    ['1.250,5', '1250.5'],
    ['1.250.000', '1250000'],
    ['1 250 000', '1250000'],
    ['1\u00a0250', '1250'],
    ['1250.5', '1250.5'],
    // Slack's number field turns a decimal comma into a point, so a single one before three digits is a decimal point.
    ['1.250', '1.250'],
    ['', null],
    ['hai', null],
    ['25 người', null],
    ['100%', null],
    ['-5', null],
    ['+5', null],
    ['1e3', null],
    ['1,2,3', null],
    ['1.25.000', null],
    ['.5', null],
    ['5.', null],
    ['Infinity', null],
    ['1'.repeat(21), null],
  ])('“%s” is parsed as %s', (typed, expected) => {
    expect(parseFigure(typed)).toBe(expected)
  })
})
