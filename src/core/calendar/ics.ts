import { addDays } from '../date.js'

/**
 * Writes calendar files (RFC 5545) without a library: `ics` depends on yup and nanoid, and `ical-generator` needs a newer Node.
 * Times are UTC, so that the file needs no VTIMEZONE.
 */
export interface CalendarEvent {
  /** Stable for the same event, so that another import updates it. */
  uid: string
  summary: string
  description: string
  /** A date (yyyy-mm-dd) for a whole day, or the instant of a reminder. */
  start: Date | string
  /** How long before the start a calendar shows it, each as an RFC 5545 duration; none by default. */
  alarms?: readonly string[]
}

/** The text of the file. `now` is its timestamp and sequence number: the newer version of an event wins. */
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
      ...(e.alarms ?? []).flatMap((trigger) => [
        'BEGIN:VALARM',
        'ACTION:DISPLAY',
        `TRIGGER:${trigger}`,
        `DESCRIPTION:${escaped(e.summary)}`,
        'END:VALARM',
      ]),
      'END:VEVENT',
    ]),
    'END:VCALENDAR',
  ]
  return lines.map((line) => `${folded(line)}\r\n`).join('')
}

const plain = (date: string): string => date.replaceAll('-', '')
const utc = (at: Date): string => `${at.toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`

/** TEXT (section 3.3.11): without control characters; backslash, semicolon, comma and line breaks are escaped. */
const escaped = (text: string): string =>
  text
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n\t]/gu, '')
    .replace(/[\\;,]/g, '\\$&')
    .replaceAll('\n', '\\n')

/** Folds lines at 75 octets without splitting a character (section 3.1); the space of a continuation line counts. */
function folded(line: string): string {
  let out = ''
  let octets = 0
  for (const char of line) {
    const size = octetsOf(char.codePointAt(0) as number)
    if (octets + size > 75) {
      out += '\r\n '
      octets = 1
    }
    out += char
    octets += size
  }
  return out
}

const octetsOf = (code: number): number => (code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4)
