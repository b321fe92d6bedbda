import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { startBuilt } from './flows/built-bot.js'
import { startTestSlack } from './helpers/local-slack.js'

test('the built bot keeps working when its log is closed, and stops on SIGTERM', async () => {
  const dir = mkdtempSync(path.join(tmpdir(), 'thidua-log-'))
  const slack = await startTestSlack({})
  const bot = startBuilt(slack, dir)
  const port = await bot.up
  bot.process.stdout?.destroy()
  const wrong = await fetch(`http://127.0.0.1:${port}/slack/events`, { method: 'POST', body: 'x' })
  expect(wrong.status).toBe(401)
  expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200)
  const stopped = await bot.kill('SIGTERM')
  await slack.close()
  rmSync(dir, { recursive: true, force: true })
  expect(stopped).toBe(0)
})
