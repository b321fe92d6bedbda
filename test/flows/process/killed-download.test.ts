import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { evidence } from '../../../src/cli/evidence.js'
import { jpeg, scan } from '../../files/samples.js'
import { startTestSlack } from '../../helpers/local-slack.js'
import { until } from '../../helpers/until.js'
import { environment, furnish, startBuilt, usersOf } from '../built-bot.js'
import { cast, exampleRoster } from '../stage.js'

test('a photo whose download is killed leaves nothing once the bot runs again; until then `evidence verify` reports it', async () => {
  const dir = mkdtempSync(path.join(tmpdir(), 'thidua-killed-'))
  const roster = await exampleRoster()
  const slack = await startTestSlack({ users: usersOf(roster) })
  await furnish(dir, roster)
  const env = environment(slack, dir)
  onTestFinished(() => {
    vi.restoreAllMocks()
    vi.unstubAllEnvs()
  })
  vi.stubEnv('DATABASE_URL', env.DATABASE_URL as string).stubEnv('EVIDENCE_DIR', env.EVIDENCE_DIR as string)
  const printed: string[] = []
  vi.spyOn(console, 'log').mockImplementation((line: string) => void printed.push(line))
  const temps = () => {
    const folder = path.join(env.EVIDENCE_DIR as string, 'tmp')
    return existsSync(folder) ? readdirSync(folder) : []
  }

  const killed = startBuilt(slack, dir)
  await killed.up
  // The download stops half way.
  slack.failDownload({ stallAfter: 100_000, times: 1 })
  const lecturer = slack.as(cast.lecturer)
  await lecturer.command('/thidua nop a2 Huấn luyện: 25/25 người đạt 100%')
  await slack.waitFor(() => lecturer.modal())
  const bytes = jpeg({ picture: Buffer.concat([scan, Buffer.alloc(300_000, 7)]) })
  await lecturer.fill({ 'Ảnh, tệp minh chứng': [{ name: 'anh.jpg', mimetype: 'image/jpeg', bytes }] })
  await lecturer.submit()
  await until(() => temps().length === 1, 'half a photo')
  await killed.kill()
  expect(await evidence(['verify'])).toBe(1)
  expect(printed.join('\n')).toContain('1 tệp tạm bị bỏ dở')

  const next = startBuilt(slack, dir)
  await next.up
  await slack.waitFor(() => lecturer.messages().some((m) => m.visibleText.includes('1 tệp: 1 đã lưu')))
  expect(temps()).toEqual([])
  expect(await evidence(['verify'])).toBe(0)
  await next.kill('SIGTERM')
  await slack.close()
  rmSync(dir, { recursive: true, force: true })
})
