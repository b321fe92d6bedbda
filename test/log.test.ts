import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { startLocalSlack } from '../src/playground/local-slack.js'

const main = path.resolve(import.meta.dirname, '../dist/main.mjs')

test('a bot whose log nobody reads any more works on, and stops when it is told to', async () => {
  if (!existsSync(main)) throw new Error('There is no build: run `npm run build` first.')
  const dir = mkdtempSync(path.join(tmpdir(), 'thidua-log-'))
  const slack = await startLocalSlack({})
  const bot = spawn(process.execPath, [main], {
    cwd: dir,
    env: {
      PATH: process.env.PATH,
      SLACK_BOT_TOKEN: slack.botToken,
      SLACK_SIGNING_SECRET: slack.signingSecret,
      SLACK_API_URL: slack.apiUrl,
      PORT: '0',
    },
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const exit = new Promise<number | null>((done) => bot.once('exit', done))
  const port = await new Promise<string>((done) =>
    bot.stdout.on('data', (text: Buffer) => {
      const found = /"port":(\d+)/.exec(String(text))?.[1]
      if (found) done(found)
    }),
  )
  bot.stdout.destroy()
  const wrong = await fetch(`http://127.0.0.1:${port}/slack/events`, { method: 'POST', body: 'x' })
  expect(wrong.status).toBe(401)
  expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200)
  bot.kill('SIGTERM')
  const stopped = await Promise.race([exit, new Promise((done) => setTimeout(() => done('still there'), 8000))])
  bot.kill('SIGKILL')
  await slack.close()
  rmSync(dir, { recursive: true, force: true })
  expect(stopped).toBe(0)
}, 20_000)
