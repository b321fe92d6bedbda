import { addDays } from '../date.js'

/**
 * Calendar files by RFC 5545, by hand: of the libraries, `ics` brings yup and nanoid along and `ical-generator` needs a newer
 * Node, for what are some lines of text. Times are UTC, so that no time zone need be described.
 */
export interface CalendarEvent {
  /** The same for the same thing, whenever it is made: importing again moves it. */
  uid: string
  summary: string
  description: string
  /** A plain date (yyyy-mm-dd) for a whole day, else the instant of a reminder. */
  start: Date | string
}

/** The whole file. `now` stamps it: of two versions of an event the later one holds. */
export function calendarText(name: string, events: readonly CalendarEvent[], now: Date): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//thidua//thidua//VI',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    `X-WR-CALNAME:${escaped(name)}`,
    ...events.flatMap((e) => [
      'BEGIN:VEVENT',
      `UID:${escaped(e.uid)}`,
      `DTSTAMP:${utc(now)}`,
      `SEQUENCE:${Math.floor(now.getTime() / 60_000)}`,
      ...(typeof e.start === 'string'
        ? [`DTSTART;VALUE=DATE:${plain(e.start)}`, `DTEND;VALUE=DATE:${plain(addDays(e.start, 1))}`]
        : [`DTSTART:${utc(e.start)}`, 'DURATION:PT15M']),
      `SUMMARY:${escaped(e.summary)}`,
      `DESCRIPTION:${escaped(e.description)}`,
      'TRANSP:TRANSPARENT',
      'END:VEVENT',
    ]),
    'END:VCALENDAR',
  ]
  return lines.map((line) => `${folded(line)}\r\n`).join('')
}

const plain = (date: string): string => date.replaceAll('-', '')
const utc = (at: Date): string => `${at.toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`

/** TEXT (section 3.3.11): no control signs; backslash, semicolon, comma and line breaks escaped. */
const escaped = (text: string): string =>
  text
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n\t]/gu, '')
    .replace(/[\\;,]/g, '\\$&')
    .replaceAll('\n', '\\n')

/** At most 75 octets a line, and no character cut in two (section 3.1); the space of a continuation counts. */
function folded(line: string): string {
  let out = ''
  let octets = 0
  for (const sign of line) {
    const size = octetsOf(sign.codePointAt(0) as number)
    if (octets + size > 75) {
      out += '\r\n '
      octets = 1
    }
    out += sign
    octets += size
  }
  return out
}

const octetsOf = (code: number): number => (code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4)
