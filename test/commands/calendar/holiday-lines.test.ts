import { describe, expect, it } from 'vitest'
import { kindOfCell, proposedDays, readLines, writeLines } from '../../../src/commands/calendar/holiday-lines.js'
import { daysOf } from '../../../src/core/calendar/holiday-lines.js'

const read = (text: string, year = 2024) => {
  const { lines, faults } = readLines(text, year)
  const checked = daysOf(year, lines)
  return {
    days: (checked.faults ? [] : checked.days).map((d) => `${d.date.slice(5)} ${d.kind} ${d.name}`),
    faults: [...faults, ...(checked.faults ?? [])].map((f) => `${f.line} ${f.what}`),
  }
}

describe('a typed table of holidays', () => {
  it('survives writing and reading, for every year that the bot proposes', () => {
    for (let year = 2000; year <= 2100; year++) {
      const days = proposedDays(year)
      const text = writeLines(days)
      expect(text.length).toBeLessThan(3000)
      const { lines, faults } = readLines(text, year)
      expect([daysOf(year, lines), faults]).toEqual([{ days }, []])
    }
  })

  it.each([
    ['a day', '18/04 Giỗ Tổ', ['04-18 off Giỗ Tổ']],
    ['a day as phones write it', ' • 18.4: Giỗ Tổ ', ['04-18 off Giỗ Tổ']],
    ['a day with its year', '18/04/24 - Giỗ Tổ', ['04-18 off Giỗ Tổ']],
    ['an ISO date', '2024-04-18 Giỗ Tổ', ['04-18 off Giỗ Tổ']],
    ['a span without its weekend', '09/02-12/02 Tết', ['02-09 off Tết', '02-12 off Tết']],
    ['a span with a long dash', '09/02 – 12/02: Tết', ['02-09 off Tết', '02-12 off Tết']],
    ['a span in words', 'Nghỉ 09/02 đến 12/02 Tết: vui', ['02-09 off Tết: vui', '02-12 off Tết: vui']],
    ['a Saturday that is worked', 'làm bù 04/05 Bù', ['05-04 work Bù']],
    ['the same in other words', 'LAM BU: 4/5 Bù: 29/04', ['05-04 work Bù: 29/04']],
    ['a weekend alone', '05/05 Hội', ['05-05 off Hội']],
    ['blank lines', '\n\n18/04 Giỗ Tổ\r\n\n', ['04-18 off Giỗ Tổ']],
  ])('can have %s', (_, text, days) => {
    expect(read(text)).toEqual({ days, faults: [] })
  })

  it.each([
    ['no date', 'Nghỉ Tết', '1 noDate'],
    ['a second day where the name should be', '30/04, 01/05 Lễ', '1 noDate'],
    ['an unknown word between two days', '29/04 bù 04/05', '1 noDate'],
    ['no such day', '\n30/02 x', '2 date'],
    ['another year', '01/01/2025 x', '1 year'],
    ['the last day first', '03/05-01/05 x', '1 order'],
    ['too long a span', '01/06-31/08 Hè', '1 long'],
    ['a day twice', '30/04 x\n29/04-01/05 y', '2 twice'],
    ['a working day made up', 'làm bù 29/04 x', '1 works'],
    ['several days made up in one line', 'làm bù 04/05-05/05 x', '1 works'],
    ['no name', '30/04', '1 name'],
    ['too long a name', `30/04 ${'x'.repeat(81)}`, '1 nameLong'],
  ])('reports %s with its line', (_, text, fault) => {
    expect(read(text).faults).toEqual([fault])
  })

  it.each([
    ['off', 'off'],
    ['Nghỉ', 'off'],
    ['nghi bu', 'off'],
    ['work', 'work'],
    ['Làm bù', 'work'],
    ['', undefined],
    ['maybe', undefined],
    ['off ngày mai', undefined],
  ])('a cell with “%s” is %s', (cell, kind) => {
    expect(kindOfCell(cell)).toBe(kind)
  })
})
