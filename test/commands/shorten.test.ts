import { describe, expect, it } from 'vitest'
import { fitting, shorten } from '../../src/commands/shorten.js'
import { escapeText } from '../../src/slack/render/mrkdwn.js'

const texts = [
  '&'.repeat(3000),
  '*'.repeat(3000),
  ':a:_b_ > '.repeat(300),
  '>\n'.repeat(600),
  '<@U1>'.repeat(600),
  'a & b\n'.repeat(300),
  `a${'😀'.repeat(1499)}`,
  'Huấn luyện '.repeat(200),
]

describe('fitting', () => {
  it.each(texts)('truncates to a length that holds after escaping, between code points: %.20s', (text) => {
    for (const max of [1, 50, 400, 401, 1000]) {
      const cut = fitting(text, max)
      expect(escapeText(cut).length).toBeLessThanOrEqual(Math.max(6, max))
      expect(/\p{Surrogate}/u.test(cut)).toBe(false)
    }
  })

  it('keeps a text that fits, with its line breaks', () => {
    expect(fitting('Huấn luyện\n25/25', 100)).toBe('Huấn luyện\n25/25')
  })
})

describe('shorten', () => {
  it('removes line breaks', () => {
    for (const max of [50, 400, 1000]) expect(shorten('a & b\n'.repeat(300), max)).not.toContain('\n')
    expect(shorten('Huấn luyện\n25/25', 100)).toBe('Huấn luyện 25/25')
  })
})
