import { z } from 'zod'
import { type Role, roles } from '../people/person.js'
import { type UnitKind, unitKinds } from '../people/unit.js'
import { cleanAddress, cleanCell, hasLostLetters, isChangedCode, strangeLetters } from './roster-cell.js'

/** Columns of a roster file, which has a row for each role of a person. Their names are part of the file format. */
export const rosterColumns = ['unit_code', 'unit_name', 'unit_kind', 'full_name', 'email', 'role'] as const
export type RosterColumn = (typeof rosterColumns)[number]

export type RosterFaultKey =
  | 'roster.empty'
  | 'roster.column_missing'
  | 'roster.cell_empty'
  | 'roster.too_long'
  | 'roster.code_invalid'
  | 'roster.code_changed'
  | 'roster.name_invalid'
  | 'roster.letters_lost'
  | 'roster.email_invalid'
  | 'roster.email_letters'
  | 'roster.email_several'
  | 'roster.kind_unknown'
  | 'roster.role_unknown'
  | 'roster.unit_name_differs'
  | 'roster.unit_kind_differs'
  | 'roster.person_name_differs'

/** What the sentence about a fault may need. */
export interface RosterFaultParams {
  value?: string
  max?: number
  length?: number
  allowed?: readonly string[]
  /** The different value of an earlier line, and its number. */
  first?: string
  firstLine?: number
  unitCode?: string
  email?: string
  /** Characters that are not allowed. */
  letters?: string
}

export interface RosterFault {
  line: number
  column?: RosterColumn
  key: RosterFaultKey
  params: RosterFaultParams
}

export interface RosterRow {
  line: number
  raw: Record<string, string>
}

export interface Roster {
  /** `position` from 0, in the order of the file. */
  units: { code: string; name: string; kind: UnitKind; position: number }[]
  people: { fullName: string; email: string }[]
  roles: { unitCode: string; email: string; role: Role }[]
}

const cell = z.string().transform(cleanCell).pipe(z.string().min(1, 'roster.cell_empty'))
/** A name. A question mark in it stands for a letter that was lost when the file was saved. */
const named = cell.refine((text) => !text.includes('?') && !hasLostLetters(text), {
  error: 'roster.letters_lost',
  abort: true,
})
const lower = cell.transform((text) => text.toLowerCase())
const upTo = (max: number) => z.string().max(max, 'roster.too_long')

/** One row. Codes become upper case, e-mails, kinds and roles lower case, so that spelling creates no second unit. */
const rosterRowSchema = z.object({
  unit_code: cell
    .transform((text) => text.toUpperCase())
    .refine((code) => !isChangedCode(code), { error: 'roster.code_changed', abort: true })
    .pipe(upTo(20).regex(/^[\p{L}\p{N}][\p{L}\p{N}._-]*$/u, 'roster.code_invalid')),
  unit_name: named.pipe(upTo(120)),
  unit_kind: lower.pipe(z.enum(unitKinds, 'roster.kind_unknown')),
  // Digits or an address in place of a name: the columns are mixed up.
  full_name: named.pipe(upTo(100).regex(/^[^@]*\p{L}[^@]*$/u, 'roster.name_invalid')),
  email: z
    .string()
    .transform(cleanAddress)
    .pipe(z.string().min(1, 'roster.cell_empty'))
    .pipe(
      upTo(254)
        .refine((text) => text.split('@').length <= 2, { error: 'roster.email_several', abort: true })
        .refine((text) => !text.includes('@') || strangeLetters(text) === '', {
          error: 'roster.email_letters',
          abort: true,
        })
        .pipe(z.email('roster.email_invalid')),
    ),
  role: lower.pipe(z.enum(roles, 'roster.role_unknown')),
})

/**
 * Validates all rows: returns the roster, or every fault in the order of the file. There is no partial roster, which would leave
 * units without heads. Repeated rows are allowed.
 */
export function checkRoster(rows: readonly RosterRow[]): { roster: Roster } | { faults: RosterFault[] } {
  const first = rows[0]
  if (!first) return { faults: [{ line: 1, key: 'roster.empty', params: {} }] }
  const missing = rosterColumns.filter((column) => rows.every((row) => row.raw[column] === undefined))
  const faults: RosterFault[] = missing.map((column) => ({
    line: first.line,
    column,
    key: 'roster.column_missing',
    params: {},
  }))
  const units = new Map<string, Roster['units'][number]>()
  const names = new Map<string, FirstValue>()
  const kinds = new Map<string, FirstValue>()
  const people = new Map<string, Roster['people'][number] & { line: number }>()
  const held = new Map<string, Roster['roles'][number]>()
  for (const { line, raw } of rows) {
    const row = readRow(raw, (column, key, params) => {
      if (!missing.includes(column)) faults.push({ line, column, key, params })
    })
    const { unit_code: code, unit_name: name, unit_kind: kind, full_name: fullName, email, role } = row
    if (code && name && kind && !units.has(code)) units.set(code, { code, name, kind, position: units.size })
    if (code) {
      const differ = (column: RosterColumn, key: RosterFaultKey, first: Map<string, FirstValue>, value?: string) => {
        const known = value && first.get(code)
        if (value && !known) first.set(code, { value, line })
        if (known && known.value !== value)
          faults.push({
            line,
            column,
            key,
            params: { value, first: known.value, unitCode: code, firstLine: known.line },
          })
      }
      differ('unit_name', 'roster.unit_name_differs', names, name)
      differ('unit_kind', 'roster.unit_kind_differs', kinds, kind)
    }
    if (email && fullName) {
      const known = people.get(email)
      if (!known) people.set(email, { fullName, email, line })
      else if (known.fullName !== fullName)
        faults.push({
          line,
          column: 'full_name',
          key: 'roster.person_name_differs',
          params: { value: fullName, first: known.fullName, firstLine: known.line, email },
        })
    }
    if (code && email && role) held.set(`${code}\n${email}\n${role}`, { unitCode: code, email, role })
  }
  if (faults.length > 0) return { faults: faults.sort(byPlace) }
  return {
    roster: {
      units: [...units.values()],
      people: [...people.values()].map(({ fullName, email }) => ({ fullName, email })),
      roles: [...held.values()],
    },
  }
}

/** The value in the first row of a unit. */
interface FirstValue {
  value: string
  line: number
}

type Report = (column: RosterColumn, key: RosterFaultKey, params: RosterFaultParams) => void

/** Returns the valid cells and reports the others, so that an invalid role hides no other fault of the row. */
function readRow(raw: Record<string, string>, report: Report): Partial<z.infer<typeof rosterRowSchema>> {
  const row: Record<string, unknown> = {}
  for (const column of rosterColumns) {
    const read = rosterRowSchema.shape[column].safeParse(raw[column] ?? '')
    if (read.success) row[column] = read.data
    for (const issue of read.error?.issues.slice(0, 1) ?? []) {
      const params: RosterFaultParams = { value: cleanCell(raw[column] ?? '') }
      if (issue.code === 'too_big') Object.assign(params, { max: issue.maximum, length: params.value?.length })
      if (issue.message === 'roster.email_letters') params.letters = strangeLetters(params.value ?? '')
      if (issue.code === 'invalid_value') params.allowed = issue.values.map(String)
      report(column, issue.message as RosterFaultKey, params)
    }
  }
  return row
}

const place = (fault: RosterFault): number => (fault.column ? rosterColumns.indexOf(fault.column) : -1)
const byPlace = (a: RosterFault, b: RosterFault): number => a.line - b.line || place(a) - place(b)
