import { describe, expect, it } from 'vitest'
import { checkedWith, checkFiles, nextPosition } from '../../../src/core/attachment/attach.js'
import type { Attachment, IncomingFile } from '../../../src/core/attachment/attachment.js'
import { FormError } from '../../../src/core/errors.js'
import { may } from '../../../src/core/people/access.js'
import type { Actor } from '../../../src/core/people/person.js'
import { actor, unit } from '../../example.js'
import { formFaults } from '../form-faults.js'

const files = (n: number, name = 'anh.jpg'): IncomingFile[] =>
  Array.from({ length: n }, (_, i) => ({ id: `F${i}`, name }))
const faultsOf = (work: () => unknown) => formFaults(work).map((f) => `${f.field}: ${f.key}`)

describe('the files of a form', () => {
  it.each([
    [10, 0, []],
    [11, 0, ['files: attachment.too_many']],
    [3, 7, []],
    [3, 8, ['files: attachment.too_many']],
  ])('are checked against the limit: %i in addition to %i', (more, have, faults) => {
    expect(faultsOf(() => checkFiles(files(more), 'files', have))).toEqual(faults)
  })

  it('have their faults reported with all others of the form', () => {
    const other = new FormError([{ field: 'text', key: 'submission.text_empty', params: {} }])
    const check = () =>
      checkedWith(
        () => {
          throw other
        },
        files(1, 'MẬT.jpg'),
        'more',
      )
    expect(faultsOf(check)).toEqual(['text: submission.text_empty', 'more: attachment.secret'])
    expect(checkedWith(() => 7, files(1), 'files')).toBe(7)
  })

  it('are placed after existing ones', () => {
    const at = (position: number) => ({ position }) as Attachment
    expect([nextPosition([]), nextPosition([at(0), at(4)])]).toEqual([0, 5])
  })
})

describe('the permission to add and remove files', () => {
  const own = unit('K')
  it.each<[string, Actor, boolean, boolean]>([
    ['the author', actor([['member', own]], 'author'), false, true],
    ['the head of the unit', actor([['head', own]], 'head'), false, false],
    ['the Command Board', actor([['command_board', own]], 'board'), true, false],
    ['the office, to a submission of the unit', actor([['org_office', own]], 'office'), false, false],
    ['the office, to a submission on behalf of the unit', actor([['org_office', own]], 'office'), true, true],
  ])('of %s', (_, who, onBehalf, expected) => {
    expect(may(who, 'submission.attach', { authorId: 'author', unitId: 'K', onBehalf })).toBe(expected)
  })
})
