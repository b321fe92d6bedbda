import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readPlan, readPlanFile } from '../../src/cli/plan-file.js'
import { asTcvn3, asUtf8Twice, asVni, windows1258 } from './table/old-text.js'

const yaml = readFileSync(new URL('../../db/campaigns/qptd-2024.yaml', import.meta.url), 'utf8')
const faultsOf = (text: string) => {
  const read = readPlan(text, 'x.yaml')
  return 'faults' in read ? read.faults : []
}
const edited = (...edits: [string, string][]) => edits.reduce((text, [from, to]) => text.replace(from, () => to), yaml)
/** The place of the first occurrence of a text. */
const placeOf = (text: string, part: string) => {
  const before = text.slice(0, text.indexOf(part)).split('\n')
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 }
}

describe('readPlan', () => {
  it('parses plan 484/KH-CĐN, also with a byte order mark and CRLF', () => {
    const plain = readPlan(yaml, 'qptd-2024.yaml')
    expect(plain).toMatchObject({ plan: { code: 'qptd-2024', number: '484/KH-CĐN', date: '2024-03-11' } })
    expect(readPlan(`\uFEFF${yaml.replaceAll('\n', '\r\n')}`, 'x')).toEqual(plain)
  })

  it('returns every fault in the order of the file, with line and column', () => {
    const long = 'Xây dựng Dân quân tự vệ '.repeat(4).trim()
    const text = edited(
      ['date: 2024-03-11', 'date: 2024-13-11'],
      ['short: Xây dựng Dân quân tự vệ', `short: ${long}`],
      ['kind: merit', 'kind: merits'],
      ['  onTheDay: true\n', '  onTheDays: true\n'],
    )
    const faults = faultsOf(text)
    expect(faults.map((f) => [f.path, f.key])).toEqual([
      ['date', 'plan.date_invalid'],
      ['groups[0].criteria[1].short', 'plan.short_too_long'],
      ['awards[1].kind', 'plan.award_kind_unknown'],
      ['reminders.onTheDay', 'plan.missing'],
      ['reminders.onTheDays', 'plan.unknown_key'],
    ])
    expect(faults[0]).toMatchObject(placeOf(text, '2024-13-11'))
    expect(faults[1]).toMatchObject(placeOf(text, long))
    expect(faults[1]?.sentence).toContain(`groups[0].criteria[1].short: tên ngắn dài ${long.length} ký tự, tối đa 70.`)
    expect(faults[2]?.sentence).toContain('“merits” không phải loại khen thưởng; có phải “merit”?')
    expect(faults[3]).toMatchObject(placeOf(text, 'reminders:'))
    expect(faults[4]).toMatchObject(placeOf(text, 'onTheDays'))
    expect(faults[4]?.sentence).toContain('không có mục nào tên “onTheDays”; có phải “onTheDay”?')
    for (const f of faults) expect(f.sentence).not.toMatch(/undefined|null|NaN|\[object/)
  })

  it('returns the place of the second use of a duplicate code', () => {
    const text = edited(['code: a3', 'code: a2'])
    const second = placeOf(text.replace('code: a2', 'code: __'), 'a2')
    expect(faultsOf(text)).toMatchObject([{ path: 'groups[0].criteria[2].code', key: 'plan.code_twice', ...second }])
  })

  it('validates the rest of a file with a duplicate key', () => {
    const faults = faultsOf(`${edited(['place: An Giang', 'place: 5'])}code: again\n`)
    expect(faults.map((f) => f.key)).toEqual(['plan.not_text', 'yaml.DUPLICATE_KEY'])
  })

  it.each([
    ['an open quote', 'code: "qptd\n', 'yaml.MISSING_CHAR'],
    ['a tab', 'a:\n\tb: 1\n', 'yaml.TAB_AS_INDENT'],
    ['two documents', 'a: 1\n---\nb: 2\n', 'yaml.MULTIPLE_DOCS'],
    ['an anchor', 'code: &x qptd\n', 'yaml.ALIAS'],
    ['a bare list', '- 1\n', 'plan.not_map'],
    ['no content', '', 'plan.not_map'],
    ['only a word', 'xin chào', 'plan.not_map'],
  ])('refuses a file with %s', (_, text, key) => {
    const faults = faultsOf(text)
    expect(faults.map((f) => f.key)).toContain(key)
    for (const f of faults) expect(f.sentence).toMatch(/^x\.yaml, dòng \d+, cột \d+/)
  })
})

describe('readPlanFile', () => {
  const utf8 = new TextEncoder()
  const faultsIn = (bytes: Uint8Array) => {
    const read = readPlanFile(bytes, 'x.yaml')
    return 'faults' in read ? read.faults.map((f) => [f.key, f.sentence]) : []
  }

  it.each<[string, Uint8Array]>([
    ['UTF-8', utf8.encode(yaml)],
    ['UTF-8 with a byte order mark', utf8.encode(`\uFEFF${yaml}`)],
    ['UTF-16 with a byte order mark', Buffer.from(`\uFEFF${yaml}`, 'utf16le')],
  ])('reads %s', (_, bytes) => {
    expect(readPlanFile(bytes, 'x.yaml')).toEqual(readPlan(yaml, 'x.yaml'))
  })

  it.each<[string, Uint8Array]>([
    ['Windows-1258', windows1258(yaml)],
    ['TCVN3, as bytes', Buffer.from(asTcvn3(yaml), 'latin1')],
    ['UTF-16 without a byte order mark', Buffer.from(yaml, 'utf16le')],
    ['a picture', Buffer.from('ffd8ffe000104a464946', 'hex')],
  ])('gives one fault for %s', (_, bytes) => {
    expect(faultsIn(bytes)).toEqual([['plan.not_utf8', expect.stringContaining('không phải UTF-8')]])
  })

  it.each<[string, string, (text: string) => string]>([
    ['TCVN3', 'viết bằng bảng mã cũ TCVN3 (ABC)', asTcvn3],
    ['VNI', 'viết bằng bảng mã cũ VNI', asVni],
    ['doubly encoded UTF-8', 'bị mã hóa UTF-8 hai lần', asUtf8Twice],
  ])('gives one fault for the letters of %s', (_, name, write) => {
    const [fault, ...others] = faultsIn(utf8.encode(write(yaml)))
    expect(others).toEqual([])
    expect(fault).toEqual(['plan.old_encoding', expect.stringContaining(`tiếng Việt trong tệp ${name} (“`)])
    expect(fault?.[1]).toMatch(/^x\.yaml, dòng \d+, cột 1: /)
  })

  it('gives one fault for letters that became question marks', () => {
    expect(faultsIn(utf8.encode(yaml.normalize('NFC').replace(/[^\0-\xff]/g, '?')))).toEqual([
      ['plan.letters_lost', expect.stringContaining('đã mất chữ có dấu')],
    ])
  })
})
