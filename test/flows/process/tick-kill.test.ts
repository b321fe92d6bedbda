import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { openStore } from '../../../src/store/open.js'
import { startTestSlack } from '../../helpers/local-slack.js'
import { until } from '../../helpers/until.js'
import { environment, furnish, usersOf } from '../built-bot.js'
import { accountOf, exampleRoster } from '../stage.js'

const cli = path.resolve(import.meta.dirname, '../../../dist/src/cli.js')

/**
 * The clock of `tick --at` is years ahead of Slack's clock, which dates the messages. Each run is a process that is killed
 * while it sends; Slack has some of its messages that are not yet marked as sent.
 */
test('`tick --at` loses and repeats no message when runs are killed halfway and the clocks are years apart', async () => {
  if (!existsSync(cli)) throw new Error('There is no build: run `npm run build` first.')
  const dir = mkdtempSync(path.join(tmpdir(), 'thidua-tick-'))
  const roster = await exampleRoster()
  const slack = await startTestSlack({ users: usersOf(roster) })
  onTestFinished(async () => {
    await slack.close()
    rmSync(dir, { recursive: true, force: true })
  })
  const workspaceId = await furnish(dir, roster)
  const env = environment(slack, dir)
  const store = await openStore(env.DATABASE_URL as string)
  await store.write(async (tx) => {
    const campaign = await tx.campaigns.current(workspaceId)
    const [one] = await tx.people.roster(workspaceId)
    const review = { kind: 'preliminary' as const, date: '2031-06-30' }
    await tx.reviews.set(
      workspaceId,
      campaign?.id ?? '',
      review,
      one?.person.id ?? '',
      new Date('2031-01-01T00:00:00Z'),
    )
  })
  await store.close()

  function run(at: string): { process: ChildProcess; exit: Promise<number | null>; said: () => string } {
    let said = ''
    const process_ = spawn(process.execPath, [cli, 'tick', '--at', at, '--force'], {
      cwd: dir,
      env: { PATH: process.env.PATH, ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    process_.stdout.on('data', (text: Buffer) => {
      said += text
    })
    onTestFinished(() => void process_.kill('SIGKILL'))
    return { process: process_, exit: new Promise((done) => process_.once('exit', done)), said: () => said }
  }
  const keys = () =>
    slack.workspace.messages.flatMap((m) => (m.metadata?.event_payload as { key?: string } | undefined)?.key ?? [])
  for (const n of [3, 9]) {
    const killed = run('2031-06-16T08:00:00+07:00')
    await until(() => keys().length >= n, `${n} messages`)
    killed.process.kill('SIGKILL')
    await killed.exit
  }
  slack.fail('chat.postMessage', { dropAfter: true, times: 2 })
  slack.fail('conversations.history', { retryAfter: 1, times: 2 })
  slack.fail('chat.postMessage', { retryAfter: 1 })
  const last = run('2031-06-16T08:00:00+07:00')
  expect(await last.exit).toBe(0)
  expect(last.said()).not.toContain('chưa gửi xong')

  const heads = new Set(roster.roles.filter((r) => r.role === 'head').map((r) => accountOf(r.email)))
  expect(keys()).toHaveLength(new Set(keys()).size)
  expect(keys().filter((key) => key.startsWith('reminder:'))).toHaveLength(heads.size)
  for (const id of heads)
    expect([
      id,
      slack
        .as(id)
        .messages()
        .filter((m) => m.visibleText.includes('30/06/2031')).length,
    ]).toEqual([id, 1])
  const again = run('2031-06-16T09:00:00+07:00')
  expect(await again.exit).toBe(0)
  expect(keys().filter((key) => key.startsWith('reminder:'))).toHaveLength(heads.size)
})
