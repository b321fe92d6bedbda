import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { type Plan, planFaultKeys, planSchema } from '../../../src/core/campaign/plan.js'

const root = new URL('../../../', import.meta.url)
const yaml = readFileSync(new URL('db/campaigns/qptd-2024.yaml', root), 'utf8')
const real = (): Plan => parse(yaml)
const signed = new URL('../shared/plan-484-KH-CDN.txt', root)

describe('plan 484/KH-CĐN', () => {
  const plan = planSchema.parse(real())

  it('has the two groups with all eleven criteria, in the order of the plan', () => {
    expect(plan.groups.flatMap((g) => g.criteria.map((c) => c.code))).toEqual(
      'a1 a2 a3 a4 a5 b1 b2 b3 b4 b5 b6'.split(' '),
    )
  })

  it('is written in NFC, so that parsing does not change it', () => {
    expect(yaml).toBe(yaml.normalize('NFC'))
    expect(plan).toEqual(real())
  })

  it('has the default reminders', () => {
    expect(plan.reminders).toEqual({
      workingDaysBefore: [20, 10, 5, 2, 1],
      onTheDay: true,
      workingDaysLate: [1, 3, 5],
      at: '08:00',
      until: '18:00',
    })
  })

  // The signed text is not part of the repository; the test runs only where the file exists beside it.
  it.skipIf(!existsSync(signed))('says what the signed plan says, word for word', () => {
    const flat = (text: string) => text.normalize('NFC').replace(/\s+/g, ' ').trim()
    const source = readFileSync(signed, 'utf8')
    const start = source.indexOf('a) Về xây dựng lực lượng')
    const end = source.indexOf('III. THỜI GIAN')
    const items = source
      .slice(start, end)
      .split('\n')
      .filter((line) => line.startsWith('- '))
    expect(plan.groups.flatMap((g) => g.criteria.map((c) => flat(c.text)))).toEqual(items.map((i) => flat(i.slice(2))))
    const texts = [
      plan.number,
      plan.title,
      plan.issuingBody,
      ...plan.legalBases,
      plan.preamble,
      ...plan.purposes,
      plan.subjects,
      plan.criteriaIntro,
      ...plan.groups.map((g) => g.title),
      ...plan.awards.flatMap((a) => [a.name, a.grantedBy]),
      ...[plan.reporters, plan.commandBoard, plan.orgOffice].map((r) => r.text),
      ...plan.recipients,
      plan.signer.name,
    ]
    for (const text of texts) expect(flat(source)).toContain(flat(text))
    expect(flat(source)).toContain(plan.superiorBody.toUpperCase())
    expect(flat(source)).toContain(plan.signer.office.toUpperCase())
  })
})

describe('a plan with a fault', () => {
  // biome-ignore lint/suspicious/noExplicitAny: the cases break the type on purpose
  type Broken = any
  const cases: [string, (p: Broken) => void, string, string][] = [
    ['lacks its title', (p) => delete p.title, 'title', 'plan.missing'],
    ['has a number for a text', (p) => (p.title = 12), 'title', 'plan.not_text'],
    ['has an empty text', (p) => (p.title = '  '), 'title', 'plan.text_empty'],
    ['has nothing after a key', (p) => (p.title = null), 'title', 'plan.text_empty'],
    ['has a code with capitals', (p) => (p.code = 'QPTD 2024'), 'code', 'plan.code_invalid'],
    ['has a prefix without a year', (p) => (p.submissionPrefix = 'TĐ'), 'submissionPrefix', 'plan.prefix_invalid'],
    ['has a date that does not exist', (p) => (p.date = '2024-02-30'), 'date', 'plan.date_invalid'],
    ['ends before it begins', (p) => (p.period.to = '2023-12-31'), 'period.to', 'plan.period_reversed'],
    ['has no groups', (p) => (p.groups = []), 'groups', 'plan.list_empty'],
    ['has a list that is none', (p) => (p.purposes = 'x'), 'purposes', 'plan.not_list'],
    ['has a map that is none', (p) => (p.signer = 'x'), 'signer', 'plan.not_map'],
    ['has a group of two letters', (p) => (p.groups[1].code = 'bb'), 'groups.1.code', 'plan.group_code_invalid'],
    ['has two groups a', (p) => (p.groups[1] = p.groups[0]), 'groups.1.code', 'plan.code_twice'],
    [
      'has a criterion A1',
      (p) => (p.groups[0].criteria[0].code = 'A1'),
      'groups.0.criteria.0.code',
      'plan.criterion_code_invalid',
    ],
    [
      'has b9 in group a',
      (p) => (p.groups[0].criteria[4].code = 'b9'),
      'groups.0.criteria.4.code',
      'plan.criterion_outside_group',
    ],
    ['has a1 twice', (p) => (p.groups[0].criteria[1].code = 'a1'), 'groups.0.criteria.1.code', 'plan.code_twice'],
    [
      'has a short title of 71',
      (p) => (p.groups[0].criteria[1].short = 'x'.repeat(71)),
      'groups.0.criteria.1.short',
      'plan.short_too_long',
    ],
    ['has a text that no message holds', (p) => (p.preamble = 'x'.repeat(3001)), 'preamble', 'plan.text_too_long'],
    ['has an unknown award', (p) => (p.awards[0].kind = 'medal'), 'awards.0.kind', 'plan.award_kind_unknown'],
    ['lets a board report', (p) => p.reporters.kinds.push('board'), 'reporters.kinds.5', 'plan.unit_kind_unknown'],
    [
      'has a ladder that climbs',
      (p) => (p.reminders.workingDaysBefore = [5, 10]),
      'reminders.workingDaysBefore.1',
      'plan.ladder_not_descending',
    ],
    [
      'has a rung twice',
      (p) => (p.reminders.workingDaysBefore = [5, 5]),
      'reminders.workingDaysBefore.1',
      'plan.ladder_not_descending',
    ],
    [
      'has late rungs backwards',
      (p) => (p.reminders.workingDaysLate = [3, 1]),
      'reminders.workingDaysLate.1',
      'plan.ladder_not_ascending',
    ],
    [
      'has a rung of no days',
      (p) => (p.reminders.workingDaysBefore = [0]),
      'reminders.workingDaysBefore.0',
      'plan.days_invalid',
    ],
    [
      'has a rung of half a day',
      (p) => (p.reminders.workingDaysBefore = [1.5]),
      'reminders.workingDaysBefore.0',
      'plan.days_invalid',
    ],
    [
      'has a rung in words',
      (p) => (p.reminders.workingDaysBefore = ['x']),
      'reminders.workingDaysBefore.0',
      'plan.not_number',
    ],
    [
      'has too many rungs',
      (p) => (p.reminders.workingDaysLate = Array.from({ length: 21 }, (_, i) => i + 1)),
      'reminders.workingDaysLate',
      'plan.list_too_long',
    ],
    ['says "maybe"', (p) => (p.reminders.onTheDay = 'maybe'), 'reminders.onTheDay', 'plan.not_yes_no'],
    ['has an hour 8:00', (p) => (p.reminders.at = '8:00'), 'reminders.at', 'plan.time_invalid'],
    ['has an hour 24:00', (p) => (p.reminders.until = '24:00'), 'reminders.until', 'plan.time_invalid'],
    ['closes before it opens', (p) => (p.reminders.until = '07:00'), 'reminders.until', 'plan.hours_reversed'],
    ['has a key of its own', (p) => (p.groups[0].points = 10), 'groups.0', 'plan.unknown_key'],
  ]

  it.each(cases)('gets exactly one fault, at the right path, when it %s', (_, harm, path, key) => {
    const plan = real()
    harm(plan)
    const issues = planSchema.safeParse(plan).error?.issues ?? []
    expect(issues.map((i) => [i.path.join('.'), i.message])).toEqual([[path, key]])
  })

  it('is tested for every fault key', () => {
    expect(new Set(cases.map((c) => c[3]))).toEqual(new Set(planFaultKeys))
  })

  it('gets rules over several values checked together with all others', () => {
    const plan = real() as Broken
    delete plan.title
    delete plan.groups[0].criteria[0].text
    plan.groups[0].criteria[1].code = 'a1'
    plan.period.to = '2020-01-01'
    const issues = planSchema.safeParse(plan).error?.issues ?? []
    expect(issues.map((i) => i.message).sort()).toEqual(
      ['plan.code_twice', 'plan.missing', 'plan.missing', 'plan.period_reversed'].sort(),
    )
  })
})
