import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { migrations } from '../db/migrations/index.js'
import { migrate } from '../src/store/open.js'
import { startTestSlack } from './helpers/local-slack.js'
import { HANG_MS } from './helpers/until.js'

const built = path.resolve(import.meta.dirname, '../dist')
const examplePlanFile = path.resolve(import.meta.dirname, '../db/campaigns/qptd-2024.yaml')
const dir = mkdtempSync(path.join(tmpdir(), 'thidua-start-'))
afterAll(() => rmSync(dir, { recursive: true, force: true }))

/** Runs a built file in an empty folder with only the given environment variables. */
const run = (file: string, args: string[] = [], env: Record<string, string> = {}) =>
  new Promise<{ code: number | null; out: string }>((done) => {
    const child = execFile(
      process.execPath,
      [path.join(built, file), ...args],
      { cwd: dir, env: { PATH: process.env.PATH, ...env }, timeout: HANG_MS },
      (_, stdout, stderr) => done({ code: child.exitCode, out: stdout + stderr }),
    )
  })

describe('the built bot', () => {
  beforeAll(() => {
    if (!existsSync(path.join(built, 'main.mjs'))) throw new Error('There is no build: run `npm run build` first.')
  })

  it('names every missing variable at once, and the demo as a way to try it, without an environment', async () => {
    const { code, out } = await run('main.mjs')
    expect(code).toBe(1)
    for (const name of ['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN', 'SLACK_SIGNING_SECRET'])
      expect(out).toMatch(new RegExp(`^  ${name} – .*api\\.slack\\.com`, 'm'))
    expect(out).toContain('npm run demo')
    expect(out).not.toMatch(/\bat .*:\d+|Error/)
  })

  it('says why Slack refuses it, without its token', async () => {
    const slack = await startTestSlack({})
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

  /** A module that all threads preload: it runs `what` in one of them once the bot has started. */
  const oncePreloaded = (where: 'main' | 'door', what: string) => `
    import { BroadcastChannel, isMainThread } from 'node:worker_threads'
    const started = new BroadcastChannel('started')
    const fall = () => { ${what} }
    if (!isMainThread) started.onmessage = fall
    else {
      const look = setInterval(() => {
        if (process.listenerCount('SIGTERM') === 0) return
        clearInterval(look)
        ${where === 'main' ? 'fall()' : 'started.postMessage(1)'}
      }, 20)
    }`

  it.each([
    ['main', 'an uncaught exception', 'throw new Error("it fell")'],
    ['main', 'an unhandled rejection', 'Promise.reject(new Error("it fell"))'],
    ['door', 'an uncaught exception', 'throw new Error("it fell")'],
  ] as const)('ends at once and logs it when its thread (%s) has %s', async (where, _, what) => {
    const slack = await startTestSlack({})
    const env = {
      SLACK_API_URL: slack.apiUrl,
      SLACK_BOT_TOKEN: slack.botToken,
      SLACK_SIGNING_SECRET: slack.signingSecret,
      PORT: '0',
      NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(oncePreloaded(where, what))}`,
    }
    const { code, out } = await run('main.mjs', [], env)
    await slack.close()
    expect(code).toBe(1)
    const lines = out.trim().split('\n')
    expect(lines.map((line) => JSON.parse(line).msg)).toEqual(['started', 'unhandled'])
    expect(lines[1]).toContain('it fell')
  })

  it.each([
    ['no database', 'file:words.db', 'words.db” (SQLITE_NOTADB): tệp này không phải cơ sở dữ liệu SQLite'],
    ['in an impossible folder', 'file:words.db/thidua.db', 'words.db/thidua.db” (EEXIST): tài khoản chạy Thi đua'],
    ['of a newer version', 'file:newer.db', 'newer.db” (NEWER): tệp này do bản mới hơn của Thi đua ghi'],
  ])('explains in words that it cannot open its database: %s', async (_, url, words) => {
    writeFileSync(path.join(dir, 'words.db'), 'no database '.repeat(1000))
    await migrate(path.join(dir, 'newer.db'), { ...migrations, '9999-newer': { up: async () => undefined } })
    const env = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 'secret', DATABASE_URL: url }
    const started = await run('main.mjs', [], env)
    const imported = await run('src/cli.js', ['plan', 'import', examplePlanFile], env)
    for (const { code, out } of [started, imported]) {
      expect(code).toBe(1)
      expect(out).toContain(words)
      expect(out).not.toMatch(/\bat .*:\d+|Error/)
    }
  })

  it.each([
    [['plan', 'import', 'ke hoach.yaml'], 'plan import "ke hoach.yaml"'],
    [['--help'], '--help'],
    [['start', 'now'], 'start now'],
  ])('does not start with the arguments %j, and names the command that takes them', async (args, words) => {
    const { code, out } = await run('main.mjs', args)
    expect(code).toBe(2)
    expect(out).toContain(`npm run thidua -- ${words}\n`)
    expect(out).toContain('không nhận tham số')
  })

  it.each([
    ['start', 'now'],
    ['demo', '--port'],
    ['doctor', 'all'],
  ])('rejects arguments of “%s”', async (...args) => {
    const { code, out } = await run('src/cli.js', args)
    expect([code, out.includes(`Không có lệnh “${args.join(' ')}”.`)]).toEqual([2, true])
  })

  it('listens on this machine alone unless HOST says otherwise, and explains an address that it cannot use', async () => {
    const slack = await startTestSlack({})
    const env = {
      SLACK_API_URL: slack.apiUrl,
      SLACK_BOT_TOKEN: slack.botToken,
      SLACK_SIGNING_SECRET: slack.signingSecret,
      PORT: '0',
    }
    const stranger = await run('main.mjs', [], { ...env, HOST: '192.0.2.1' })
    expect([stranger.code, stranger.out.includes('HOST (EADDRNOTAVAIL)')]).toEqual([1, true])
    for (const [host, address] of [
      ['', '127.0.0.1'],
      ['0.0.0.0', '0.0.0.0'],
    ] as const) {
      // The server may listen in the worker thread, where `process.exit` would end the thread alone.
      const oncePrinted = `const { Server } = await import('node:net')
        const { writeSync } = await import('node:fs')
        const { listen } = Server.prototype
        Server.prototype.listen = function (...args) {
          return listen.apply(this, args).once('listening', () => {
            writeSync(1, 'address ' + this.address().address + '\\n')
            process.kill(process.pid, 'SIGKILL')
          })
        }`
      const preload = `--import=data:text/javascript,${encodeURIComponent(oncePrinted)}`
      const { out } = await run('main.mjs', [], { ...env, HOST: host, NODE_OPTIONS: preload })
      expect(out).toContain(`address ${address}\n`)
    }
    await slack.close()
  })

  it.each(['nap', 'constructor', '__proto__'])('answers the unknown command “%s” with the known ones', async (word) => {
    const { code, out } = await run('src/cli.js', [word])
    expect(code).toBe(2)
    expect(out).toContain(`Không có lệnh “${word}”.`)
    expect(out).toContain('roster import TỆP')
  })

  it('shows its commands with --help', async () => {
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
