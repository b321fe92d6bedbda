/**
 * Runs the built bot once, as an operator would, against a fake of Slack on this machine: it starts, passes its health
 * checks, answers a signed command, rejects a wrongly signed one and stops on SIGTERM. Prints the bot's output on a failure.
 */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'

const root = path.resolve(import.meta.dirname, '..')
const main = path.join(root, 'dist/main.mjs')
const secret = 'smoke-signing-secret'
const dir = mkdtempSync(path.join(tmpdir(), 'thidua-smoke-'))

/** The part of Slack's Web API that a start and one command of an unknown person need. */
const answers = {
  'auth.test': { ok: true, user_id: 'UBOT', bot_id: 'BBOT', team_id: 'T1', url: 'https://smoke.slack.com/' },
  'users.info': {
    ok: true,
    user: { id: 'U1', team_id: 'T1', real_name: 'Lê Văn An', profile: { email: 'an@cdn.example' } },
  },
}
const slack = createServer((request, response) => {
  const method = (request.url ?? '').split('/').at(-1)?.split('?')[0] ?? ''
  request.resume().on('end', () => {
    response.writeHead(200, { 'Content-Type': 'application/json' })
    response.end(JSON.stringify(answers[method] ?? { ok: false, error: 'unknown_method' }))
  })
})

const output = []
let bot

async function started(child) {
  let seen = ''
  const read = (chunk) => {
    output.push(chunk)
    seen += chunk
  }
  child.stderr.setEncoding('utf8').on('data', read)
  child.stdout.setEncoding('utf8').on('data', read)
  const end = Date.now() + 15_000
  while (Date.now() < end && child.exitCode === null) {
    const line = seen.split('\n').find((l) => l.startsWith('{') && JSON.parse(l).msg === 'started')
    if (line) return JSON.parse(line)
    await new Promise((done) => setTimeout(done, 20))
  }
  throw new Error('the bot did not start')
}

function command(url, sign) {
  const body = new URLSearchParams({
    command: '/thidua',
    text: 'trogiup',
    user_id: 'U1',
    team_id: 'T1',
    channel_id: 'D1',
    trigger_id: 'smoke',
    response_url: `${url}/nowhere`,
  }).toString()
  const time = String(Math.floor(Date.now() / 1000))
  const signature = `v0=${createHmac('sha256', sign).update(`v0:${time}:${body}`).digest('hex')}`
  return fetch(`${url}/slack/events`, {
    method: 'POST',
    body,
    headers: {
      'Content-Type': 'application/x-www-form-urlencoded',
      'X-Slack-Request-Timestamp': time,
      'X-Slack-Signature': signature,
    },
  })
}

async function smoke() {
  assert.ok(existsSync(main), 'there is no build: run `npm run build` first')
  slack.listen(0, '127.0.0.1')
  await once(slack, 'listening')
  bot = spawn(process.execPath, [main], {
    cwd: dir,
    env: {
      PATH: process.env.PATH,
      SLACK_API_URL: `http://127.0.0.1:${slack.address().port}/api/`,
      SLACK_BOT_TOKEN: 'xoxb-smoke',
      SLACK_SIGNING_SECRET: secret,
      PORT: '0',
      THIDUA_ADMINS: 'U1',
    },
  })
  const { mode, port } = await started(bot)
  assert.equal(mode, 'http')
  const url = `http://127.0.0.1:${port}`

  for (const page of ['/healthz', '/readyz'])
    for (const method of ['GET', 'HEAD']) {
      const response = await fetch(url + page, { method })
      assert.equal(response.status, 200, `${method} ${page}`)
      if (method === 'GET') assert.deepEqual(await response.json(), { ok: true }, page)
    }

  const good = await command(url, secret)
  assert.equal(good.status, 200, 'a signed command')
  const answer = await good.json()
  assert.equal(answer.response_type, 'ephemeral')
  assert.match(JSON.stringify(answer.blocks), /thidua lich/, 'help names the subcommands')
  assert.equal((await command(url, 'another secret')).status, 401, 'a command with a wrong signature')
  assert.equal((await fetch(`${url}/no/such/page`)).status, 404, 'an unknown page')
  assert.ok(existsSync(path.join(dir, 'data/thidua.db')), 'the database is in its default place')

  const stoppedAt = Date.now()
  bot.kill('SIGTERM')
  const late = setTimeout(() => bot.kill('SIGKILL'), 10_000)
  const [code, signal] = await once(bot, 'exit')
  clearTimeout(late)
  assert.deepEqual([code, signal], [0, null], 'SIGTERM ends the bot cleanly within ten seconds')
  const log = output.join('')
  for (const line of log.split('\n').filter((l) => l !== '')) JSON.parse(line)
  assert.doesNotMatch(log, /xoxb-smoke|smoke-signing-secret|Lê Văn An/, 'the log contains no secrets and names')
  return Date.now() - stoppedAt
}

try {
  const ms = await smoke()
  console.log(`smoke: the built bot started, answered, rejected and stopped (in ${ms} ms)`)
} catch (error) {
  console.error(error)
  console.error('--- output of the bot ---')
  console.error(output.join(''))
  process.exitCode = 1
} finally {
  if (bot?.exitCode === null) bot.kill('SIGKILL')
  slack.closeAllConnections()
  slack.close()
  rmSync(dir, { recursive: true, force: true })
}
