import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { auditActions } from '../../../src/core/audit/audit.js'
import { UserError } from '../../../src/core/errors.js'
import { authorize, belongsTo, handsIn, may, seenBy, unitsLedBy, unitsOf } from '../../../src/core/people/access.js'
import { type Capacity, type Need, type Permission, permissions } from '../../../src/core/people/permissions.js'
import { type Actor, type Role, roles } from '../../../src/core/people/person.js'
import { auditScopes, campaignActions, workspaceActions } from '../../../src/core/queries/desk/history.js'
import { actor, unit } from '../../example.js'

const own = unit('KCK', 1)
const other = unit('KDDT', 2)
const board = unit('BCH', 3, 'board')
const needs = Object.keys(permissions) as Need[]

/** What is asked about: in the person's own unit or another, their own doing or somebody else's. */
type Place = 'own' | 'other' | 'mine' | 'mine elsewhere' | 'behalf' | 'all'

/** The answers to one need at every place that its concern knows. */
function placesOf(who: Actor, need: Need): Place[] {
  const { concern }: Permission = permissions[need]
  const me = who.person.id
  const submission = (authorId: string, unitId: string, onBehalf = false) => ({ authorId, unitId, onBehalf })
  const ask = may as (actor: Actor, need: Need, subject?: unknown) => boolean
  const places: Record<Permission['concern'], [Place, unknown][]> = {
    unit: [
      ['own', own.id],
      ['other', other.id],
    ],
    anyUnit: [['all', undefined]],
    workspace: [['all', undefined]],
    person: [
      ['mine', me],
      ['other', 'somebody'],
    ],
    submission: [
      ['own', submission('somebody', own.id)],
      ['other', submission('somebody', other.id)],
      ['mine', submission(me, own.id)],
      ['mine elsewhere', submission(me, other.id)],
      ['behalf', submission('somebody', other.id, true)],
    ],
  }
  return places[concern].filter(([, subject]) => ask(who, need, subject)).map(([place]) => place)
}

/** Whoever holds one role: in their own reporting unit, or in the board's for the roles of the whole college. */
const holding = (role: Role): Actor => actor([[role, ['member', 'head', 'deputy'].includes(role) ? own : board]], 'me')

/** Each role's answers, a need a line; what is not named is refused. Written by hand, not derived from the table. */
const expected: Record<Role, Partial<Record<Need, Place[]>>> = {
  member: {
    'submission.submit': ['own'],
    'submission.see': ['own', 'mine', 'mine elsewhere'],
    'unit.see': ['own'],
    'log.own': ['all'],
  },
  head: {
    'submission.submit': ['own'],
    'submission.see': ['own', 'mine', 'mine elsewhere'],
    'submission.confirm': ['own'],
    'submission.unconfirm': ['own'],
    'submission.return': ['own'],
    'nilReport.say': ['own'],
    'unit.see': ['own'],
    'report.write': ['own'],
    'handover.give': ['own'],
    'preference.set': ['all'],
    'log.units': ['all'],
    'log.own': ['all'],
  },
  deputy: {
    'submission.submit': ['own'],
    'submission.see': ['own', 'mine', 'mine elsewhere'],
    'submission.confirm': ['own'],
    'submission.unconfirm': ['own'],
    'submission.return': ['own'],
    'nilReport.say': ['own'],
    'unit.see': ['own'],
    'report.write': ['own'],
    'handover.give': ['own'],
    'preference.set': ['all'],
    'log.units': ['all'],
    'log.own': ['all'],
  },
  command_board: {
    'submission.see': ['own', 'other', 'mine', 'mine elsewhere', 'behalf'],
    'submission.return': ['own', 'other'],
    'submission.accept': ['all'],
    'paper.record': ['all'],
    'unit.see': ['own', 'other'],
    'unit.seeAll': ['all'],
    'summary.see': ['all'],
    'report.decide': ['all'],
    'review.setDates': ['all'],
    'review.close': ['all'],
    'nudge.send': ['all'],
    'digest.progress': ['all'],
    'digest.eve': ['all'],
    'schedule.seeAll': ['all'],
    'log.all': ['all'],
  },
  org_office: {
    'submission.submit': ['own', 'other'],
    'submission.submitForAny': ['all'],
    'submission.attach': ['mine', 'mine elsewhere', 'behalf'],
    'submission.see': ['own', 'other', 'mine', 'mine elsewhere', 'behalf'],
    'unit.see': ['own', 'other'],
    'unit.seeAll': ['all'],
    'summary.see': ['all'],
    'review.setDates': ['all'],
    'review.reopen': ['all'],
    'nudge.send': ['all'],
    'absence.tell': ['mine', 'other'],
    'absence.tellOthers': ['all'],
    'digest.overdue': ['all'],
    'settings.change': ['all'],
    'holidays.edit': ['all'],
    'erasure.decide': ['other'],
    'account.move': ['other'],
    'schedule.seeAll': ['all'],
    'people.seeUnreachable': ['all'],
    'log.all': ['all'],
    'log.own': ['all'],
    'log.workspace': ['all'],
  },
  council: {},
  school_board: {
    'digest.eve': ['all'],
    'submission.see': ['own', 'other', 'mine', 'mine elsewhere', 'behalf'],
    'unit.see': ['own', 'other'],
    'unit.seeAll': ['all'],
    'summary.see': ['all'],
    'schedule.seeAll': ['all'],
    'log.all': ['all'],
  },
  admin: {
    'review.setDates': ['all'],
    'absence.tell': ['mine', 'other'],
    'absence.tellOthers': ['all'],
    'settings.change': ['all'],
    'holidays.edit': ['all'],
    'schedule.seeAll': ['all'],
    'account.move': ['mine', 'other'],
    'setup.see': ['all'],
    'log.workspace': ['all'],
  },
}

/** What everybody may do with their own, whatever their role. */
const everybody: Partial<Record<Need, Place[]>> = {
  'submission.edit': ['mine'],
  'submission.attach': ['mine', 'mine elsewhere'],
  'submission.see': ['mine', 'mine elsewhere'],
  'draft.open': ['mine'],
  'absence.tell': ['mine'],
}

describe('the table of permissions', () => {
  it.each(roles.flatMap((role) => needs.map((need) => [role, need] as const)))(
    'answers %s who asks for %s',
    (role, need) => {
      expect(placesOf(holding(role), need)).toEqual(expected[role][need] ?? everybody[need] ?? [])
    },
  )

  it.each(needs)('gives somebody without a role nothing but their own: %s', (need) => {
    expect(placesOf(actor([], 'me'), need)).toEqual(everybody[need] ?? [])
  })

  it.each(needs)('gives an admin named in the settings what the role gives: %s', (need) => {
    expect(placesOf(actor([], 'me', true), need)).toEqual(expected.admin[need] ?? everybody[need] ?? [])
  })

  it('adds up the roles of a person who has several', () => {
    const both = actor([
      ['head', own],
      ['command_board', board],
    ])
    expect(placesOf(both, 'submission.confirm')).toEqual(['own'])
    expect(placesOf(both, 'submission.return')).toEqual(['own', 'other'])
    expect(may(both, 'submission.accept')).toBe(true)
    const elsewhere = actor([
      ['head', own],
      ['member', other],
    ])
    expect(placesOf(elsewhere, 'submission.submit')).toEqual(['own', 'other'])
    expect(placesOf(elsewhere, 'submission.confirm')).toEqual(['own'])
  })

  it('lets nobody hand in for a unit that does not report', () => {
    const who = actor([
      ['member', board],
      ['head', board],
    ])
    expect([may(who, 'submission.submit', board.id), unitsOf(who), unitsLedBy(who)]).toEqual([false, [], []])
  })

  it('refuses with the sentence of the need', () => {
    const head = holding('head')
    expect(() => authorize(head, 'submission.confirm', own.id)).not.toThrow()
    expect(() => authorize(head, 'submission.confirm', other.id)).toThrow(
      expect.objectContaining({ key: 'access.denied', params: { need: 'confirm' } }),
    )
    expect(() => authorize(head, 'review.setDates')).toThrow(UserError)
  })

  it('is the table in docs/architecture.md, word for word', () => {
    const columns: [string, Capacity[]][] = [
      ['self', ['self']],
      ['staff', ['staff']],
      ['head, deputy', ['leader']],
      ['Command Board', ['command_board']],
      ['Org. Office', ['org_office', 'behalf', 'others']],
      ['School Board', ['school_board']],
      ['admin', ['admin']],
    ]
    const mark = ({ may: allowed }: Permission, capacities: Capacity[]): string => {
      const [found] = capacities.filter((c) => allowed.includes(c))
      return { behalf: 'on behalf', others: "others'" }[found as 'behalf' | 'others'] ?? (found ? '✓' : '')
    }
    const line = (cells: string[]) => `| ${cells.join(' | ')} |`
    const table = [
      line(['need', 'what', ...columns.map(([name]) => name)]),
      line(['---', '---', ...columns.map(() => '---')]),
      ...needs.map((need) => {
        const permission: Permission = permissions[need]
        return line([`\`${need}\``, permission.what, ...columns.map(([, capacities]) => mark(permission, capacities))])
      }),
    ]
    const docs = readFileSync(new URL('../../../docs/architecture.md', import.meta.url), 'utf8')
    expect(docs).toContain(table.join('\n'))
  })
})

describe('units', () => {
  it('are named once each, in the roster’s order', () => {
    const who = actor([
      ['member', other],
      ['head', own],
      ['member', own],
    ])
    expect(unitsOf(who).map((u) => u.code)).toEqual(['KCK', 'KDDT'])
    expect(unitsLedBy(who).map((u) => u.code)).toEqual(['KCK'])
    expect([belongsTo(who, own.id), belongsTo(who, board.id)]).toEqual([true, false])
  })
})

describe('a search', () => {
  it('finds what one may see: everything, or one’s own units and what one handed in', () => {
    expect(seenBy(holding('command_board'))).toBe('all')
    const head = actor(
      [
        ['head', own],
        ['member', board],
      ],
      'x',
    )
    expect(seenBy(head)).toEqual({ authorId: 'x', unitIds: [own.id] })
    expect(seenBy(actor([['council', board]], 'x'))).toEqual({ authorId: 'x', unitIds: [] })
  })
})

describe('handing in', () => {
  it.each<[Role, boolean]>([
    ['member', true],
    ['deputy', true],
    ['org_office', true],
    ['command_board', false],
    ['school_board', false],
    ['council', false],
    ['admin', false],
  ])('is for %s: %s', (role, expectedAnswer) => {
    expect(handsIn(holding(role))).toBe(expectedAnswer)
  })
})

describe('the log', () => {
  it.each<[string, [Role, typeof own][], string[]]>([
    ['nobody', [], []],
    ['a member', [['member', own]], ['own']],
    ['a head', [['head', own]], ['units', 'own']],
    ['the Command Board', [['command_board', board]], ['all']],
    ['the School Board', [['school_board', board]], ['all']],
    ['the Org. Office', [['org_office', board]], ['all', 'workspace', 'own']],
    ['the Council', [['council', board]], []],
    ['an admin', [['admin', board]], ['workspace']],
    [
      'an admin who is a member',
      [
        ['admin', own],
        ['member', own],
      ],
      ['workspace', 'own'],
    ],
  ])('shows %s the lists that are theirs, the widest first', (_, held, expectedScopes) => {
    expect(auditScopes(actor(held))).toEqual(expectedScopes)
  })

  it('has every action in what is shown of the campaign or of the workspace, those about reviews in both', () => {
    expect(new Set([...campaignActions, ...workspaceActions])).toEqual(new Set(auditActions))
    expect(campaignActions.filter((a) => workspaceActions.includes(a))).toEqual([
      'review.date_set',
      'review.closed',
      'review.reopened',
    ])
  })
})
