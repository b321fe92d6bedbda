import { z } from 'zod'
import { isDate } from '../date.js'
import { unitKinds } from '../people/unit.js'

/**
 * A plan as data: the content of `db/campaigns/*.yaml`, and what an import stores. Each issue's message is a
 * `PlanFaultKey`; src/text makes the sentence. All issues of a file are found in one pass.
 */

/** Short titles are shown in buttons and menus beside a code. In UTF-16 units. */
export const SHORT_MAX = 70

export const planFaultKeys = [
  'plan.missing',
  'plan.not_text',
  'plan.not_number',
  'plan.not_yes_no',
  'plan.not_map',
  'plan.not_list',
  'plan.text_empty',
  'plan.list_empty',
  'plan.list_too_long',
  'plan.short_too_long',
  'plan.text_too_long',
  'plan.unknown_key',
  'plan.code_invalid',
  'plan.prefix_invalid',
  'plan.date_invalid',
  'plan.time_invalid',
  'plan.group_code_invalid',
  'plan.criterion_code_invalid',
  'plan.criterion_outside_group',
  'plan.code_twice',
  'plan.period_reversed',
  'plan.award_kind_unknown',
  'plan.unit_kind_unknown',
  'plan.days_invalid',
  'plan.ladder_not_descending',
  'plan.ladder_not_ascending',
  'plan.hours_reversed',
] as const

export type PlanFaultKey = (typeof planFaultKeys)[number]

const or = (key: PlanFaultKey) => (issue: { input?: unknown }) => (issue.input === undefined ? 'plan.missing' : key)

/** YAML reads `name:` without a value as null: that is an empty text, not a value of a wrong type. */
const notText = (issue: { input?: unknown }) => (issue.input === null ? 'plan.text_empty' : or('plan.not_text')(issue))

/** An object without unknown keys: a misspelt key must not pass as a missing one. */
const map = <S extends z.core.$ZodLooseShape>(shape: S) =>
  z.strictObject(shape, {
    error: (issue) => (issue.code === 'unrecognized_keys' ? 'plan.unknown_key' : or('plan.not_map')(issue)),
  })

const list = <T extends z.core.SomeType>(item: T) => z.array(item, { error: or('plan.not_list') })
const someOf = <T extends z.core.SomeType>(item: T) => list(item).min(1, 'plan.list_empty')

const text = z
  .string({ error: notText })
  .normalize('NFC')
  .trim()
  .min(1, 'plan.text_empty')
  .max(3000, 'plan.text_too_long')
const short = text.max(SHORT_MAX, 'plan.short_too_long')
const shaped = (shape: RegExp, key: PlanFaultKey) => z.string({ error: notText }).normalize('NFC').regex(shape, key)
const date = z.string({ error: notText }).refine(isDate, 'plan.date_invalid')
const time = shaped(/^([01]\d|2[0-3]):[0-5]\d$/, 'plan.time_invalid')

/**
 * Runs a rule over several values even if single values are invalid, so that all faults are reported at once. The rule
 * must therefore expect `unknown` values.
 */
const always = { when: () => true }
const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
const items = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])

type Add = z.core.$RefinementCtx
const fault = (
  ctx: Add,
  key: PlanFaultKey,
  path: PropertyKey[],
  input: unknown,
  params: Record<string, unknown> = {},
) => ctx.addIssue({ code: 'custom', message: key, path, input, params })

function codesOnce(value: unknown, ctx: Add): void {
  const seen = new Set<unknown>()
  items(value).forEach((item, i) => {
    const { code } = record(item)
    if (typeof code === 'string' && seen.has(code)) fault(ctx, 'plan.code_twice', [i, 'code'], code)
    seen.add(code)
  })
}

function codesOfGroup(value: unknown, ctx: Add): void {
  const group = record(value)
  items(group.criteria).forEach((item, i) => {
    const { code } = record(item)
    if (!/^[a-z]$/.test(String(group.code)) || !/^[a-z]\d/.test(String(code))) return
    if (!String(code).startsWith(String(group.code)))
      fault(ctx, 'plan.criterion_outside_group', ['criteria', i, 'code'], code, { group: group.code })
  })
}

const inOrder = (key: PlanFaultKey, ordered: (a: number, b: number) => boolean) => (value: unknown, ctx: Add) =>
  items(value).forEach((day, i, all) => {
    const before = all[i - 1]
    if (typeof day === 'number' && typeof before === 'number' && !ordered(before, day))
      fault(ctx, key, [i], day, { before })
  })

const notAfter =
  (first: string, last: string, key: PlanFaultKey, mayBeEqual: boolean) => (value: unknown, ctx: Add) => {
    const [a, b] = [record(value)[first], record(value)[last]]
    // Values of different lengths: one is malformed (8:00), which is reported already.
    if (typeof a !== 'string' || typeof b !== 'string' || a.length !== b.length) return
    if (a < b || (mayBeEqual && a === b)) return
    fault(ctx, key, [last], b, { first: a })
  }

const criterion = map({ code: shaped(/^[a-z][1-9]\d?$/, 'plan.criterion_code_invalid'), short, text })
const group = map({
  code: shaped(/^[a-z]$/, 'plan.group_code_invalid'),
  title: text,
  short,
  criteria: someOf(criterion).superRefine(codesOnce, always),
}).superRefine(codesOfGroup, always)

const days = z
  .int({ error: (issue) => (typeof issue.input === 'number' ? 'plan.days_invalid' : or('plan.not_number')(issue)) })
  .min(1, 'plan.days_invalid')
  .max(250, 'plan.days_invalid')
const ladder = list(days).max(20, 'plan.list_too_long')

const body = map({ name: text, text })

export const planSchema = map({
  /**
   * Identifies the campaign permanently: an import of the same code changes the campaign, another code makes a new one.
   */
  code: shaped(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'plan.code_invalid'),
  /** `TĐ-2024`: the first part of a submission's number, so that the numbers of two years never collide. */
  submissionPrefix: shaped(/^\p{Lu}{1,6}-\d{4}$/u, 'plan.prefix_invalid'),
  number: text,
  date,
  place: text,
  superiorBody: text,
  issuingBody: text,
  title: text,
  legalBases: list(text),
  preamble: text,
  purposes: someOf(text),
  /** *Đối tượng*: whom the campaign is for. */
  subjects: text,
  criteriaIntro: text,
  groups: someOf(group).superRefine(codesOnce, always),
  period: map({ from: date, to: date }).superRefine(notAfter('from', 'to', 'plan.period_reversed', true), always),
  awards: list(
    map({
      kind: z.enum(['commendation', 'merit'], { error: or('plan.award_kind_unknown') }),
      name: text,
      grantedBy: text,
    }),
  ),
  reporters: map({
    kinds: someOf(z.enum(unitKinds).exclude(['board'], { error: or('plan.unit_kind_unknown') })),
    text,
  }),
  commandBoard: body,
  orgOffice: body,
  recipients: list(text),
  signer: map({ office: text, name: text }),
  reminders: map({
    workingDaysBefore: ladder.superRefine(
      inOrder('plan.ladder_not_descending', (a, b) => a > b),
      always,
    ),
    onTheDay: z.boolean({ error: or('plan.not_yes_no') }),
    workingDaysLate: ladder.superRefine(
      inOrder('plan.ladder_not_ascending', (a, b) => a < b),
      always,
    ),
    at: time,
    until: time,
  }).superRefine(notAfter('at', 'until', 'plan.hours_reversed', false), always),
})

export type Plan = z.infer<typeof planSchema>
