import { describe, expect, it } from 'vitest'
import { excerpt } from '../../src/text/excerpt.js'
import type { Inline } from '../../src/text/rich.js'

/** Bold words in square brackets. */
const show = (inlines: readonly Inline[]) =>
  inlines.map((i) => (typeof i === 'string' ? i : 'bold' in i ? `[${i.bold}]` : '?')).join('')

describe('excerpt', () => {
  it.each<[string, string[], boolean, number, string]>([
    ['Huấn luyện 25/25', ['huan', 'luyen'], false, 100, '[Huấn] [luyện] 25/25'],
    ['Huấn luyện', ['huan', 'luy'], true, 100, '[Huấn] [luyện]'],
    ['Huấn luyện', ['huan', 'luy'], false, 100, '[Huấn] luyện'],
    ['ĐƯỜNG, đường; dương', ['duong'], false, 100, '[ĐƯỜNG], [đường]; [dương]'],
    ['Không có gì ở đây', ['khac'], false, 100, 'Không có gì ở đây'],
    ['một hai ba bốn năm sáu bảy tám chín', ['tam'], false, 100, '… hai ba bốn năm sáu bảy [tám] chín'],
    ['một hai ba bốn năm', ['mot'], false, 10, '[một] hai ba …'],
    ['nhiều\n\ndòng   trống', ['dong'], false, 100, 'nhiều [dòng] trống'],
    ['', ['x'], false, 100, ''],
    ['đường'.normalize('NFD'), ['duong'], false, 100, `[${'đường'.normalize('NFD')}]`],
  ])('of “%s” for %j (open: %s, %i) is “%s”', (text, words, open, max, expected) => {
    expect(show(excerpt(text, words, open, max))).toBe(expected)
  })
})
