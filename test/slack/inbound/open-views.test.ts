import { describe, expect, it } from 'vitest'
import { openViews } from '../../../src/slack/inbound/open-views.js'

const show = async () => undefined

describe('a form that was opened over a card', () => {
  it('finds the card again for half an hour, as long as Slack takes an answer there', () => {
    let now = 0
    const views = openViews(() => now)
    views.remember('V1', show)
    expect(views.cardOf('V2')).toBeUndefined()
    now = 28 * 60_000
    expect(views.cardOf('V1')).toBe(show)
    now = 30 * 60_000
    expect(views.cardOf('V1')).toBeUndefined()
  })

  it('is forgotten once a thousand others were opened after it', () => {
    const views = openViews(() => 0)
    for (let n = 0; n <= 1000; n++) views.remember(`V${n}`, show)
    expect([views.cardOf('V0'), views.cardOf('V1'), views.cardOf('V1000')]).toEqual([undefined, show, show])
  })

  it('replaces a card of one’s own once for each state of the view, and only that', () => {
    const views = openViews(() => 0)
    const show = async () => undefined
    views.remember('V1', show)
    expect(views.ownCardOf('V1', 'a')).toBeUndefined()
    views.remember('V2', show, true)
    expect(views.ownCardOf('V2', 'a')).toBe(show)
    expect(views.ownCardOf('V2', 'a')).toBeUndefined()
    for (const hash of ['b', 'c', 'd']) expect(views.ownCardOf('V2', hash)).toBe(show)
    expect(views.ownCardOf('V2', 'e')).toBeUndefined()
  })
})
