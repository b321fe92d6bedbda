import { describe, expect, it } from 'vitest'
import { checkRoster, type RosterColumn, rosterColumns } from '../../../src/core/setup/roster.js'

type Cells = Partial<Record<RosterColumn, string>>
const sound = {
  unit_code: 'KCK',
  unit_name: 'Khoa Cơ khí',
  unit_kind: 'faculty',
  full_name: 'Huỳnh Tấn Lộc',
  email: 'loc@cdn.example',
  role: 'head',
}
/** Rows from line 2 on, valid except for the given cells. */
const check = (...rows: Cells[]) => checkRoster(rows.map((cells, i) => ({ line: i + 2, raw: { ...sound, ...cells } })))
const faultsOf = (...rows: Cells[]) => {
  const checked = check(...rows)
  return 'faults' in checked ? checked.faults.map((f) => [f.line, f.column, f.key]) : []
}

describe('a roster', () => {
  it('has units in the order of the file, people, and a role for each row', () => {
    const pdt = { unit_code: 'PDT', unit_name: 'Phòng Đào tạo', unit_kind: 'office', role: 'member' }
    expect(check({}, pdt)).toEqual({
      roster: {
        units: [
          { code: 'KCK', name: 'Khoa Cơ khí', kind: 'faculty', position: 0 },
          { code: 'PDT', name: 'Phòng Đào tạo', kind: 'office', position: 1 },
        ],
        people: [{ fullName: 'Huỳnh Tấn Lộc', email: 'loc@cdn.example' }],
        roles: [
          { unitCode: 'KCK', email: 'loc@cdn.example', role: 'head' },
          { unitCode: 'PDT', email: 'loc@cdn.example', role: 'member' },
        ],
      },
    })
  })

  it.each<[string, Cells]>([
    ['the same row', {}],
    ['a code in small letters', { unit_code: ' kck ' }],
    ['an e-mail in capitals', { email: 'LOC@cdn.example' }],
    ['a role in capitals', { role: 'HEAD' }],
    ['decomposed letters', { unit_name: 'Khoa Cơ khí'.normalize('NFD') }],
    ['non-breaking and double spaces', { full_name: '\u00a0Huỳnh\u00a0 Tấn  Lộc' }],
    ['a zero-width character', { email: '\u200bloc@cdn.example' }],
  ])('treats %s as the same', (_, cells) => {
    expect(check({}, cells)).toEqual(check({}))
  })

  it.each<[string, Cells[], unknown[]]>([
    ['an unknown role', [{ role: 'truong' }], [[2, 'role', 'roster.role_unknown']]],
    ['an unknown kind', [{ unit_kind: 'khoa' }], [[2, 'unit_kind', 'roster.kind_unknown']]],
    ['an empty cell', [{ full_name: ' \u00a0' }], [[2, 'full_name', 'roster.cell_empty']]],
    ['an empty role', [{ role: '' }], [[2, 'role', 'roster.cell_empty']]],
    ['an invalid e-mail address', [{ email: 'loc' }], [[2, 'email', 'roster.email_invalid']]],
    ['a code with a space', [{ unit_code: 'K CK' }], [[2, 'unit_code', 'roster.code_invalid']]],
    ['a code too long', [{ unit_code: 'K'.repeat(21) }], [[2, 'unit_code', 'roster.too_long']]],
    ['two names of a unit', [{}, { unit_name: 'Khoa Cơ' }], [[3, 'unit_name', 'roster.unit_name_differs']]],
    ['two kinds of a unit', [{}, { unit_kind: 'office' }], [[3, 'unit_kind', 'roster.unit_kind_differs']]],
    ['two names of a person', [{}, { full_name: 'Lộc' }], [[3, 'full_name', 'roster.person_name_differs']]],
    ['no rows', [], [[1, undefined, 'roster.empty']]],
    [
      'several faults, in the order of lines and columns',
      [{ role: 'x', email: 'y' }, { unit_name: '' }],
      [
        [2, 'email', 'roster.email_invalid'],
        [2, 'role', 'roster.role_unknown'],
        [3, 'unit_name', 'roster.cell_empty'],
      ],
    ],
    [
      'a clash of names beside a bad role',
      [{}, { full_name: 'Lộc', role: 'x' }],
      [
        [3, 'full_name', 'roster.person_name_differs'],
        [3, 'role', 'roster.role_unknown'],
      ],
    ],
    [
      'two names of a unit, one of them in a row with a bad kind',
      [{ unit_kind: 'khoa' }, { unit_name: 'Khoa Cơ' }],
      [
        [2, 'unit_kind', 'roster.kind_unknown'],
        [3, 'unit_name', 'roster.unit_name_differs'],
      ],
    ],
  ])('is refused with %s', (_, rows, faults) => {
    expect(faultsOf(...rows)).toEqual(faults)
  })

  it('names the first line and value of a conflict', () => {
    expect(check({}, {}, { unit_code: 'kck', unit_name: 'Khoa Khác' })).toMatchObject({
      faults: [{ line: 4, params: { value: 'Khoa Khác', first: 'Khoa Cơ khí', firstLine: 2, unitCode: 'KCK' } }],
    })
  })

  it('reports a missing column once, not for every row', () => {
    const { email: _, ...raw } = sound
    expect(checkRoster([2, 3, 4].map((line) => ({ line, raw })))).toEqual({
      faults: [{ line: 2, column: 'email', key: 'roster.column_missing', params: {} }],
    })
  })

  it('has the columns that existing files use', () => {
    expect(rosterColumns.join()).toBe('unit_code,unit_name,unit_kind,full_name,email,role')
  })
})
