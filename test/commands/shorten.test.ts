import { expect, test } from 'vitest'
import { fitting, shorten } from '../../src/commands/shorten.js'
import { escapeText } from '../../src/slack/render/mrkdwn.js'

const texts = [
  '&'.repeat(3000),
  '<@U1>'.repeat(600),
  'a & b\n'.repeat(300),
  `a${'😀'.repeat(1499)}`,
  'Huấn luyện '.repeat(200),
]

test.each(texts)('words fit also after a chat has escaped them, cut between characters: %.20s', (text) => {
  for (const max of [1, 50, 400, 401, 1000]) {
    const cut = fitting(text, max)
    expect(escapeText(cut).length).toBeLessThanOrEqual(Math.max(5, max))
    expect(/\p{Surrogate}/u.test(cut)).toBe(false)
    expect(shorten(text, max)).not.toContain('\n')
  }
})

test('what fits stays as it is, its lines too', () => {
  expect(fitting('Huấn luyện\n25/25', 100)).toBe('Huấn luyện\n25/25')
})
