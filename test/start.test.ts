import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startLocalSlack } from '../src/playground/local-slack.js'

const built = path.resolve(import.meta.dirname, '../dist')
const dir = mkdtempSync(path.join(tmpdir(), 'thidua-start-'))
afterAll(() => rmSync(dir, { recursive: true, force: true }))

/** Runs a built file in an empty folder with nothing in the environment but what is given. */
const run = (file: string, args: string[] = [], env: Record<string, string> = {}) =>
  new Promise<{ code: number | null; out: string }>((done) => {
    const child = execFile(
      process.execPath,
      [path.join(built, file), ...args],
      { cwd: dir, env: { PATH: process.env.PATH, ...env }, timeout: 15_000 },
      (_, stdout, stderr) => done({ code: child.exitCode, out: stdout + stderr }),
    )
  })

describe('the built bot', () => {
  beforeAll(() => {
    if (!existsSync(path.join(built, 'main.mjs'))) throw new Error('There is no build: run `npm run build` first.')
  })

  it('without an environment names every missing variable at once, and the demo as the way to try it', async () => {
    const { code, out } = await run('main.mjs')
    expect(code).toBe(1)
    for (const name of ['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN', 'SLACK_SIGNING_SECRET'])
      expect(out).toMatch(new RegExp(`^  ${name} – .*api\\.slack\\.com`, 'm'))
    expect(out).toContain('npm run demo')
    expect(out).not.toMatch(/\bat .*:\d+|Error/)
  })

  it('that Slack refuses says why, and keeps its token to itself', async () => {
    const slack = await startLocalSlack({})
    slack.fail('auth.test', { error: 'invalid_auth' })
    const env = {
      SLACK_API_URL: slack.apiUrl,
      SLACK_BOT_TOKEN: 'xoxb-1234-not-a-token',
      SLACK_SIGNING_SECRET: 'secret',
      PORT: '0',
    }
    const { code, out } = await run('main.mjs', [], env)
    await slack.close()
    expect(code).toBe(1)
    expect(out).toContain('Slack không chấp nhận kết nối (invalid_auth)')
    expect(out).not.toContain('xoxb-1234')
  })

  it.each(['nap', 'constructor', '__proto__'])(
    'does not know the command “%s” and shows those that it knows',
    async (word) => {
      const { code, out } = await run('src/cli.js', [word])
      expect(code).toBe(2)
      expect(out).toContain(`Không có lệnh “${word}”.`)
      expect(out).toContain('roster import TỆP')
    },
  )

  it('shows its commands to whoever asks for help', async () => {
    const { code, out } = await run('src/cli.js', ['--help'])
    expect([code, out.includes('Không có lệnh')]).toEqual([0, false])
    for (const command of [
      'demo',
      'plan check',
      'plan import',
      'roster import',
      'tick --at',
      'evidence verify',
      'doctor',
      'start',
    ])
      expect(out).toContain(`\n  ${command}`)
  })
})
