import { describe, expect, test } from 'vitest'
import { lightened } from '../../../src/slack/http/strip-blocks.js'

const light = (value: unknown) => JSON.parse(lightened(Buffer.from(JSON.stringify(value)))) as unknown
const head = { type: 'input', block_id: 'text' }
const drawn = {
  label: { type: 'plain_text', text: 'Kết quả [1] {2} "3" \\' },
  element: { type: 'static_select', options: [{ text: { type: 'plain_text', text: 'a2' }, value: 'a2' }] },
}

describe('of what the bot drew', () => {
  test.each<[string, unknown, unknown]>([
    ['a form keeps which fields it has', [{ ...head, ...drawn }, { type: 'divider' }], [head, { type: 'divider' }]],
    ['the order in which a block is told does not matter', [{ ...drawn, block_id: 'text', type: 'input' }], [head]],
    ['a block without an id has none', [{ type: 'section', ...drawn }], [{ type: 'section' }]],
    ['a form without fields stays one', [], []],
    [
      'a field may be called by any sign',
      [{ type: 'input', block_id: 'Ô "1"\\ \n' }],
      [{ type: 'input', block_id: 'Ô "1"\\ \n' }],
    ],
  ])('%s', (_, blocks, heads) => {
    const rest = { type: 'view_submission', view: { id: 'V1', state: { values: { text: { value: 'Điện – 25/25' } } } } }
    const of = (list: unknown) => ({ ...rest, view: { blocks: list, ...rest.view } })
    expect(light(of(blocks))).toEqual(of(heads))
  })

  test('both a message and a view lose what they show', () => {
    const blocks = [{ ...head, ...drawn }]
    expect(light({ message: { blocks, ts: '1.2' }, view: { blocks } })).toEqual({
      message: { blocks: [head], ts: '1.2' },
      view: { blocks: [head] },
    })
  })

  test.each([
    ['what somebody typed is no list of blocks', { state: 'x","blocks":[{"type":"input"}],"y":"' }],
    ['nor is a list under another name', { view: { old_blocks: [drawn] } }],
    ['nor is anything but a list', { view: { blocks: { type: 'input', ...drawn } } }],
  ])('%s', (_, value) => {
    expect(light(value)).toEqual(value)
  })

  test('spaces between the signs change nothing', () => {
    const json =
      '{"view": {"blocks":[ { "type" : "input" , "label" : {"type":"x"} , "block_id" : "text" } ] , "id": "V1"}}'
    expect(JSON.parse(lightened(Buffer.from(json)))).toEqual({ view: { blocks: [head], id: 'V1' } })
  })

  test.each([
    '{"blocks":[{"type":"input"',
    '{"blocks":[{"type":"inp',
    '{"blocks":[{"type":"\\',
    '{"blocks":[',
    '{"blocks":[{"type"',
  ])('a text that breaks off is refused: %s', (json) => {
    expect(() => JSON.parse(lightened(Buffer.from(json))) as unknown).toThrow(SyntaxError)
  })
})
