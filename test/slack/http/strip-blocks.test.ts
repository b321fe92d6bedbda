import { describe, expect, test } from 'vitest'
import { stripBlocks } from '../../../src/slack/http/strip-blocks.js'

const light = (value: unknown) => JSON.parse(stripBlocks(Buffer.from(JSON.stringify(value)))) as unknown
const head = { type: 'input', block_id: 'text' }
const rendered = {
  label: { type: 'plain_text', text: 'Kết quả [1] {2} "3" \\' },
  element: { type: 'static_select', options: [{ text: { type: 'plain_text', text: 'a2' }, value: 'a2' }] },
}

describe('stripping blocks', () => {
  test.each<[string, unknown, unknown]>([
    [
      'keeps the type and id of each field',
      [{ ...head, ...rendered }, { type: 'divider' }],
      [head, { type: 'divider' }],
    ],
    ['does not depend on the order of members', [{ ...rendered, block_id: 'text', type: 'input' }], [head]],
    ['keeps a block without an id', [{ type: 'section', ...rendered }], [{ type: 'section' }]],
    ['keeps an empty list', [], []],
    [
      'keeps an id with any characters',
      [{ type: 'input', block_id: 'Ô "1"\\ \n' }],
      [{ type: 'input', block_id: 'Ô "1"\\ \n' }],
    ],
  ])('%s', (_, blocks, heads) => {
    const rest = { type: 'view_submission', view: { id: 'V1', state: { values: { text: { value: 'Điện – 25/25' } } } } }
    const of = (list: unknown) => ({ ...rest, view: { blocks: list, ...rest.view } })
    expect(light(of(blocks))).toEqual(of(heads))
  })

  test('strips a message and a view', () => {
    const blocks = [{ ...head, ...rendered }]
    expect(light({ message: { blocks, ts: '1.2' }, view: { blocks } })).toEqual({
      message: { blocks: [head], ts: '1.2' },
      view: { blocks: [head] },
    })
  })

  test.each([
    ['leaves text that looks like a list of blocks', { state: 'x","blocks":[{"type":"input"}],"y":"' }],
    ['leaves a list under another name', { view: { old_blocks: [rendered] } }],
    ['leaves a value that is no list', { view: { blocks: { type: 'input', ...rendered } } }],
  ])('%s', (_, value) => {
    expect(light(value)).toEqual(value)
  })

  test('accepts white space between tokens', () => {
    const json =
      '{"view": {"blocks":[ { "type" : "input" , "label" : {"type":"x"} , "block_id" : "text" } ] , "id": "V1"}}'
    expect(JSON.parse(stripBlocks(Buffer.from(json)))).toEqual({ view: { blocks: [head], id: 'V1' } })
  })

  test.each([
    '{"blocks":[{"type":"input"',
    '{"blocks":[{"type":"inp',
    '{"blocks":[{"type":"\\',
    '{"blocks":[',
    '{"blocks":[{"type"',
  ])('rejects JSON that is cut off: %s', (json) => {
    expect(() => JSON.parse(stripBlocks(Buffer.from(json))) as unknown).toThrow(SyntaxError)
  })

  test.each<[string, string, unknown]>([
    ['leaves the value of a key that ends in a quoted "blocks', '{"a\\"blocks":[{"x":1}]}', { 'a"blocks': [{ x: 1 }] }],
    [
      'reads a key that is written with escapes',
      '{"blocks":[{"\\u0074ype":"input","x":1}]}',
      { blocks: [{ type: 'input' }] },
    ],
    ['takes the last of two members with one name', '{"blocks":[{"type":"a","type":5}]}', { blocks: [{}] }],
  ])('%s', (_, json, expected) => {
    expect(JSON.parse(stripBlocks(Buffer.from(json)))).toEqual(expected)
  })
})
