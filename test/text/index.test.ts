import { describe, expect, it } from 'vitest'
import {
  clip,
  compareText,
  fold,
  foldWords,
  readDate,
  showDate,
  showFigure,
  showInstant,
} from '../../src/text/index.js'

describe('fold', () => {
  it.each([
    ['tonghop'],
    ['Tổng hợp'],
    ['TỔNG HỢP'],
    ['tong-hop'],
    ['Tổng-Hợp'],
    ['tổng  hợp '],
    ['tổng hợp'.normalize('NFD')],
    ['tổng\u00a0hợp'],
  ])('folds “%s” to the same word', (typed) => {
    expect(fold(typed)).toBe('tonghop')
  })

  it('folds đ to d, which Unicode normalization does not', () => {
    expect([fold('Điện – Điện tử'), foldWords('ĐOÀN Thanh niên')]).toEqual(['diendientu', 'doan thanh nien'])
  })
})

describe('readDate', () => {
  it.each<[string, string | undefined]>([
    ['28/06/2024', '2024-06-28'],
    ['28/6/2024', '2024-06-28'],
    ['28-6-24', '2024-06-28'],
    ['28.06', '2024-06-28'],
    ['28/6', '2024-06-28'],
    ['2024-06-28', '2024-06-28'],
    ['29/02/2024', '2024-02-29'],
    ['29/02/2023', undefined],
    ['31/06/2024', undefined],
    ['06/28/2024', undefined],
    ['0/6/2024', undefined],
    ['28', undefined],
    ['mai', undefined],
    ['', undefined],
  ])('parses “%s” as %s', (typed, expected) => {
    expect(readDate(typed, 2024)).toBe(expected)
  })
})

describe('formatting', () => {
  it('shows dates and instants in Vietnamese notation and the given time zone', () => {
    expect(showDate('2024-06-28')).toBe('28/06/2024')
    expect(showInstant(new Date('2024-06-27T17:05:00Z'), 'Asia/Ho_Chi_Minh')).toBe('00:05 28/06/2024')
  })

  it.each([
    ['0', '0'],
    ['25', '25'],
    ['1250', '1.250'],
    ['1250000', '1.250.000'],
    ['1250.5', '1.250,5'],
    ['0.5', '0,5'],
    ['1.250', '1,250'],
  ])('shows the figure %s as %s', (figure, expected) => {
    expect(showFigure(figure)).toBe(expected)
  })

  it('truncates between code points, with an ellipsis', () => {
    expect(clip('Khoa Cơ khí', 11)).toBe('Khoa Cơ khí')
    expect(clip('Khoa Cơ khí', 8)).toBe('Khoa Cơ…')
    expect(clip('ab😀cd', 4)).toBe('ab…')
    for (let max = 1; max < 12; max++) expect(clip('Khoa 😀😀😀 khí', max).length).toBeLessThanOrEqual(max)
  })

  it('sorts as a Vietnamese dictionary does', () => {
    expect(['Đào', 'Dũng', 'An', 'Ân', 'Ánh', 'Ưng', 'Uy'].sort(compareText)).toEqual([
      'An',
      'Ánh',
      'Ân',
      'Dũng',
      'Đào',
      'Uy',
      'Ưng',
    ])
  })
})
