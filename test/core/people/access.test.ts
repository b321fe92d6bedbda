import { describe, expect, it } from 'vitest'
import { auditActions } from '../../../src/core/audit/audit.js'
import { UserError } from '../../../src/core/errors.js'
import {
  allow,
  isAdmin,
  mayAccept,
  mayDecideReports,
  mayReturn,
  maySeeAll,
  maySeeUnit,
  maySetDates,
  maySetHolidays,
  maySetSettings,
  maySpeakFor,
  maySubmitFor,
  seenBy,
  unitsLedBy,
  unitsOf,
} from '../../../src/core/people/access.js'
import type { Actor, Role } from '../../../src/core/people/person.js'
import { auditScopes, campaignActions, workspaceActions } from '../../../src/core/queries/history.js'
import { actor, unit } from '../../example.js'

const own = unit('KCK', 1)
const other = unit('KDDT', 2)
const board = unit('BCH', 3, 'board')

/** Everything that may be done, by the name that the tests' table gives it. */
const deeds: Record<string, (who: Actor) => boolean> = {
  'submit own': (who) => maySubmitFor(who, own.id),
  'submit other': (who) => maySubmitFor(who, other.id),
  'speak own': (who) => maySpeakFor(who, own.id),
  'speak other': (who) => maySpeakFor(who, other.id),
  'see own': (who) => maySeeUnit(who, own.id),
  'see other': (who) => maySeeUnit(who, other.id),
  'see all': (who) => maySeeAll(who),
  dates: (who) => maySetDates(who),
  'decide reports': (who) => mayDecideReports(who),
  admin: (who) => isAdmin(who),
  accept: (who) => mayAccept(who),
  'return own': (who) => mayReturn(who, own.id),
  'return other': (who) => mayReturn(who, other.id),
  settings: (who) => maySetSettings(who),
  holidays: (who) => maySetHolidays(who),
}
const everything = ['see own', 'see other', 'see all']

describe('what may be done by whom', () => {
  it.each<[string, [Role, typeof own][], string[]]>([
    ['nobody', [], []],
    ['a member', [['member', own]], ['submit own', 'see own']],
    ['a head', [['head', own]], ['submit own', 'speak own', 'return own', 'see own']],
    ['a deputy', [['deputy', own]], ['submit own', 'speak own', 'return own', 'see own']],
    [
      'the Command Board',
      [['command_board', board]],
      [...everything, 'dates', 'decide reports', 'accept', 'return own', 'return other'],
    ],
    [
      'the Org. Office',
      [['org_office', board]],
      ['submit own', 'submit other', ...everything, 'dates', 'settings', 'holidays'],
    ],
    ['the Council', [['council', board]], []],
    ['the School Board', [['school_board', board]], everything],
    ['an admin', [['admin', board]], ['dates', 'admin', 'settings', 'holidays']],
    [
      'a head who sits on the Command Board',
      [
        ['head', own],
        ['command_board', board],
      ],
      ['submit own', 'speak own', ...everything, 'dates', 'decide reports', 'accept', 'return own', 'return other'],
    ],
    [
      'a head of one unit who is a member of another',
      [
        ['head', own],
        ['member', other],
      ],
      ['submit own', 'submit other', 'speak own', 'return own', 'see own', 'see other'],
    ],
  ])('%s', (_, roles, expected) => {
    const who = actor(roles)
    expect(
      Object.entries(deeds)
        .filter(([, may]) => may(who))
        .map(([name]) => name)
        .sort(),
    ).toEqual([...expected].sort())
  })

  it('a configured admin may do what an admin may, without a roster', () => {
    const who = actor([], 'it', true)
    expect([isAdmin(who), maySetDates(who), maySetSettings(who), maySeeAll(who)]).toEqual([true, true, true, false])
  })

  it('a unit that does not report has nobody who hands in for it', () => {
    const who = actor([
      ['member', board],
      ['head', board],
    ])
    expect([maySubmitFor(who, board.id), unitsOf(who), unitsLedBy(who)]).toEqual([false, [], []])
  })

  it('a search finds what one may see: everything, or one’s own units and one’s own hand', () => {
    expect(seenBy(actor([['command_board', board]]))).toBe('all')
    expect(
      seenBy(
        actor(
          [
            ['head', own],
            ['member', board],
          ],
          'x',
        ),
      ),
    ).toEqual({ authorId: 'x', unitIds: [own.id] })
    expect(seenBy(actor([['council', board]], 'x'))).toEqual({ authorId: 'x', unitIds: [] })
  })

  it('units are named once each, in the roster’s order', () => {
    const who = actor([
      ['member', other],
      ['head', own],
      ['member', own],
    ])
    expect(unitsOf(who).map((u) => u.code)).toEqual(['KCK', 'KDDT'])
    expect(unitsLedBy(who).map((u) => u.code)).toEqual(['KCK'])
  })

  it('a refusal says what would be needed', () => {
    expect(() => allow(true, 'dates')).not.toThrow()
    expect(() => allow(false, 'dates')).toThrow(UserError)
    expect(() => allow(false, 'dates')).toThrow('access.denied')
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
  ])('shows %s the lists that are theirs, the widest first', (_, roles, expected) => {
    expect(auditScopes(actor(roles))).toEqual(expected)
  })

  it('has every action in what is shown of the campaign or of the workspace, the dates in both', () => {
    expect(new Set([...campaignActions, ...workspaceActions])).toEqual(new Set(auditActions))
    expect(campaignActions.filter((a) => workspaceActions.includes(a))).toEqual(['review.date_set'])
  })
})
