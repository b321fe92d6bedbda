import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { decodeAs } from '../../../src/cli/table/old-encodings.js'
import { type CellText, recode } from '../../../src/cli/table/recode.js'
import { isSyllable } from '../../../src/cli/table/syllable.js'
import { asCp1258, asTcvn3, asUtf8Twice, asViqr, asVni } from './old-text.js'

const root = (file: string) => readFileSync(new URL(`../../../${file}`, import.meta.url), 'utf8')
const names = [
  'Nguyễn Văn An',
  'Trần Thị Bé',
  'Lê Văn Cường',
  'Phạm Thị Mỹ Hạnh',
  'Đặng Ngọc Quỳnh',
  'Huỳnh Tấn Lộc',
  'Võ Thị Thuý Kiều',
  'Bùi Xuân Trường',
  'Đỗ Minh Đức',
  'Khoa Điện – Điện tử',
  'Phòng Tổ chức – Hành chính',
  'Trung tâm Ngoại ngữ – Tin học',
  'Hội đồng thi đua, khen thưởng',
]
const cells = (texts: readonly string[], font?: string): CellText[] => texts.map((text) => ({ text, font }))

describe('a syllable', () => {
  it('is every word of the example roster and of the plan', () => {
    const text = `${root('db/roster.example.csv')} ${root('db/campaigns/qptd-2024.yaml')}`.normalize('NFC')
    const words = new Set(text.match(/[\p{L}\p{M}]+/gu)?.filter((word) => /[^\0-\x7f]/.test(word)))
    expect(words.size).toBeGreaterThan(200)
    // Short forms in capitals apart.
    expect([...words].filter((word) => !isSyllable(word) && word !== word.toUpperCase())).toEqual([])
  })

  it.each(['NguyÔn', 'Quèc', 'Müller', 'Niê', 'Kpă', 'đz', 'cạt̃'])('is not %s', (word) => {
    expect(isSyllable(word)).toBe(false)
  })
})

describe('an old encoding', () => {
  it.each([
    ['tcvn3', asTcvn3],
    ['vni', asVni],
    ['utf8', asUtf8Twice],
    ['cp1258', asCp1258],
    ['viqr', asViqr],
  ] as const)('%s is decoded', (encoding, write) => {
    for (const name of names) {
      if (encoding === 'viqr' && !/[\^(+]/.test(asViqr(name))) continue
      expect(decodeAs(encoding, write(name)), write(name)).toBe(name)
    }
  })

  it.each([
    ['tcvn3', asTcvn3],
    ['vni', asVni],
    ['utf8', asUtf8Twice],
    ['viqr', asViqr],
  ] as const)('%s is recognised by the letters of the whole file', (encoding, write) => {
    const { texts, encoding: found, unsure } = recode(cells([...names.map(write), 'KCK', 'head']))
    expect(found).toBe(encoding)
    expect(unsure).toEqual([])
    expect(texts).toEqual([...names, 'KCK', 'head'])
  })

  it('is recognised in files of one name', () => {
    for (const name of ['Nguyễn Văn An', 'Trần Thị Bé', 'Đỗ Minh Đức', 'Phòng Đào tạo', 'TĐKT'])
      for (const write of [asTcvn3, asVni, asUtf8Twice])
        expect(recode(cells([write(name)])).texts, name).toEqual([name])
  })

  it('converts names that look right by chance, when the file is otherwise in that encoding', () => {
    const written = [...names, 'Vũ Tú', 'Dũng'].map(asTcvn3)
    expect(written.slice(-2)).toEqual(['Vò Tó', 'Dòng'])
    expect(recode(cells(written)).texts.slice(-2)).toEqual(['Vũ Tú', 'Dũng'])
  })

  it('leaves such names to a person when the file also has Unicode', () => {
    const { encoding, unsure } = recode(cells(['Nguyễn Văn An', asTcvn3('Trần Thị Bưởi'), asTcvn3('Vũ Tú')]))
    expect([encoding, unsure]).toEqual(['tcvn3', [2]])
  })

  it.each([
    ['.VnTime', asTcvn3, 'Vũ Tú'],
    ['VNI-Times', asVni, 'Vũ Tú'],
  ])('goes by the font %s', (font, write, name) => {
    expect(recode([{ text: write(name), font }, { text: 'Nguyễn Văn An' }]).texts).toEqual([name, 'Nguyễn Văn An'])
  })

  it('gives capitals where the font shows capitals', () => {
    expect(recode(cells([asTcvn3('Nguyễn Văn An')], '.VnTimeH')).texts).toEqual(['NGUYỄN VĂN AN'])
  })

  it('leaves Unicode alone, in whatever font', () => {
    expect(recode(cells(names, '.VnTime'))).toEqual({ texts: names, unsure: [], encoding: undefined })
  })

  it.each([
    ['the example roster', root('db/roster.example.csv')],
    ['the plan', root('db/campaigns/qptd-2024.yaml')],
    [
      'foreign and highland names',
      'Niê Kđăm\nH’Blõ Ênuôl\nKpă Y Lơi\nThạch Sô Phi\nJosé Müller\nRenée Zoë\nChloé\nSøren Ångström',
    ],
    ['plain ASCII', 'Nguyen Van A.\nPhong (A)\nC++ (B)\nToan hoc?\n1+1\na@b.example\nO+'],
    ['signs', '§ 3 Luật số 06/2022\n20°C\n½\n«Khoa»\nTDP™'],
    ['decomposed letters', 'Nguyễn Thị Mỹ Hạnh'.normalize('NFD')],
  ])('is not found in %s', (_, text) => {
    const { texts, encoding } = recode(cells(text.split('\n')))
    expect(encoding).toBeUndefined()
    expect(texts.join('\n')).toBe(text.normalize('NFC'))
  })

  it('is found in bytes that are not UTF-8, and nothing is guessed where none fits', () => {
    expect(recode(cells(names.map(asCp1258)), false)).toMatchObject({ texts: names, encoding: 'cp1258', unsure: [] })
    expect(recode(cells(names.map(asTcvn3)), false)).toMatchObject({ texts: names, encoding: 'tcvn3' })
    expect(recode(cells(['\u00d0\u00f2\u00e3']), false)).toMatchObject({ unsure: [0] })
  })

  it('survives a text that was decoded wrongly twice, and bytes that were lost or tidied on the way', () => {
    const twice = asUtf8Twice(asUtf8Twice('Nguyễn Văn An'))
    expect(recode(cells([twice])).texts).toEqual(['Nguyễn Văn An'])
    const lost = /[\x81\x8d\x8f\x90\x9d]/g
    expect(recode(cells(names.map((name) => asUtf8Twice(name).replace(lost, '')))).texts).toEqual(names)
    // Three words are possible.
    expect(recode(cells([asUtf8Twice('Nguyễn Thị'), asUtf8Twice('Bờ').replace(lost, '')])).unsure).toEqual([1])
    expect(recode(cells([asUtf8Twice('Phòng Đào tạo').replaceAll('\u00a0', ' ')])).texts).toEqual(['Phòng Đào tạo'])
  })
})
