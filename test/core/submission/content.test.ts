import { describe, expect, it } from 'vitest'
import { FormError } from '../../../src/core/errors.js'
import { checkContent, parseFigure, type SubmissionDraft } from '../../../src/core/submission/content.js'
import { at, campaign, timeZone } from '../../example.js'

const sound: SubmissionDraft = {
  unitId: 'KCK',
  criterion: 'a2',
  text: 'Huấn luyện 25/25 đạt 100%',
  doneOn: '2024-05-17',
}
const check = (some: SubmissionDraft, now = at('2024-05-20')) =>
  checkContent({ ...sound, ...some }, campaign, now, timeZone)
const faultsOf = (some: SubmissionDraft, now?: Date) => {
  try {
    check(some, now)
    return []
  } catch (error) {
    if (!(error instanceof FormError)) throw error
    return error.faults.map((f) => [f.field, f.key.replace('submission.', '')])
  }
}

describe('what is handed in', () => {
  it('is taken with the least that it needs', () => {
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

  it('may have a figure with its unit, and links a line each', () => {
    const links = 'https://cdn.example/a?b=c\n\n http://cdn.example/đ '
    expect(check({ figure: ' 12,5 ', figureUnit: ' % ', links })).toMatchObject({
      figure: '12.5',
      figureUnit: '%',
      links: ['https://cdn.example/a?b=c', 'http://cdn.example/đ'],
    })
  })

  it('with nothing filled in is told every fault at once, each at its field', () => {
    expect(faultsOf({ unitId: '', criterion: '', text: ' ', doneOn: '' })).toEqual([
      ['unit', 'unit_missing'],
      ['criterion', 'criterion_missing'],
      ['text', 'text_empty'],
      ['doneOn', 'date_missing'],
    ])
  })

  it.each<[string, SubmissionDraft, [string, string][]]>([
    ['no unit', { unitId: undefined }, [['unit', 'unit_missing']]],
    ['a criterion that the plan lacks', { criterion: 'c1' }, [['criterion', 'criterion_missing']]],
    ['a text of 3,000 characters', { text: 'x'.repeat(3000) }, []],
    ['a text longer than Slack takes', { text: 'x'.repeat(3001) }, [['text', 'text_too_long']]],
    ['a date that is none', { doneOn: '2024-02-30' }, [['doneOn', 'date_invalid']]],
    ['a date as Vietnamese write it', { doneOn: '17/05/2024' }, [['doneOn', 'date_invalid']]],
    ['a date before the campaign', { doneOn: '2023-12-31' }, [['doneOn', 'date_outside']]],
    ['the first day of the campaign', { doneOn: '2024-01-01' }, []],
    ['the day itself', { doneOn: '2024-05-20' }, []],
    ['a day to come', { doneOn: '2024-05-21' }, [['doneOn', 'date_future']]],
    ['a day after the campaign', { doneOn: '2025-01-01' }, [['doneOn', 'date_outside']]],
    ['a figure that is none', { figure: 'hai', figureUnit: 'buổi' }, [['figure', 'figure_invalid']]],
    ['a figure without its unit', { figure: '2' }, [['figureUnit', 'figure_unit_missing']]],
    ['a unit without its figure', { figureUnit: 'buổi' }, [['figure', 'figure_missing']]],
    ['a figure that is none, without a unit', { figure: 'hai' }, [['figure', 'figure_invalid']]],
    ['a unit too long', { figure: '2', figureUnit: 'x'.repeat(51) }, [['figureUnit', 'figure_unit_too_long']]],
    ['a link without http', { links: 'cdn.example/a' }, [['links', 'link_invalid']]],
    ['a link that runs a script', { links: 'javascript:alert(1)' }, [['links', 'link_invalid']]],
    ['a link to a file', { links: 'file:///etc/passwd' }, [['links', 'link_invalid']]],
    ['a link that is none', { links: 'https://' }, [['links', 'link_invalid']]],
    ['ten links', { links: 'https://a.vn '.repeat(10) }, []],
    ['eleven links', { links: 'https://a.vn '.repeat(11) }, [['links', 'links_too_many']]],
    ['the mark of a secret', { text: 'Tài liệu (TUYỆT MẬT)' }, [['text', 'secret']]],
    [
      'the mark of a secret in the unit of measure',
      { figure: '2', figureUnit: 'văn bản MẬT' },
      [['figureUnit', 'secret']],
    ],
    ['the mark of a secret in a link', { links: 'https://a.vn/MẬT.pdf' }, [['links', 'secret']]],
    ['the mark of a secret in an escaped link', { links: encodeURI('https://a.vn/MẬT.pdf') }, [['links', 'secret']]],
  ])('with %s', (_, draft, expected) => {
    expect(faultsOf(draft)).toEqual(expected)
  })

  it('just after midnight in Vietnam may be of the new day', () => {
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
    // Slack's number field gives a point for a decimal comma, so a single one before three digits stays a decimal point.
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
  ])('“%s” is read as %s', (typed, expected) => {
    expect(parseFigure(typed)).toBe(expected)
  })
})
