import { describe, expect, it } from 'vitest'
import { calendarText } from '../../../src/core/calendar/ics.js'

const now = new Date('2024-06-03T02:00:00Z')
const text = (summary: string, start: Date | string = '2024-06-28') =>
  calendarText('Thi đua', [{ uid: 'a@thidua', summary, description: 'x', start }], now)
/** Parses a calendar file: joins folded lines and undoes escapes. */
const read = (ics: string, name: string) =>
  new RegExp(`^${name}:(.*)$`, 'm')
    .exec(ics.replace(/\r\n[ \t]/g, '').replaceAll('\r\n', '\n'))?.[1]
    ?.replace(/\\n/g, '\n')
    .replace(/\\([\\;,])/g, '$1')

describe('a calendar file (RFC 5545)', () => {
  it('has lines of at most 75 octets that end in CRLF, folded between characters', () => {
    const summary = 'Sơ kết phong trào thi đua quyết thắng; đợt 1, năm 2024 '.repeat(6)
    const ics = text(summary)
    expect(ics.endsWith('END:VCALENDAR\r\n')).toBe(true)
    for (const line of ics.split('\r\n')) {
      expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
      expect(line).not.toMatch(/[\r\n\uFFFD]/)
    }
    expect(read(ics, 'SUMMARY')).toBe(summary)
  })

  it.each(['a, b; c\\d', 'hai\ndòng', 'BEGIN:VEVENT\r\nEND:VEVENT', 'x\u0000\u0007y', '📅 ngày'])(
    'holds %j as text and as nothing else',
    (summary) => {
      const ics = text(summary)
      expect(ics.match(/^BEGIN:VEVENT/gm)).toHaveLength(1)
      // biome-ignore lint/suspicious/noControlCharactersInRegex: the test looks for them
      expect(read(ics, 'SUMMARY')).toBe(summary.replaceAll('\r\n', '\n').replace(/[\u0000\u0007]/g, ''))
    },
  )

  it('has a review as a whole day, and a reminder as an instant in UTC', () => {
    expect(text('x')).toContain('DTSTART;VALUE=DATE:20240628\r\nDTEND;VALUE=DATE:20240629\r\n')
    expect(text('x', new Date('2024-06-14T08:00:00+07:00'))).toContain('DTSTART:20240614T010000Z\r\n')
    expect(text('x')).toContain('UID:a@thidua\r\nDTSTAMP:20240603T020000Z\r\n')
  })
})
