import { describe, expect, it } from 'vitest'
import { openedViews } from '../../../src/slack/inbound/open-views.js'

const show = async () => undefined

describe('a form that was opened over a card', () => {
  it('finds the card again for half an hour, as long as Slack takes an answer there', () => {
    let now = 0
    const opened = openedViews(() => now)
    opened.remember('V1', show)
    expect(opened.over('V2')).toBeUndefined()
    now = 28 * 60_000
    expect(opened.over('V1')).toBe(show)
    now = 30 * 60_000
    expect(opened.over('V1')).toBeUndefined()
  })

  it('is forgotten once a thousand others were opened after it', () => {
    const opened = openedViews(() => 0)
    for (let n = 0; n <= 1000; n++) opened.remember(`V${n}`, show)
    expect([opened.over('V0'), opened.over('V1'), opened.over('V1000')]).toEqual([undefined, show, show])
  })
})
