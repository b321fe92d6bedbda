import { expect, it } from 'vitest'
import { audit } from '../../src/cli/audit.js'
import { holidays } from '../../src/cli/holidays.js'
import { outbox } from '../../src/cli/outbox.js'
import { plan } from '../../src/cli/plan.js'
import { roster } from '../../src/cli/roster.js'
import { tickOnce } from '../../src/cli/tick.js'
import { commandLine } from './command-line.js'

const shell = commandLine()

it.each<[string, () => Promise<number>]>([
  ['plan check', () => plan(['check', 'a.yaml', 'b.yaml'])],
  ['roster import', () => roster(['import', 'a.csv', 'b.csv'])],
  ['roster import, a flag misspelt', () => roster(['import', 'a.csv', '--repalce'])],
  ['roster import, a flag misspelt in place of the file', () => roster(['import', '--repalce'])],
  ['holidays show', () => holidays(['show', '2026', '2027'])],
  ['audit verify', () => audit(['verify', '--fast'])],
  ['outbox', () => outbox(['--al'])],
])('a word too many is refused before anything is done: %s', async (_, command) => {
  const { code, out } = await shell.run(command)
  expect([code, out]).toEqual([2, expect.stringMatching(/Không có lệnh “|--repalce/)])
})

it('an argument of `tick` that is not known is refused', async () => {
  expect((await shell.run(() => tickOnce(['--at', '2031-06-16T08:00:00+07:00', 'now']))).code).toBe(2)
})
