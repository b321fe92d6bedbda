import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readRoster } from '../../src/cli/roster-file.js'
import { reports } from '../../src/core/people/unit.js'
import { type CellIn, workbook } from './table/workbook-builder.js'

const example = readFileSync(new URL('../../db/roster.example.csv', import.meta.url), 'utf8')
const utf8 = (text: string) => new TextEncoder().encode(text)
const utf16 = (text: string) => new Uint8Array(Buffer.from(`\uFEFF${text}`, 'utf16le'))
const header = 'unit_code,unit_name,unit_kind,full_name,email,role'
const row = 'KCK,Khoa Cơ khí,faculty,Huỳnh Tấn Lộc,loc@cdn.example,head'
const read = (bytes: Uint8Array) => readRoster(bytes, 'ds.csv')
const sentences = async (bytes: Uint8Array) => {
  const result = await read(bytes)
  return 'faults' in result ? result.faults.map((f) => f.sentence) : []
}
const rosterIn = async (bytes: Uint8Array) => {
  const result = await read(bytes)
  return 'roster' in result ? result.roster : result.faults.map((f) => f.sentence)
}
const sheet = (rows: CellIn[][]) =>
  workbook([
    { name: 'Danh sách', rows },
    { name: 'Khác', rows: [['nothing of interest']] },
  ])

describe('the example roster', () => {
  it('has 60 people and 22 reporting units, each with one head', async () => {
    const result = await read(utf8(example))
    if (!('roster' in result)) throw new Error(result.faults.map((f) => f.sentence).join('\n'))
    const { units, people, roles } = result.roster
    const reporting = units.filter((u) => reports(u.kind))
    const holders = (role: string) => roles.filter((r) => r.role === role).length
    expect([people.length, reporting.length, units.length]).toEqual([60, 22, 25])
    for (const u of reporting) expect(roles.filter((r) => r.unitCode === u.code && r.role === 'head')).toHaveLength(1)
    expect(['command_board', 'org_office', 'council', 'school_board', 'admin'].map(holders)).toEqual([3, 2, 5, 2, 1])
    const chair = roles.find((r) => r.unitCode === 'CDCS' && r.role === 'head')
    expect(roles.filter((r) => r.email === chair?.email && r.role === 'head')).toHaveLength(2)
    expect(people.every((p) => p.email.endsWith('@cdn-angiang.example'))).toBe(true)
  })

  it('gives the same result as an Excel sheet', async () => {
    const cells = example
      .trim()
      .split('\n')
      .map((line) => line.split(','))
    expect(await rosterIn(sheet(cells))).toEqual(await rosterIn(utf8(example)))
  })

  it.each<[string, (text: string) => Uint8Array]>([
    ['a byte order mark', (t) => utf8(`\uFEFF${t}`)],
    ['CRLF', (t) => utf8(t.replaceAll('\n', '\r\n'))],
    ['semicolons', (t) => utf8(t.replaceAll(',', ';'))],
    ['the line sep=; of Excel', (t) => utf8(`sep=;\n${t.replaceAll(',', ';')}`)],
    ['UTF-16 and tabs, as Excel’s “Unicode text”', (t) => utf16(t.replaceAll(',', '\t'))],
    ['every cell quoted', (t) => utf8(t.replace(/[^,\n]+/g, '"$&"'))],
    ['decomposed letters', (t) => utf8(t.normalize('NFD'))],
    ['the header in capitals', (t) => utf8(t.replace(header, header.toUpperCase()))],
    ['a title and blank lines above', (t) => utf8(`Danh sách năm 2024\n\n,,,,,\n${t}`)],
    ['an unknown column', (t) => utf8(t.replace(/^/gm, '1,').replace(/1,$/, ''))],
  ])('gives the same result with %s', async (_, change) => {
    expect(await rosterIn(change(example))).toEqual(await rosterIn(utf8(example)))
  })
})

describe('a roster file with faults', () => {
  it('names each fault with its line as an editor shows it, with blank lines and line breaks in cells counted', async () => {
    const text = [header, '', row, '"KDDT","Khoa Điện –\nĐiện tử",faculty,A B,a@b.example,truong', 'X,Y,office,Z'].join(
      '\n',
    )
    expect(await sentences(utf8(text))).toEqual([
      'Dòng 4, cột role: “truong” không phải vai trò; có phải “head”? Chỉ nhận: member, head, deputy, command_board, org_office, council, school_board, admin.',
      'Dòng 6, cột email: ô còn trống.',
      'Dòng 6, cột role: ô còn trống.',
    ])
  })

  it.each([
    ['role', 'heads', 'head'],
    ['role', 'haed', 'head'],
    ['role', 'Trưởng khoa', 'head'],
    ['role', 'comand-board', 'command_board'],
    ['unit_kind', 'Khoa', 'faculty'],
    ['unit_kind', 'center', 'centre'],
  ])('suggests what was meant: %s %s', async (column, written, meant) => {
    const harmed = column === 'role' ? row.replace(',head', `,${written}`) : row.replace('faculty', written)
    expect((await sentences(utf8(`${header}\n${harmed}`)))[0]).toContain(`có phải “${meant}”?`)
  })

  it('suggests nothing for the name of a property that every object has', async () => {
    const [sentence] = await sentences(utf8(`${header}\n${row.replace(',head', ',constructor')}`))
    expect(sentence).toContain('“constructor” không phải vai trò. Chỉ nhận:')
  })

  it('reports a missing column once, for the header', async () => {
    const cut = (line: string) => line.split(',').slice(0, 5).join(',')
    expect(await sentences(utf8(`${cut(header)}\n${cut(row)}\n${cut(row)}`))).toEqual([
      'Dòng 1, cột role: thiếu cột này trong dòng tiêu đề.',
    ])
  })

  it.each<[string, Uint8Array, RegExp]>([
    ['is not UTF-8', new Uint8Array([...utf8(header), 10, 0xd0, 0xf2, 0xe3]), /không phải UTF-8/],
    ['is UTF-16 without a byte order mark', utf16(header).slice(2), /không phải UTF-8/],
    ['is an old .xls', new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1]), /\.xls/],
    ['is a broken .xlsx', new Uint8Array([0x50, 0x4b, 0x03, 0x04, 1, 2, 3]), /không mở được/],
    ['has no header', utf8(row), /không tìm thấy dòng tiêu đề/],
    ['is empty', utf8(''), /không tìm thấy dòng tiêu đề/],
    ['has a header only', utf8(header), /chưa có dòng nào/],
    ['has an open quote', utf8(`${header}\n"${row}`), /^Dòng 2: dấu ngoặc kép/],
  ])('gets exactly one sentence when it %s', async (_, bytes, sentence) => {
    expect(await sentences(bytes)).toEqual([expect.stringMatching(sentence)])
  })
})

describe('an Excel roster', () => {
  it('may contain links, rich text, formulas and numbers, and keeps its row numbers', async () => {
    const text = (value: string) => `<is>${value}</is>`
    const cell = (body: string, type = 'inlineStr') => ({ xml: `<c r="REF" t="${type}">${body}</c>` })
    const rich = cell(text('<r><t xml:space="preserve">Khoa </t></r><r><rPr><b/></rPr><t>Cơ khí</t></r>'))
    const formula = cell('<f>LOWER("HEAD")</f><v>head</v>', 'str')
    const bytes = sheet([
      ['Danh sách'],
      [],
      header.split(','),
      ['KCK', rich, 'faculty', 'Huỳnh Tấn Lộc', 'loc@cdn.example', formula],
      [],
      [12, 'Tổ 12', 'office', 'A B', 'a@b.example', 'chief'],
    ])
    expect(await sentences(bytes)).toEqual([expect.stringMatching(/^Dòng 6, cột role: “chief”/)])
  })
})
