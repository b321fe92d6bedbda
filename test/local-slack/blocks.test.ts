import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../src/local-slack/json.js'
import { blockErrors } from '../../src/local-slack/validate/blocks.js'
import type { Surface } from '../../src/local-slack/validate/check.js'

const plain = (length: number) => ({ type: 'plain_text', text: 'đ'.repeat(length) })
const mrkdwn = (length: number) => ({ type: 'mrkdwn', text: 'đ'.repeat(length) })
const button = (more: JsonObject = {}) => ({ type: 'button', action_id: 'go', text: plain(5), ...more })
const options = (count: number) => Array.from({ length: count }, (_, i) => ({ text: plain(3), value: `v${i}` }))
const select = (more: JsonObject = {}) => ({ type: 'static_select', action_id: 'pick', options: options(2), ...more })
const actions = (...elements: JsonObject[]) => ({ type: 'actions', elements })
const input = (element: JsonObject, more: JsonObject = {}) => ({ type: 'input', label: plain(3), element, ...more })
const rows = (count: number, width: number, text = 'x') =>
  Array.from({ length: count }, () => Array.from({ length: width }, () => ({ type: 'raw_text', text })))
const many = (count: number, block: JsonObject) => Array.from({ length: count }, () => block)
const withAccessory = (accessory: JsonObject) => ({ type: 'section', text: plain(3), accessory })
const picture = (more: JsonObject) => ({ type: 'image', alt_text: 'x', ...more })
const divider = { type: 'divider' }

type Case = [what: string, surface: Surface, blocks: unknown]

const accepted: Case[] = [
  ['a section of 3,000 characters', 'message', [{ type: 'section', text: mrkdwn(3000) }]],
  ['ten fields of 2,000', 'modal', [{ type: 'section', fields: many(10, mrkdwn(2000)) }]],
  ['a header of 150', 'home', [{ type: 'header', text: plain(150) }]],
  ['25 buttons', 'message', [actions(...Array.from({ length: 25 }, (_, i) => button({ action_id: `b${i}` })))]],
  ['a button of 75 with a value of 2,000', 'message', [actions(button({ text: plain(75), value: 'x'.repeat(2000) }))]],
  ['50 blocks in a message', 'message', many(50, divider)],
  ['100 blocks in a modal', 'modal', many(100, divider)],
  ['100 options', 'message', [actions(select({ options: options(100) }))]],
  ['an initial option that is offered', 'message', [actions(select({ initial_option: options(2)[1] }))]],
  ['a data table of 101 rows', 'message', [{ type: 'data_table', caption: 'Tổng hợp', rows: rows(101, 3) }]],
  ['a table of 100 rows', 'message', [{ type: 'table', rows: rows(100, 2), column_settings: [{ align: 'right' }] }]],
  ['a file input in a modal', 'modal', [input({ type: 'file_input', action_id: 'f', max_files: 10 })]],
  ['a number input in a modal', 'modal', [input({ type: 'number_input', action_id: 'n', is_decimal_allowed: true })]],
  [
    'context with an image',
    'home',
    [{ type: 'context', elements: [mrkdwn(9), { type: 'image', alt_text: 'x', image_url: 'https://x.vn/a.png' }] }],
  ],
  ['a file input of a single file', 'modal', [input({ type: 'file_input', max_files: 1, filetypes: ['jpg', 'pdf'] })]],
  [
    'a text input that dispatches on every character',
    'modal',
    [
      input(
        {
          type: 'plain_text_input',
          dispatch_action_config: { trigger_actions_on: ['on_enter_pressed', 'on_character_entered'] },
        },
        { dispatch_action: true },
      ),
    ],
  ],
  ['an empty dispatch configuration', 'modal', [input({ type: 'plain_text_input', dispatch_action_config: {} })]],
  [
    'ten checkboxes as the accessory of a section',
    'home',
    [withAccessory({ type: 'checkboxes', action_id: 'c', options: options(10) })],
  ],
  [
    'five options in an overflow',
    'message',
    [withAccessory({ type: 'overflow', action_id: 'o', options: options(5) })],
  ],
  [
    'a multi-select in actions',
    'message',
    [actions({ type: 'multi_static_select', action_id: 'm', options: options(3), max_selected_items: 2 })],
  ],
  ['a picture of the workspace', 'message', [{ type: 'image', alt_text: 'x', slack_file: { id: 'F1' } }]],
  [
    'a picture as the accessory of a section',
    'modal',
    [withAccessory({ type: 'image', alt_text: 'x', slack_file: { url: 'https://x' } })],
  ],
  ['the same action_id in two blocks', 'message', [actions(button()), actions(button())]],
]

const refused: Case[] = [
  ['a section of 3,001', 'message', [{ type: 'section', text: mrkdwn(3001) }]],
  ['an empty text', 'message', [{ type: 'section', text: mrkdwn(0) }]],
  ['a section without text and fields', 'message', [{ type: 'section' }]],
  ['eleven fields', 'message', [{ type: 'section', fields: many(11, mrkdwn(2)) }]],
  ['a field of 2,001', 'message', [{ type: 'section', fields: [mrkdwn(2001)] }]],
  ['a header in mrkdwn', 'message', [{ type: 'header', text: mrkdwn(5) }]],
  ['a header of 151', 'message', [{ type: 'header', text: plain(151) }]],
  ['emoji in mrkdwn', 'message', [{ type: 'section', text: { ...mrkdwn(3), emoji: true } }]],
  ['eleven elements in a context', 'message', [{ type: 'context', elements: many(11, mrkdwn(2)) }]],
  ['a button in a context', 'message', [{ type: 'context', elements: [button()] }]],
  ['26 buttons', 'message', [actions(...Array.from({ length: 26 }, (_, i) => button({ action_id: `b${i}` })))]],
  ['no elements', 'message', [actions()]],
  ['a button of 76', 'message', [actions(button({ text: plain(76) }))]],
  ['a value of 2,001', 'message', [actions(button({ value: 'x'.repeat(2001) }))]],
  ['an unknown style', 'message', [actions(button({ style: 'default' }))]],
  ['an action_id of 256', 'message', [actions(button({ action_id: 'x'.repeat(256) }))]],
  ['a repeated action_id in a block', 'message', [actions(button(), button())]],
  [
    'a repeated block_id',
    'message',
    [
      { ...divider, block_id: 'x' },
      { ...divider, block_id: 'x' },
    ],
  ],
  ['an unknown field', 'message', [{ ...divider, colour: 'red' }]],
  ['an unknown block', 'message', [{ type: 'poem' }]],
  ['an unknown element', 'message', [actions({ type: 'lever', action_id: 'x' })]],
  ['a plain text input in actions', 'message', [actions({ type: 'plain_text_input', action_id: 'x' })]],
  ['51 blocks in a message', 'message', many(51, divider)],
  ['101 blocks in a modal', 'modal', many(101, divider)],
  ['101 options', 'message', [actions(select({ options: options(101) }))]],
  ['no options', 'message', [actions(select({ options: [] }))]],
  [
    'options and groups at once',
    'message',
    [actions(select({ option_groups: [{ label: plain(2), options: options(1) }] }))],
  ],
  ['an option of 76', 'message', [actions(select({ options: [{ text: plain(76), value: 'x' }] }))]],
  ['an option value of 76', 'message', [actions(select({ options: [{ text: plain(6), value: 'x'.repeat(76) }] }))]],
  [
    'an initial option that is not offered',
    'message',
    [actions(select({ initial_option: { text: plain(3), value: 'z' } }))],
  ],
  ['a placeholder of 151', 'message', [actions(select({ placeholder: plain(151) }))]],
  ['six options in an overflow', 'message', [actions({ type: 'overflow', action_id: 'o', options: options(6) })]],
  ['eleven checkboxes', 'modal', [input({ type: 'checkboxes', action_id: 'c', options: options(11) })]],
  [
    'a confirm text of 301',
    'message',
    [actions(button({ confirm: { title: plain(2), text: plain(301), confirm: plain(2), deny: plain(2) } }))],
  ],
  [
    'a confirm without deny',
    'message',
    [actions(button({ confirm: { title: plain(2), text: plain(3), confirm: plain(2) } }))],
  ],
  ['an input without a label', 'modal', [{ type: 'input', element: { type: 'plain_text_input' } }]],
  ['a label of 2,001', 'modal', [input({ type: 'plain_text_input' }, { label: plain(2001) })]],
  ['max_length over 3,000', 'modal', [input({ type: 'plain_text_input', max_length: 3001 })]],
  [
    'an initial value past max_length',
    'modal',
    [input({ type: 'plain_text_input', max_length: 2, initial_value: 'abc' })],
  ],
  ['a date in Vietnamese order', 'modal', [input({ type: 'datepicker', initial_date: '20/05/2024' })]],
  ['a file input in a message', 'message', [input({ type: 'file_input', action_id: 'f' })]],
  ['a number input on the Home', 'home', [input({ type: 'number_input', action_id: 'n', is_decimal_allowed: false })]],
  ['a file input of eleven', 'modal', [input({ type: 'file_input', max_files: 11 })]],
  ['a file input of none', 'modal', [input({ type: 'file_input', max_files: 0 })]],
  ['a file input of one and a half', 'modal', [input({ type: 'file_input', max_files: 1.5 })]],
  ['filetypes that are not a list', 'modal', [input({ type: 'file_input', filetypes: 'jpg' })]],
  ['a file input on the Home', 'home', [input({ type: 'file_input' })]],
  ['a file input in actions', 'modal', [actions({ type: 'file_input', action_id: 'f' })]],
  [
    'an unknown trigger',
    'modal',
    [input({ type: 'plain_text_input', dispatch_action_config: { trigger_actions_on: ['on_blur'] } })],
  ],
  ['dispatch_action inside the element', 'modal', [input({ type: 'plain_text_input', dispatch_action: true })]],
  ['eleven radio buttons', 'message', [withAccessory({ type: 'radio_buttons', action_id: 'r', options: options(11) })]],
  ['a text input as an accessory', 'modal', [withAccessory({ type: 'plain_text_input', action_id: 'x' })]],
  [
    'a multi-select with max_selected_items 0',
    'modal',
    [input({ type: 'multi_static_select', options: options(3), max_selected_items: 0 })],
  ],
  ['a picture with two sources', 'message', [picture({ image_url: 'https://x.vn/a.png', slack_file: { id: 'F1' } })]],
  ['a picture without a source', 'message', [picture({})]],
  ['a slack_file with id and url', 'message', [picture({ slack_file: { id: 'F1', url: 'https://x.vn/a.png' } })]],
  ['a slack_file without id and url', 'message', [picture({ slack_file: {} })]],
  ['a picture on this machine', 'message', [picture({ image_url: 'http://127.0.0.1:3000/a.png' })]],
  ['a table in a modal', 'modal', [{ type: 'table', rows: rows(1, 1) }]],
  ['a data table on the Home', 'home', [{ type: 'data_table', caption: 'x', rows: rows(2, 1) }]],
  ['an alert in a message', 'message', [{ type: 'alert', text: plain(3) }]],
  ['a data table without a caption', 'message', [{ type: 'data_table', rows: rows(2, 2) }]],
  ['a data table of 102 rows', 'message', [{ type: 'data_table', caption: 'x', rows: rows(102, 1) }]],
  ['a data table with only a header', 'message', [{ type: 'data_table', caption: 'x', rows: rows(1, 1) }]],
  ['rows of unequal length', 'message', [{ type: 'data_table', caption: 'x', rows: [...rows(1, 2), ...rows(1, 3)] }]],
  ['21 columns', 'message', [{ type: 'table', rows: rows(1, 21) }]],
  [
    'two tables',
    'message',
    [
      { type: 'table', rows: rows(1, 1) },
      { type: 'table', rows: rows(1, 1) },
    ],
  ],
  ['more than 10,000 cell characters', 'message', [{ type: 'table', rows: rows(100, 10, 'x'.repeat(11)) }]],
  ['an empty cell', 'message', [{ type: 'table', rows: rows(1, 1, '') }]],
  ['an image without alt text', 'message', [{ type: 'image', image_url: 'https://x.vn/a.png' }]],
  ['focus on two elements', 'modal', many(2, input({ type: 'plain_text_input', focus_on_load: true }))],
  ['blocks that are not a list', 'message', { type: 'divider' }],
]

describe('blocks', () => {
  it.each(accepted)('accepts %s (%s)', (_, surface, blocks) => {
    expect(blockErrors(blocks, surface)).toEqual([])
  })

  it.each(refused)('refuses %s (%s)', (_, surface, blocks) => {
    expect(blockErrors(blocks, surface)).not.toEqual([])
  })

  it('reports where the error is, in the wording of Slack', () => {
    expect(blockErrors([divider, actions(button({ text: plain(76) }))], 'message')).toEqual([
      '[ERROR] must be less than 76 characters [json-pointer:/blocks/1/elements/0/text/text]',
    ])
  })
})
