import { describe, expect, it } from 'vitest'
import type { AuditAction, AuditRow } from '../../../../src/core/audit/audit.js'
import type { Tx } from '../../../../src/core/ports.js'
import { affectedHomesSince, isAffected } from '../../../../src/core/queries/home/affected.js'
import { actor, unit } from '../../../example.js'

const [electric, mechanic] = [unit('KDDT', 1), unit('KCK', 2)]
const board = unit('BCH', 3, 'board')
const people = {
  head: actor([['head', electric]], 'head'),
  deputy: actor([['deputy', electric]], 'deputy'),
  member: actor([['member', electric]], 'member'),
  'other head': actor([['head', mechanic]], 'other head'),
  // Submitted for the electricians before moving to the mechanics.
  author: actor([['member', mechanic]], 'author'),
  board: actor([['command_board', board]], 'board'),
  office: actor([['org_office', board]], 'office'),
  rector: actor([['school_board', board]], 'rector'),
  admin: actor([['admin', board]], 'admin'),
}
type Name = keyof typeof people
const own: Name[] = ['head', 'deputy', 'member']
const above: Name[] = ['board', 'office', 'rector']
const everyone = Object.keys(people) as Name[]

const row = (action: string, subject: string, data: AuditRow['data'] = {}, byId: string | null = null): AuditRow => ({
  seq: 1,
  at: new Date(),
  byId,
  action: action as AuditAction,
  subject,
  data,
  hash: '',
})

/** A store with only these audit rows, in which `author` wrote every submission. */
const logOf = (rows: AuditRow[]): Tx =>
  ({
    audit: { after: async () => rows },
    submissions: { byId: async (_: string, id: string) => (id === 'gone' ? undefined : { authorId: 'author' }) },
  }) as unknown as Tx

async function whom(rows: AuditRow[]): Promise<Name[]> {
  const concern = await affectedHomesSince(logOf(rows), 'workspace', 0)
  return everyone.filter((name) => isAffected(concern, people[name]))
}

describe('the homes that a change affects', () => {
  it.each<[string, AuditRow, Name[]]>([
    [
      'are those of its unit, its author and people who see everything, for a submission',
      row('submission.confirmed', 'submission:s1', { unitId: 'KDDT' }),
      [...own, 'author', ...above],
    ],
    [
      'are those of its unit, for a submission that no longer exists',
      row('submission.withdrawn', 'submission:gone', { unitId: 'KDDT' }),
      [...own, ...above],
    ],
    [
      'are those of both units, for a submission that moved',
      row('submission.revised', 'submission:s1', { unitId: 'KDDT', fromUnitId: 'KCK' }),
      [...own, 'other head', 'author', ...above],
    ],
    ['are those of the unit, for a nil report', row('nil.said', 'unit:KDDT'), [...own, ...above]],
    [
      'include that of the actor, in any unit',
      row('nil.said', 'unit:KDDT', {}, 'other head'),
      [...own, 'other head', ...above],
    ],
    ['are all, for a review date', row('review.date_set', 'campaign:c1'), everyone],
    ['are all, for a setting', row('setting.set', 'workspace'), everyone],
    [
      'are those of the named unit, for an unknown action',
      row('report.sent', 'report:r1', { unitId: 'KDDT' }),
      [...own, ...above],
    ],
    ['are all, for an unknown action without a unit', row('something.new', 'thing:1'), everyone],
  ])('%s', async (_, one, names) => {
    expect(new Set(await whom([one]))).toEqual(new Set(names))
  })

  it('are none without changes', async () => {
    expect(await whom([])).toEqual([])
  })

  it('are all when there are so many changes that reading them costs more than drawing', async () => {
    const one = row('nil.said', 'unit:KCK')
    expect(await whom(Array.from({ length: 500 }, () => one))).toEqual(everyone)
  })
})
