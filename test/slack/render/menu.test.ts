import { describe, expect, it } from 'vitest'
import type { Button } from '../../../src/commands/ui.js'
import { slackBlocks } from '../../../src/slack/render/blocks.js'
import { chosenInMenu, overflow } from '../../../src/slack/render/menu.js'

const [unit, id, campaign] = ['0', '1', '2'].map((n) => `01a2239a-c42c-7009-8851-3bb5e673970${n}`)
const rows: Record<string, Button[]> = {
  'a missing criterion': [
    { label: 'Nộp', action: 'submission.new', value: { campaign, unit, criterion: 'a2' } },
    {
      label: 'Không phát sinh',
      action: 'nil',
      value: { campaign, unit, criterion: 'a2', kind: 'preliminary', from: 'reminder' },
    },
    { label: 'Xem', action: 'status.cell', value: { campaign, unit, criterion: 'a2' } },
  ],
  'a returned piece of evidence': [
    { label: 'Sửa và nộp lại', action: 'submission.edit', value: { campaign, id } },
    {
      label: 'Không phát sinh',
      action: 'nil',
      value: { campaign, unit, criterion: 'a2', kind: 'final', from: 'status' },
    },
  ],
  'buttons without a value': [
    { label: 'Một', action: 'one' },
    { label: 'Hai', action: 'two', value: {} },
  ],
}

describe('a row with several buttons', () => {
  it.each(Object.entries(rows))('is a menu whose options do what the buttons would: %s', (_, buttons) => {
    const menu = overflow(buttons)
    expect(menu?.options.map((o) => o.text.text)).toEqual(buttons.map((b) => b.label))
    expect((menu?.action_id ?? '').length).toBeLessThanOrEqual(255)
    for (const [i, b] of buttons.entries()) {
      const value = menu?.options[i]?.value ?? ''
      expect(value.length).toBeLessThanOrEqual(75)
      expect(chosenInMenu(menu?.action_id ?? '', value)).toEqual({ id: b.action, value: b.value ?? {} })
    }
  })

  it('keeps its buttons where they do not fit into a menu, contradict each other, or ask first', () => {
    const ask = { title: 'x', text: 'x', yes: 'x', no: 'x' }
    const one: Button = { label: 'Một', action: 'one', value: { a: 1 } }
    for (const other of [
      { label: 'Hai', action: 'two', value: { a: 2 } },
      { label: 'Hai', action: 'two', ask },
      { label: 'Hai', action: 'two', value: { b: 'x'.repeat(250) } },
    ]) {
      const blocks = slackBlocks([{ kind: 'row', text: 'Dòng', buttons: [one, other] }], 'message')
      expect(blocks.map((b) => b.type)).toEqual(['section', 'actions'])
    }
    expect(overflow(Array(6).fill(one))).toBeUndefined()
  })

  it('is no menu when a forged id or option is chosen', () => {
    expect(chosenInMenu('nil', 'nil unit')).toBeUndefined()
    expect(chosenInMenu('menu:{', 'nil unit')).toEqual({ id: 'nil', value: undefined })
    expect(chosenInMenu('menu:{"unit":"x"}', undefined)).toBeUndefined()
  })
})
