import { describe, expect, it } from 'vitest'
import { checkedWith, checkFiles, nextPosition } from '../../../src/core/attachment/attach.js'
import type { Attachment, IncomingFile } from '../../../src/core/attachment/attachment.js'
import { FormError } from '../../../src/core/errors.js'
import { mayAttachTo } from '../../../src/core/people/access.js'
import type { Actor, Role } from '../../../src/core/people/person.js'

const files = (n: number, name = 'anh.jpg'): IncomingFile[] =>
  Array.from({ length: n }, (_, i) => ({ id: `F${i}`, name }))
const faultsOf = (work: () => unknown) => {
  try {
    work()
    return []
  } catch (error) {
    return (error as FormError).faults.map((f) => `${f.field}: ${f.key}`)
  }
}

describe('files of a submission', () => {
  it.each([
    [10, 0, []],
    [11, 0, ['files: attachment.too_many']],
    [3, 7, []],
    [3, 8, ['files: attachment.too_many']],
  ])('%i more where %i are', (more, have, faults) => {
    expect(faultsOf(() => checkFiles(files(more), 'files', have))).toEqual(faults)
  })

  it('are named with all other faults of the form', () => {
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

  it('stand after those that are there', () => {
    const at = (position: number) => ({ position }) as Attachment
    expect([nextPosition([]), nextPosition([at(0), at(4)])]).toEqual([0, 5])
  })
})

describe('who may add and remove', () => {
  const actor = (id: string, ...roles: Role[]) =>
    ({ person: { id }, roles: roles.map((role) => ({ role, unit: { id: 'K' } })) }) as unknown as Actor
  it.each<[string, Actor, boolean, boolean]>([
    ['the author', actor('author', 'member'), false, true],
    ['the head of the unit', actor('head', 'head'), false, false],
    ['the Command Board', actor('board', 'command_board'), true, false],
    ['the Office, what a unit handed in itself', actor('office', 'org_office'), false, false],
    ['the Office, what was handed in on behalf', actor('office', 'org_office'), true, true],
  ])('%s', (_, who, onBehalf, may) => {
    expect(mayAttachTo(who, { authorId: 'author', unitId: 'K', onBehalf })).toBe(may)
  })
})
