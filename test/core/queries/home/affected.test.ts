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
  // Handed something in for the electricians before they went to the mechanics.
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

/** A log with these rows and no more, over a store in which the author wrote every submission. */
const logOf = (rows: AuditRow[]): Tx =>
  ({
    audit: { after: async () => rows },
    submissions: { byId: async (_: string, id: string) => (id === 'gone' ? undefined : { authorId: 'author' }) },
  }) as unknown as Tx

async function whom(rows: AuditRow[]): Promise<Name[]> {
  const concern = await affectedHomesSince(logOf(rows), 'workspace', 0)
  return everyone.filter((name) => isAffected(concern, people[name]))
}

describe('whose homes a change may show on', () => {
  it.each<[string, AuditRow, Name[]]>([
    [
      'a submission: its unit, its author and those who see everything',
      row('submission.confirmed', 'submission:s1', { unitId: 'KDDT' }),
      [...own, 'author', ...above],
    ],
    [
      'a submission that is no more: its unit',
      row('submission.withdrawn', 'submission:gone', { unitId: 'KDDT' }),
      [...own, ...above],
    ],
    [
      'a submission that moved: both units',
      row('submission.revised', 'submission:s1', { unitId: 'KDDT', fromUnitId: 'KCK' }),
      [...own, 'other head', 'author', ...above],
    ],
    ['“nothing to report”: the unit', row('nil.said', 'unit:KDDT'), [...own, ...above]],
    [
      'who did it, whatever their unit',
      row('nil.said', 'unit:KDDT', {}, 'other head'),
      [...own, 'other head', ...above],
    ],
    ['a date: everyone', row('review.date_set', 'campaign:c1'), everyone],
    ['a setting: everyone', row('setting.set', 'workspace'), everyone],
    [
      'what is not known here but names a unit: that unit',
      row('report.sent', 'report:r1', { unitId: 'KDDT' }),
      [...own, ...above],
    ],
    ['what is not known at all: everyone', row('something.new', 'thing:1'), everyone],
  ])('%s', async (_, one, names) => {
    expect(new Set(await whom([one]))).toEqual(new Set(names))
  })

  it('nothing happened: nobody', async () => {
    expect(await whom([])).toEqual([])
  })

  it('so much happened that reading it costs more than drawing: everyone', async () => {
    const one = row('nil.said', 'unit:KCK')
    expect(await whom(Array.from({ length: 500 }, () => one))).toEqual(everyone)
  })
})
