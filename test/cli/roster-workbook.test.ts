import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readRoster } from '../../src/cli/roster-file.js'
import { readWorkbook } from '../../src/cli/table/workbook.js'
import type { ThreadLimits } from '../../src/cli/table/workbook-thread.js'
import { type CellIn, type SheetIn, workbook, zipOf } from './table/workbook-builder.js'

const TYPE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const fixture = (name: string) => readFileSync(new URL(`../fixtures/rosters/${name}`, import.meta.url))
const header = ['unit_code', 'unit_name', 'unit_kind', 'full_name', 'email', 'role']
const an = ['KCK', 'Khoa Cơ khí', 'faculty', 'Nguyễn Văn An', 'annv@truong.example', 'head']
const be = ['KCK', 'Khoa Cơ khí', 'faculty', 'Trần Thị Bé', 'bett@truong.example', 'member']
const cuong = ['PDT', 'Phòng Đào tạo', 'office', 'Lê Văn Cường', 'cuonglv@truong.example', 'head']
const table: CellIn[][] = [header, an, be, cuong]

const summary = async (bytes: Uint8Array, sheet?: string) => {
  const read = await readRoster(bytes, 'ds.xlsx', sheet)
  if ('faults' in read) return read.faults.map((f) => f.sentence)
  return read.roster.people.map((p) => `${p.fullName} <${p.email}>`)
}
const all = [an, be, cuong].map((row) => `${row[3]} <${row[4]}>`)
const book = (sheet: Partial<SheetIn>, parts?: Record<string, string>) =>
  workbook([{ name: 'Sheet1', rows: table, ...sheet }], parts)
const xml = (body: string, attributes = '') => ({ xml: `<c r="REF"${attributes}>${body}</c>` })

/** Processor time, which other work on the machine does not change. */
async function within<T>(seconds: number, work: () => Promise<T>): Promise<T> {
  const before = process.cpuUsage()
  const result = await work()
  const { user, system } = process.cpuUsage(before)
  expect((user + system) / 1e6).toBeLessThan(seconds)
  return result
}

describe('workbooks that were called broken', () => {
  it.each(['roster-x-prefix.xlsx', 'roster-guide-sheet-first.xlsx', 'roster-validation-whole-sheet.xlsx'])(
    '%s is read, within two seconds',
    async (name) => {
      expect(await within(2, () => summary(fixture(name)))).toEqual(all)
    },
  )

  it.each<[string, Uint8Array]>([
    ['prefixes', book({ prefix: 'x:' })],
    ['rows and cells without numbers', book({ isNumbered: false })],
    [
      'validations of whole columns and of the whole sheet',
      book({
        tail: '<dataValidations count="2"><dataValidation type="list" sqref="C1:C1048576"><formula1>"a,b"</formula1></dataValidation><dataValidation type="custom" sqref="A1:XFD1048576"><formula1>TRUE</formula1></dataValidation></dataValidations>',
      }),
    ],
    [
      'formats and conditional formats of whole columns, links to other workbooks',
      book(
        {
          tail: '<conditionalFormatting sqref="A1:XFD1048576"><cfRule type="duplicateValues" priority="1"/></conditionalFormatting><hyperlinks><hyperlink ref="A1:XFD1048576" location="Sheet1!A1"/></hyperlinks>',
        },
        { 'xl/externalLinks/externalLink1.xml': '<externalLink/>' },
      ),
    ],
    ['a declared million rows', book({ head: '<dimension ref="A1:XFD1048576"/>' })],
    [
      'a stray cell in the last row and column',
      book({ rows: [...table, [xml('<v>1</v>').xml.replace('REF', 'XFD1048576')].map((x) => ({ xml: x }))] }),
    ],
    ['macros’ content type', book({}, { 'xl/vbaProject.bin': 'x' })],
    [
      'a table with hidden filter buttons',
      book(
        { tail: '<tableParts count="1"><tablePart r:id="rId1"/></tableParts>' },
        {
          'xl/worksheets/_rels/sheet1.xml.rels':
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/table" Target="../tables/table1.xml"/></Relationships>',
          'xl/tables/table1.xml':
            '<table xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" id="1" name="T" displayName="T" ref="A1:F4"><autoFilter ref="A1:F4"><filterColumn colId="0" hiddenButton="1"/></autoFilter><tableColumns count="6"><tableColumn id="1" name="unit_code"/></tableColumns></table>',
        },
      ),
    ],
    [
      'protection of sheet and workbook, which hides nothing',
      book({ tail: '<sheetProtection sheet="1" password="ABCD" objects="1" scenarios="1"/>' }),
    ],
    [
      'a chart and a dialog that are sheets of their own',
      book(
        {},
        {
          'xl/workbook.xml': `<workbook xmlns:r="${TYPE}"><sheets><sheet name="Đồ thị" sheetId="8" r:id="c"/><sheet name="H&quot;p" sheetId="9" r:id="d"/><sheet name="Sheet1" sheetId="1" r:id="s0"/></sheets></workbook>`,
          'xl/_rels/workbook.xml.rels': `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="c" Type="${TYPE}/chartsheet" Target="chartsheets/sheet1.xml"/><Relationship Id="d" Type="${TYPE}/dialogsheet" Target="dialogsheets/sheet1.xml"/><Relationship Id="s0" Type="${TYPE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
          'xl/chartsheets/sheet1.xml': '<chartsheet/>',
          'xl/dialogsheets/sheet1.xml': '<dialogsheet/>',
        },
      ),
    ],
    ['backslashes and small letters in the names of its parts', renamed(book({}))],
    ['absolute paths', book({}, absolute())],
    ['a byte order mark in its parts', book({}, { 'xl/styles.xml': '\uFEFF<styleSheet/>' })],
  ])('a workbook with %s is read', async (_, bytes) => {
    expect(await summary(bytes)).toEqual(all)
  })

  it('shared strings, rich text, shared formulas and formulas with results are read as they are shown', async () => {
    const strings = [...header, 'Khoa Cơ khí'].map((s) => `<si><t>${s}</t></si>`).join('')
    const row = [
      xml('<v>7</v>', ' t="s"'),
      xml('<f t="shared" ref="B2:B3" si="0">X1</f><v>Khoa Cơ khí</v>', ' t="str"'),
      'faculty',
      xml(
        '<is><r><t xml:space="preserve">Nguyễn </t></r><r><t>Văn An</t></r><rPh sb="0" eb="1"><t>ignored</t></rPh></is>',
        ' t="inlineStr"',
      ),
      xml('<f>LOWER("ANNV")</f><v>annv@truong.example</v>', ' t="str"'),
      'head',
    ]
    const second = [
      xml('<v>7</v>', ' t="s"'),
      xml('<f t="shared" si="0"/><v>Khoa Cơ khí</v>', ' t="str"'),
      'faculty',
      'Trần Thị Bé',
      'bett@truong.example',
      'member',
    ]
    const bytes = book(
      { rows: [header.map((_, i) => xml(`<v>${i}</v>`, ' t="s"')), row, second] },
      {
        'xl/sharedStrings.xml': `<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">${strings}<si><r><t>KC</t></r><r><t>K</t></r></si></sst>`,
        'xl/_rels/workbook.xml.rels': relations('sharedStrings.xml'),
      },
    )
    expect(await summary(bytes)).toEqual(all.slice(0, 2))
  })
})

/** Changes the names in the directory of an archive as some programs write them. */
function renamed(bytes: Uint8Array): Uint8Array {
  const zip = Buffer.from(bytes)
  for (const [from, to] of [
    ['[Content_Types].xml', '[content_types].xml'],
    ['_rels/.rels', '_rels\\.rels'],
    ['xl/worksheets/sheet1.xml', 'xl\\worksheets\\sheet1.xml'],
  ] as const)
    zip.write(to, zip.lastIndexOf(from))
  return new Uint8Array(zip)
}

function relations(strings: string): string {
  const type = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
  return `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="s0" Type="${type}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="ss" Type="${type}/sharedStrings" Target="${strings}"/></Relationships>`
}

function absolute(): Record<string, string> {
  const type = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
  return {
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="s0" Type="${type}/worksheet" Target="/xl/worksheets/sheet1.xml"/></Relationships>`,
  }
}

describe('the sheet that is read', () => {
  const guide: SheetIn = { name: 'Hướng dẫn', rows: [['Điền vào trang sau'], ['unit_code', 'mã đơn vị']] }
  const empty: SheetIn = { name: 'Mẫu', rows: [header] }

  it.each<[string, SheetIn[]]>([
    ['behind a guide', [guide, { name: 'DS', rows: table }]],
    ['behind an empty form', [empty, { name: 'DS', rows: table }]],
    ['before others', [{ name: 'DS', rows: table }, guide, { name: 'Trống', rows: [] }]],
    [
      'beside a hidden old one',
      [
        { name: 'Cũ', rows: [header, an], state: 'hidden' },
        { name: 'DS', rows: table },
      ],
    ],
  ])('is the one with the roster, %s, and is named', async (_, sheets) => {
    const read = await readRoster(workbook(sheets), 'ds.xlsx')
    expect('roster' in read && [read.roster.people.length, read.notes.sheet]).toEqual([3, 'DS'])
  })

  it('is asked for when several have a roster, and can be chosen', async () => {
    const bytes = workbook([
      { name: 'Năm 2023', rows: [header, an] },
      { name: 'Năm 2024', rows: table },
    ])
    expect(await summary(bytes)).toEqual([expect.stringMatching(/2 trang: “Năm 2023”, “Năm 2024”.*--sheet “Năm 2023”/)])
    expect(await summary(bytes, 'Năm 2024')).toEqual(all)
    expect(await summary(bytes, 'Năm 2025')).toEqual([expect.stringContaining('không có trang tên “Năm 2025”')])
  })

  it('is not a hidden one, unless it is asked for', async () => {
    const bytes = workbook([guide, { name: 'Ẩn', rows: table, state: 'veryHidden' }])
    expect(await summary(bytes)).toEqual([expect.stringContaining('trang ẩn “Ẩn”')])
    expect(await summary(bytes, 'Ẩn')).toEqual(all)
  })

  it('is named when none has a header', async () => {
    expect(await summary(workbook([guide, { name: 'DS', rows: [['a', 'b']] }]))).toEqual([
      expect.stringContaining('đã xem trang “Hướng dẫn”, “DS”'),
    ])
  })
})

describe('a file that is no workbook of ours', () => {
  const ole = (text: string) =>
    Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(504), Buffer.from(text, 'utf16le')])
  const bof = Buffer.from('0908100000060500000000000000000000000000'.slice(0, 40), 'hex')

  it.each<[string, Uint8Array, RegExp]>([
    ['has a password', fixture('roster-with-password.xlsx'), /có mật khẩu/],
    ['has a password, in another order', ole('EncryptionInfo'), /có mật khẩu/],
    [
      'is an .xls with a password',
      Buffer.concat([
        Buffer.from('d0cf11e0a1b11ae1', 'hex'),
        Buffer.alloc(504),
        bof,
        Buffer.from('2f00', 'hex'),
        Buffer.alloc(60),
      ]),
      /có mật khẩu/,
    ],
    ['is an .xls', ole('Workbook'), /kiểu cũ \(\.xls\)/],
    [
      'is an .ods',
      zipOf({ mimetype: 'application/vnd.oasis.opendocument.spreadsheet', 'content.xml': '<x/>' }),
      /OpenDocument \(\.ods\)/,
    ],
    ['is an .xlsb', zipOf({ '[Content_Types].xml': '<x/>', 'xl/workbook.bin': 'x' }), /\.xlsb/],
    ['is from Apple Numbers', zipOf({ 'Index/Document.iwa': 'x' }), /Apple Numbers/],
    ['is a Word document', zipOf({ '[Content_Types].xml': '<x/>', 'word/document.xml': '<x/>' }), /Word/],
    ['is a PDF', Buffer.from('%PDF-1.7\n'), /PDF/],
    ['is a page named .xls', Buffer.from('\uFEFF\n<html><table><tr><td>unit_code'), /trang web/],
    [
      'is XML of Excel 2003',
      Buffer.from('<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'),
      /XML/,
    ],
    ['is an archive with a password', encrypted(workbook([{ name: 'DS', rows: table }])), /có mật khẩu/],
    ['is some archive', zipOf({ 'a.txt': 'x' }), /\.zip không phải bảng tính/],
    ['is cut off', workbook([{ name: 'DS', rows: table }]).slice(0, 900), /không mở được/],
    ['lacks its parts', zipOf({ 'xl/workbook.xml': '<workbook/>' }), /không mở được/],
  ])('gets the sentence that helps when it %s', async (_, bytes, sentence) => {
    expect(await summary(bytes)).toEqual([expect.stringMatching(sentence)])
  })
})

/** Sets the flag of encryption in the directory of an archive. */
function encrypted(bytes: Uint8Array): Uint8Array {
  const zip = Buffer.from(bytes)
  const at = zip.indexOf(Buffer.from([0x50, 0x4b, 1, 2]))
  zip.writeUInt16LE(zip.readUInt16LE(at + 8) | 1, at + 8)
  return new Uint8Array(zip)
}

describe('a hostile workbook', () => {
  const quickly = (bytes: Uint8Array) => within(5, () => summary(bytes))
  const parts = (sheet: string) => ({ 'xl/worksheets/sheet1.xml': sheet })

  it('is refused before it is unpacked when it is a bomb', async () => {
    const bomb = book({}, parts(`<worksheet>${' '.repeat(60_000_000)}</worksheet>`))
    expect(bomb.length).toBeLessThan(100_000)
    expect(await quickly(bomb)).toEqual([expect.stringContaining('quá lớn')])
  })

  it.each([0, 100])('is refused when its directory lies about sizes: %i', async (size) => {
    const bytes = zipOf(
      { '[Content_Types].xml': '<x/>', 'xl/workbook.xml': ' '.repeat(60_000_000) },
      { 'xl/workbook.xml': size },
    )
    expect(await quickly(bytes)).toHaveLength(1)
  })

  it('expands no entities', async () => {
    const bomb = `<!DOCTYPE w [<!ENTITY a "${'x'.repeat(1000)}"><!ENTITY b "${'&a;'.repeat(1000)}"><!ENTITY c "${'&b;'.repeat(1000)}">]>`
    const sheet = `${bomb}<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&c;</t></is></c></row></sheetData></worksheet>`
    expect(await quickly(book({}, parts(sheet)))).toEqual([expect.stringContaining('không tìm thấy dòng tiêu đề')])
  })

  it('may have a million rows of formats and stray cells, and is told when it has as many people', async () => {
    const rows = (n: number, from: number) =>
      Array.from({ length: n }, (_, i) => `<row r="${from + i}"><c r="A${from + i}"><v>1</v></c></row>`).join('')
    const cells = header.map((h, i) => `<c r="${'ABCDEF'[i]}1" t="inlineStr"><is><t>${h}</t></is></c>`).join('')
    const sheet = (from: number, n: number) =>
      parts(`<worksheet><sheetData><row r="1">${cells}</row>${rows(n, from)}</sheetData></worksheet>`)
    expect(await quickly(book({}, sheet(1_000_000, 40_000)))).toEqual([expect.stringContaining('chưa có dòng nào')])
    expect(await quickly(book({}, sheet(2, 30_000)))).toEqual([expect.stringContaining('quá nhiều dòng')])
  })

  it.each<[string, ThreadLimits, Uint8Array]>([
    [
      'declares all columns ten thousand times',
      { milliseconds: 1000, megabytes: 512 },
      book({ head: `<cols>${'<col min="1" max="16384" width="9"/>'.repeat(10_000)}</cols>` }),
    ],
    [
      'needs more memory than it may have',
      { milliseconds: 60_000, megabytes: 16 },
      book({ rows: Array.from({ length: 20_000 }, (_, i) => [`${i}`, `${i}a`, `${i}b`, `${i}c`, `${i}d`]) }),
    ],
  ])('ends with its thread when it %s', async (_, limits, bytes) => {
    expect(await readWorkbook(bytes, limits)).toEqual({ fault: { key: 'file.too_large' } })
  })

  it('of text is bounded too', async () => {
    const rows = (n: number) => Buffer.from(`${header.join()}\n${`${an.join()}\n`.repeat(n)}`)
    for (const bytes of [rows(20_001), Buffer.from('a,'.repeat(3_000_000))])
      expect(await quickly(bytes)).toEqual([expect.stringContaining('quá lớn')])
    expect(await quickly(Buffer.from(`${'a,'.repeat(1_000_000)}`))).toEqual([expect.stringContaining('dòng tiêu đề')])
  })

  it('of 5,000 people is read within two seconds', async () => {
    const rows = Array.from({ length: 5_000 }, (_, i) => [...an.slice(0, 4), `p${i}@truong.example`, 'member'])
    const bytes = book({ rows: [header, ...rows] })
    expect(await within(2, () => summary(bytes))).toHaveLength(5_000)
  })
})
