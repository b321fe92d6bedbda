import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import type { View } from '../../../src/local-slack/state/workspace.js'
import { snapshotView } from '../../../src/local-slack/user/snapshot.js'
import { startTestSlack } from '../../helpers/local-slack.js'
import { furnish, startBuilt, usersOf, violationsOf } from '../built-bot.js'
import { patient } from '../patient.js'
import { accountOf, cast, exampleRoster } from '../stage.js'

/** `npm run bench -- --only=rush` measures how long each of them waits. */
test('when fifty people submit at once while the Board accepts, everyone is answered and nobody meets a lock', async () => {
  const dir = mkdtempSync(path.join(tmpdir(), 'thidua-rush-'))
  const roster = await exampleRoster()
  const slack = await startTestSlack({ users: usersOf(roster) })
  await furnish(dir, roster, false)
  const bot = startBuilt(slack, dir)
  await bot.up
  const boards = new Set(roster.roles.filter((r) => r.unitCode === 'BCHQS').map((r) => r.email))
  const accounts = roster.people.filter((p) => !boards.has(p.email)).map((p) => accountOf(p.email))
  const people = roster.roles
    .filter((r) => ['head', 'deputy', 'member'].includes(r.role) && accounts.includes(accountOf(r.email)))
    .map((r) => accountOf(r.email))
  const fifty = [...new Set(people)].slice(0, 50)
  expect(fifty).toHaveLength(50)
  const forms: View[] = []
  for (const who of fifty) forms.push(await patient(slack, who).form('/thidua nop a2 Huấn luyện', {}))

  const before = slack.deliveries.length
  let over = false
  const board = patient(slack, cast.board)
  const handled = new Set<string>()
  const accepting = (async () => {
    while (!over || handled.size === 0) {
      const fresh = () => board.buttons('desk.accept').find((hit) => !handled.has(String(hit.element.value)))
      const hit = await board.ask('/thidua duyet', fresh)
      if (!hit) continue
      await board.press(hit)
      handled.add(String(hit.element.value))
    }
  })()
  const answers = await Promise.all(forms.map((view, n) => slack.actions.submit(fifty[n] as string, view)))
  over = true
  await accepting

  const deliveries = slack.deliveries.slice(before)
  expect(deliveries.filter((d) => d.answer.error)).toEqual([])
  expect(answers.map((a) => a.errors)).toEqual(Array(50).fill({}))
  const numbers = forms.map((view) => /TĐ-2024-\d{6}/.exec(snapshotView(view).visibleText)?.[0])
  expect(new Set(numbers.filter(Boolean)).size).toBe(50)
  expect(violationsOf(slack)).toEqual([])
  await bot.kill('SIGTERM')
  await slack.close()
  rmSync(dir, { recursive: true, force: true })
})
