import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../src/local-slack/json.js'
import { refuseViewAnswer } from '../../src/local-slack/validate/answer.js'
import { refuseMessage } from '../../src/local-slack/validate/message.js'
import { refuseView } from '../../src/local-slack/validate/view.js'

const plain = (length: number) => ({ type: 'plain_text', text: 'x'.repeat(length) })
const field = { type: 'input', block_id: 'result', label: plain(3), element: { type: 'plain_text_input' } }
const divider = { type: 'divider', block_id: 'line' }
const modal = (more: JsonObject = {}) => ({
  type: 'modal',
  title: plain(24),
  submit: plain(3),
  blocks: [field],
  ...more,
})

describe('views', () => {
  it('accepts a modal at its limits', () => {
    const view = modal({ private_metadata: 'x'.repeat(3000), callback_id: 'x'.repeat(255), close: plain(24) })
    expect(refuseView(view, 'modal')).toBeUndefined()
    expect(refuseView({ type: 'home', blocks: [divider] }, 'home')).toBeUndefined()
  })

  it.each<[string, JsonObject]>([
    ['a title of 25', modal({ title: plain(25) })],
    ['no title', modal({ title: undefined })],
    ['a title in mrkdwn', modal({ title: { type: 'mrkdwn', text: 'x' } })],
    ['a submit of 25', modal({ submit: plain(25) })],
    ['an input without submit', modal({ submit: undefined })],
    ['private_metadata of 3,001', modal({ private_metadata: 'x'.repeat(3001) })],
    ['a callback_id of 256', modal({ callback_id: 'x'.repeat(256) })],
    ['no blocks', modal({ blocks: undefined })],
    ['a home where a modal should be', { type: 'home', blocks: [divider] }],
    ['a field unknown to views', modal({ color: 'red' })],
  ])('refuses %s', (_, view) => {
    expect(refuseView(view, 'modal')?.error).toBe('invalid_arguments')
  })

  it('refuses a title on the Home and a view past 250 KB', () => {
    expect(refuseView({ type: 'home', title: plain(3), blocks: [divider] }, 'home')?.error).toBe('invalid_arguments')
    const wide = {
      type: 'section',
      fields: Array.from({ length: 10 }, () => ({ type: 'mrkdwn', text: 'đ'.repeat(2000) })),
    }
    expect(refuseView(modal({ blocks: Array.from({ length: 8 }, () => wide) }), 'modal')?.error).toBe('view_too_large')
  })
})

describe('answers to a submitted view', () => {
  it.each<[string, JsonObject, boolean]>([
    ['errors at an input', { response_action: 'errors', errors: { result: 'Thiếu' } }, true],
    ['errors at a block that is no input', { response_action: 'errors', errors: { line: 'Thiếu' } }, false],
    ['errors at an unknown block', { response_action: 'errors', errors: { nowhere: 'Thiếu' } }, false],
    ['errors without words', { response_action: 'errors', errors: { result: '' } }, false],
    ['no errors at all', { response_action: 'errors', errors: {} }, false],
    ['an update', { response_action: 'update', view: modal() }, true],
    ['a push of a bad view', { response_action: 'push', view: modal({ title: plain(25) }) }, false],
    ['clear', { response_action: 'clear' }, true],
    ['an unknown action', { response_action: 'dance' }, false],
  ])('%s', (_, body, taken) => {
    expect(refuseViewAnswer(body, [field, divider]) === undefined).toBe(taken)
  })
})

describe('messages', () => {
  it.each<[string, JsonObject, string | undefined]>([
    ['text alone', { text: 'Chào' }, undefined],
    ['nothing', {}, 'no_text'],
    ['text of 40,001', { text: 'x'.repeat(40_001) }, 'msg_too_long'],
    ['a bad block', { text: 'x', blocks: [{ type: 'poem' }] }, 'invalid_blocks'],
    [
      'blocks of 13,500 characters',
      { text: 'x', blocks: Array.from({ length: 5 }, () => ({ type: 'section', text: plain(2700) })) },
      'msg_blocks_too_long',
    ],
    ['metadata without a payload', { text: 'x', metadata: { event_type: 'a' } }, 'invalid_metadata_format'],
  ])('%s', (_, message, error) => {
    expect(refuseMessage(message)?.error).toBe(error)
  })
})
