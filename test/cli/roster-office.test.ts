import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readRoster } from '../../src/cli/roster-file.js'
import { asTcvn3, asUtf8Twice, asVni, windows1258 } from './table/old-text.js'
import { type CellIn, workbook } from './table/workbook-builder.js'

const fixture = (name: string) => readFileSync(new URL(`../fixtures/rosters/${name}`, import.meta.url))
const header = ['unit_code', 'unit_name', 'unit_kind', 'full_name', 'email', 'role']
const an = ['KCK', 'Khoa Cơ khí', 'faculty', 'Nguyễn Văn An', 'an@t.example', 'head']
const be = ['KCK', 'Khoa Cơ khí', 'faculty', 'Trần Thị Bé', 'be@t.example', 'member']
const cuong = ['PDT', 'Phòng Đào tạo', 'office', 'Lê Văn Cường', 'cuong@t.example', 'head']
const plain = [header, an, be, cuong]

const sheet = (rows: CellIn[][], tail?: string, parts?: Record<string, string>) =>
  workbook([{ name: 'DS', rows, tail }], parts)
const csv = (rows: (string | undefined)[][]) =>
  Buffer.from(rows.map((row) => row.map((c = '') => `"${c.replaceAll('"', '""')}"`).join(',')).join('\n'))
const read = (bytes: Uint8Array) => readRoster(bytes, 'ds.xlsx')
const rosterOf = async (bytes: Uint8Array) => {
  const result = await read(bytes)
  return 'roster' in result ? result.roster : result.faults.map((f) => f.sentence)
}
const notesOf = async (bytes: Uint8Array) => {
  const result = await read(bytes)
  if ('faults' in result) throw new Error(result.faults.map((f) => f.sentence).join('\n'))
  return result.notes
}
const sentences = async (bytes: Uint8Array) => {
  const result = await read(bytes)
  return 'faults' in result ? result.faults.map((f) => f.sentence) : []
}
const expected = await rosterOf(csv(plain))
const merge = (...refs: string[]) =>
  `<mergeCells count="${refs.length}">${refs.map((ref) => `<mergeCell ref="${ref}"/>`).join('')}</mergeCells>`
const styled = (value: number, style: number) => ({ xml: `<c r="REF" s="${style}"><v>${value}</v></c>` })

describe('a roster as offices write it', () => {
  const vietnamese = ['Mã đơn vị', 'Đơn vị', 'Loại đơn vị', 'Họ và tên', 'Thư điện tử', 'Chức vụ']

  it.each<[string, Uint8Array]>([
    ['Vietnamese names of columns', csv([vietnamese, an, be, cuong])],
    [
      'other spellings of them',
      csv([['MÃ ĐƠN VỊ (*)', 'Tên  đơn vị:', 'Loại\nđơn vị', 'HỌ TÊN', 'Email (công vụ)', 'Vai trò *'], an, be, cuong]),
    ],
    [
      'names of columns without accents',
      csv([['Ma don vi', 'Ten don vi', 'Loai don vi', 'Ho ten', 'E-mail', 'Vai tro'], an, be, cuong]),
    ],
    ['names of columns in TCVN3', csv([vietnamese.map(asTcvn3), an, be, cuong])],
    [
      'columns in another order, with a number, a telephone and a date of birth beside them',
      sheet([
        ['STT', 'Họ và tên', 'Ngày sinh', 'Email', 'Điện thoại', 'role', 'unit_code', 'unit_name', 'unit_kind'],
        ...[an, be, cuong].map((r, i) => [
          i + 1,
          r[3],
          styled(30_000, 1),
          r[4],
          '0912 345 678',
          r[5],
          r[0],
          r[1],
          r[2],
        ]),
      ]),
    ],
    [
      'both a title and a duty',
      csv([
        [...header.slice(0, 5), 'Chức danh', 'Chức vụ'],
        ...[an, be, cuong].map((r) => [...r.slice(0, 5), 'Giảng viên', r[5]]),
      ]),
    ],
    [
      'the names split in two',
      csv([
        [...header.slice(0, 3), 'Họ đệm', 'Tên', 'email', 'role'],
        ['KCK', 'Khoa Cơ khí', 'faculty', 'Nguyễn Văn', 'An', an[4], 'head'],
        ['KCK', 'Khoa Cơ khí', 'faculty', 'Trần Thị', 'Bé', be[4], 'member'],
        ['PDT', 'Phòng Đào tạo', 'office', 'Lê Văn', 'Cường', cuong[4], 'head'],
      ]),
    ],
    [
      'the names split in two under one merged name',
      sheet(
        [
          [...header.slice(0, 4), null, 'email', 'role'],
          ['KCK', 'Khoa Cơ khí', 'faculty', 'Nguyễn Văn', 'An', an[4], 'head'],
          ['KCK', 'Khoa Cơ khí', 'faculty', 'Trần Thị', 'Bé', be[4], 'member'],
          ['PDT', 'Phòng Đào tạo', 'office', 'Lê Văn', 'Cường', cuong[4], 'head'],
        ],
        merge('D1:E1'),
      ),
    ],
    [
      'a header of two lines with merged cells',
      sheet(
        [
          ['DANH SÁCH CÁN BỘ'],
          ['Mã đơn vị', 'Tên đơn vị', 'Loại đơn vị', 'Cá nhân', null, null],
          [null, null, null, 'Họ và tên', 'Email', 'Vai trò'],
          an,
          be,
          cuong,
        ],
        merge('A1:F1', 'A2:A3', 'B2:B3', 'C2:C3', 'D2:F2'),
      ),
    ],
    [
      'the same saved as CSV',
      csv([
        ['DANH SÁCH'],
        ['Mã đơn vị', 'Tên đơn vị', 'Loại đơn vị', 'Cá nhân', '', ''],
        ['', '', '', 'Họ và tên', 'Email', 'Vai trò'],
        an,
        be,
        cuong,
      ]),
    ],
    ['a line of numbers of the columns', csv([header, ['(1)', '(2)', '(3)', '(4)', '(5)', '(6)'], an, be, cuong])],
    ['a line of letters of the columns', csv([header, ['A', 'B', 'C', '1', '2', '3'], an, be, cuong])],
    ['the header repeated on each page', csv([header, an, be, header, cuong])],
    [
      'the unit merged down',
      sheet([header, an, [null, null, null, ...be.slice(3)], cuong], merge('A2:A3', 'B2:B3', 'C2:C3')),
    ],
    ['the unit given once', csv([header, an, ['', '', '', ...be.slice(3)], cuong])],
    [
      'titles above, headings of groups, totals and signatures below',
      sheet(
        [
          ['UBND TỈNH AN GIANG', null, null, 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM'],
          ['TRƯỜNG CAO ĐẲNG NGHỀ', null, null, 'Độc lập – Tự do – Hạnh phúc'],
          [],
          ['DANH SÁCH'],
          header,
          ['I. KHỐI KHOA'],
          an,
          be,
          [],
          ['II. KHỐI PHÒNG'],
          cuong,
          ['Tổng cộng: 3 người'],
          [],
          [null, null, null, 'An Giang, ngày 11 tháng 3 năm 2024'],
          ['NGƯỜI LẬP BẢNG', null, 'TRƯỞNG PHÒNG', null, null, 'HIỆU TRƯỞNG'],
          ['(Ký, ghi rõ họ tên)', null, null, null, null, '(Ký tên, đóng dấu)'],
          ['Lê Thị Mai', null, 'Trần Văn Hùng', null, null, 'Nguyễn Thanh Hải'],
        ],
        merge('A4:F4', 'A6:F6', 'A10:F10', 'A12:C12'),
      ),
    ],
    [
      'addresses as links, with spaces, signs and capitals',
      csv([
        header,
        [...an.slice(0, 4), 'mailto:AN@t.example', 'head'],
        [...be.slice(0, 4), 'Trần Thị Bé <be@t.example>;', 'member'],
        [...cuong.slice(0, 4), '“cuong @t.example”.', 'head'],
      ]),
    ],
    [
      'full-width letters, soft hyphens and invisible characters',
      csv([
        header,
        ['ＫＣＫ', ...an.slice(1, 4), 'an＠t.example', 'head'],
        ['KCK\u200e', 'Khoa\u00a0Cơ\u00ad khí', ...be.slice(2)],
        cuong,
      ]),
    ],
    ['lines that end as on old Macs', Buffer.from(plain.map((row) => row.join(',')).join('\r'))],
    ['bars between cells', Buffer.from(plain.map((row) => row.join('|')).join('\n'))],
    [
      'a link to an address under other words',
      sheet(
        [
          header,
          [...an.slice(0, 4), 'an@t.example', 'head'],
          be,
          [...cuong.slice(0, 4), { xml: '<c r="REF" t="inlineStr"><is><t>Gửi thư</t></is></c>' }, 'head'],
        ],
        '<hyperlinks><hyperlink ref="E4" r:id="mail"/></hyperlinks>',
        {
          'xl/worksheets/_rels/sheet1.xml.rels':
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="mail" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink" Target="mailto:cuong@t.example?subject=x" TargetMode="External"/></Relationships>',
        },
      ),
    ],
  ])('is read with %s', async (_, bytes) => {
    expect(await rosterOf(bytes)).toEqual(expected)
  })

  it('keeps codes with zeros in front', async () => {
    const rows = [header, [styled(3, 2), 'Phòng Ba', 'office', ...an.slice(3)]]
    expect(await rosterOf(sheet(rows))).toMatchObject({ units: [{ code: '03' }] })
    expect(await rosterOf(csv([header, ['="03"', 'Phòng Ba', 'office', ...an.slice(3)]]))).toMatchObject({
      units: [{ code: '03' }],
    })
  })

  it('says which lines were left out, and whose unit was filled in', async () => {
    const notes = await notesOf(csv([header, ['Khối khoa'], an, ['', '', '', ...be.slice(3)], ['Tổng cộng', '', '2']]))
    expect(notes).toMatchObject({ skipped: [2, 5], unitsFromAbove: [4] })
  })

  it('says when two people of one unit share a name', async () => {
    const twin = [...be.slice(0, 3), 'nguyễn văn an', 'an2@t.example', 'member']
    expect((await notesOf(csv([header, an, twin]))).sameNames).toEqual(['nguyễn văn an (an@t.example, an2@t.example)'])
  })

  it('leaves out nobody who may be a person', async () => {
    const lacking = ['', '', '', 'Phạm Văn Dũng', '', 'member']
    expect(await sentences(csv([header, an, lacking, cuong]))).toEqual(['Dòng 3, cột email: ô còn trống.'])
    expect(await sentences(csv([header, an, cuong, lacking]))).toEqual(['Dòng 4, cột email: ô còn trống.'])
  })
})

describe('what Excel made of a cell', () => {
  const formula = { xml: '<c r="REF"><f>X1&amp;"@t.example"</f><v/></c>' }

  it('is told: a formula without a result', async () => {
    expect(await sentences(fixture('roster-formula-without-result.xlsx'))).toEqual([
      expect.stringMatching(/^Dòng 4, cột email: ô chứa công thức mà tệp không giữ kết quả/),
    ])
  })

  it.each<[string, Uint8Array, RegExp]>([
    [
      'a formula in a CSV',
      csv([header, [...an.slice(0, 3), '=A1&B1', ...an.slice(4)]]),
      /^Dòng 2, cột full_name: ô chứa công thức/,
    ],
    [
      'a date of a code',
      sheet([header, [styled(45_323, 1), ...an.slice(1)]]),
      /^Dòng 2, cột unit_code: Excel đã đổi .* ngày 01\/02\/2024/,
    ],
    [
      'a number of a code',
      sheet([header, [styled(100, 3), ...an.slice(1)]]),
      /^Dòng 2, cột unit_code: Excel đã đổi .* số 1\.00E\+2/,
    ],
    [
      'a date of a code, in a CSV',
      csv([header, ['1-Feb', ...an.slice(1)]]),
      /^Dòng 2, cột unit_code: mã đơn vị “1-Feb” do Excel/,
    ],
    ['a date of a code, in a Vietnamese CSV', csv([header, ['01-Thg2', ...an.slice(1)]]), /do Excel tự đổi/],
    ['a number of a code, in a CSV', csv([header, ['1.00E+02', ...an.slice(1)]]), /do Excel tự đổi/],
    [
      'an error',
      sheet([header, [...an.slice(0, 5), { xml: '<c r="REF" t="e"><f>VLOOKUP(1,2,3)</f><v>#N/A</v></c>' }]]),
      /^Dòng 2, cột role: ô báo lỗi #N\/A/,
    ],
    ['an error, in a CSV', csv([header, [...an.slice(0, 5), '#REF!']]), /ô báo lỗi #REF!/],
  ])('is told: %s', async (_, bytes, sentence) => {
    expect(await sentences(bytes)).toEqual([expect.stringMatching(sentence)])
  })

  it('is told where a formula gives nothing and something is needed, and rows of such formulas are blank', async () => {
    const nothing = { xml: '<c r="REF" t="str"><f>IF(X1="","",X1)</f><v></v></c>' }
    const prepared = header.map(() => nothing)
    expect(await rosterOf(sheet([...plain, prepared, prepared]))).toEqual(expected)
    expect(await sentences(sheet([...plain, [...an.slice(0, 4), nothing, 'member'], prepared]))).toEqual([
      expect.stringMatching(/^Dòng 5, cột email: ô chứa công thức/),
    ])
  })

  it('is told once for many rows', async () => {
    const rows = Array.from({ length: 60 }, (_, i) => [...an.slice(0, 3), `Người ${i}`, formula, 'member'] as CellIn[])
    expect(await sentences(sheet([header, ...rows]))).toEqual([
      expect.stringMatching(/^Dòng 2 và 59 dòng khác, cột email: ô chứa công thức/),
    ])
  })
})

describe('addresses and names', () => {
  it.each<[string, string, RegExp]>([
    ['Cyrillic letters', '\u0430n@t.example', /có chữ “\u0430” .*trông giống chữ Latinh/],
    ['accents', 'ân@t.example', /có chữ “â”/],
    ['a space inside', 'a n@t.example', /có dấu cách/],
    ['two addresses', 'an@t.example; be@t.example', /có nhiều địa chỉ/],
    ['a telephone', '0912345678', /“0912345678” không phải địa chỉ e-mail/],
    ['no domain', 'an@truong', /không phải địa chỉ e-mail/],
  ])('an address with %s is told', async (_, email, sentence) => {
    const found = await sentences(csv([header, [...an.slice(0, 4), email, 'head'], cuong]))
    expect(found).toEqual([expect.stringMatching(sentence)])
    expect(found[0]).toMatch(/^Dòng 2, cột email: /)
  })

  it.each(['0912345678', 'an@t.example'])('%s is no name', async (name) => {
    expect(await sentences(csv([header, [...an.slice(0, 3), name, an[4], 'head']]))).toEqual([
      expect.stringMatching(/^Dòng 2, cột full_name: “.*” không phải họ và tên/),
    ])
  })
})

describe('many faults', () => {
  const people = (n: number, change: (i: number) => string[]) =>
    csv([header, ...Array.from({ length: n }, (_, i) => change(i))])

  it('of one sort are one sentence', async () => {
    const bytes = people(60, (i) => [
      ...an.slice(0, 3),
      `Người ${i}`,
      `p${i}@t.example`,
      i % 2 ? 'Giảng viên' : 'Trưởng khoa',
    ])
    expect(await sentences(bytes)).toEqual([
      expect.stringMatching(/^Dòng 2 và 29 dòng khác, cột role: “Trưởng khoa” .* có phải “head”/),
      expect.stringMatching(/^Dòng 3 và 29 dòng khác, cột role: “Giảng viên” .* có phải “member”/),
    ])
  })

  it('of one sort with different values are five examples and one sentence', async () => {
    const found = await sentences(people(60, (i) => [...an.slice(0, 3), `Người số ${i}`, `09123456${i}`, 'member']))
    expect(found).toHaveLength(6)
    expect(found.at(-1)).toMatch(/^Dòng 7, 8, .* và 47 dòng khác, cột email: còn 55 ô nữa có lỗi như trên\.$/)
  })

  it('of every sort in every row stay a page', async () => {
    const found = await sentences(people(500, (i) => [`mã ${i}`, '', `loại ${i}`, '0', `x${i}`, `vai ${i}`]))
    expect(found.length).toBeLessThan(30)
  })
})

describe('a roster in an old encoding', () => {
  const rows = (write: (text: string) => string) => [header, ...plain.slice(1).map((row) => row.map(write))]

  it.each<[string, Uint8Array]>([
    ['roster-tcvn3.xlsx', fixture('roster-tcvn3.xlsx')],
    ['roster-double-encoded.csv', fixture('roster-double-encoded.csv')],
  ])('%s is converted', async (_, bytes) => {
    const { converted } = await notesOf(bytes)
    expect(converted?.changes.map(([, after]) => after)).toEqual(
      expect.arrayContaining(['Khoa Cơ khí', 'Nguyễn Văn An', 'Phòng Đào tạo', 'Lê Văn Cường']),
    )
  })

  it.each<[string, string, Uint8Array]>([
    ['TCVN3', 'tcvn3', sheet(rows(asTcvn3))],
    ['VNI', 'vni', sheet(rows(asVni))],
    ['doubly encoded UTF-8', 'utf8', sheet(rows(asUtf8Twice))],
    [
      'TCVN3, as bytes',
      'tcvn3',
      Buffer.from(
        rows(asTcvn3)
          .map((r) => r.join(','))
          .join('\n'),
        'latin1',
      ),
    ],
    [
      'VNI, as bytes and with semicolons',
      'vni',
      Buffer.from(
        rows(asVni)
          .map((r) => r.join(';'))
          .join('\r\n'),
        'latin1',
      ),
    ],
    ['Windows-1258', 'cp1258', windows1258(plain.map((r) => r.join('\t')).join('\n'))],
    [
      'UTF-16 of TCVN3 letters',
      'tcvn3',
      Buffer.from(
        `\uFEFF${rows(asTcvn3)
          .map((r) => r.join('\t'))
          .join('\n')}`,
        'utf16le',
      ),
    ],
  ])('is converted, and what was converted is told: %s', async (_, encoding, bytes) => {
    expect(await rosterOf(bytes)).toEqual(expected)
    const { converted } = await notesOf(bytes)
    expect(converted?.encoding).toBe(encoding)
    expect(converted?.changes.map(([, after]) => after).sort()).toEqual(
      ['Khoa Cơ khí', 'Lê Văn Cường', 'Nguyễn Văn An', 'Phòng Đào tạo', 'Trần Thị Bé'].sort(),
    )
  })

  it('goes by the font of each cell', async () => {
    const abc = (text: string) => ({ xml: `<c r="REF" s="4" t="inlineStr"><is><t>${asTcvn3(text)}</t></is></c>` })
    const vu = ['KCK', 'Khoa Cơ khí', 'faculty', abc('Vũ Tú'), 'vu@t.example', 'member']
    expect(await rosterOf(sheet([header, an, vu]))).toMatchObject({
      people: [{ fullName: 'Nguyễn Văn An' }, { fullName: 'Vũ Tú' }],
    })
  })

  it('is refused with the cell that nobody can tell when it is mixed with Unicode', async () => {
    const mixed = [
      header,
      an,
      [...be.slice(0, 3), asTcvn3('Trần Thị Bưởi'), ...be.slice(4)],
      [...cuong.slice(0, 3), asTcvn3('Vũ Tú'), ...cuong.slice(4)],
    ]
    expect(await sentences(sheet(mixed))).toEqual([
      expect.stringMatching(/^Dòng 4: tệp trộn Unicode với TCVN3 \(ABC\).*“Vò Tó”/),
    ])
  })

  it('that nobody knows is refused', async () => {
    expect(
      await sentences(
        Buffer.concat([
          csv([header]),
          Buffer.from('\nKCK,'),
          Buffer.from([0xd0, 0xf2, 0xe3]),
          Buffer.from(',faculty,A B,a@t.example,head'),
        ]),
      ),
    ).toEqual([expect.stringContaining('không phải UTF-8')])
  })

  it.each([
    ['question marks', (text: string) => text.replace(/[^\0-\xff]/g, '?')],
    ['replacement characters', (text: string) => text.replace(/[^\0-\xff]/g, '\ufffd')],
  ])('whose letters became %s is refused', async (_, write) => {
    expect(await sentences(csv(rows(write)))).toEqual([
      expect.stringMatching(/^Dòng 2 và 1 dòng khác, cột unit_name: “Khoa C[?\ufffd] khí” đã mất chữ có dấu/),
      expect.stringMatching(/^Dòng 2, cột full_name: “Nguy[?\ufffd]n V[?\ufffd]n An” đã mất chữ có dấu/),
      expect.stringMatching(/^Dòng 3, cột full_name/),
      expect.stringMatching(/^Dòng 4, cột unit_name/),
      expect.stringMatching(/^Dòng 4, cột full_name/),
    ])
  })

  it('that is Unicode, decomposed, is only normalized', async () => {
    const bytes = csv(plain.map((row) => row.map((cell) => cell.normalize('NFD'))))
    expect(await rosterOf(bytes)).toEqual(expected)
    expect((await notesOf(bytes)).converted).toBeUndefined()
  })
})
