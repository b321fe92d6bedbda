import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { proveAudit } from '../../src/core/audit-chain.js'
import { importPlan } from '../../src/core/plan-import.js'
import { importRoster } from '../../src/core/roster-import.js'
import { proveCounts } from '../../src/core/tally.js'
import { newId } from '../../src/new-id.js'
import { startLocalSlack } from '../../src/playground/local-slack.js'
import { openStore } from '../../src/store/open.js'
import { accountOf, examplePlan, exampleRoster } from './stage.js'

const root = path.resolve(import.meta.dirname, '../..')
const main = path.join(root, 'dist/main.mjs')
const KILLS = 5

test('killed again and again while people hand in: nothing acknowledged is lost, nothing is doubled', async () => {
  if (!existsSync(main)) throw new Error('build first: npm run build')
  const dir = mkdtempSync(path.join(tmpdir(), 'thidua-kill-'))
  const databaseUrl = `file:${path.join(dir, 'thidua.db')}`
  const roster = await exampleRoster()
  const slack = await startLocalSlack({
    users: roster.people.map((p) => ({ id: accountOf(p.email), real_name: p.fullName, email: p.email })),
  })
  const seeded = await openStore(databaseUrl)
  const workspaceId = await seeded.write((tx) => tx.workspaces.only(new Date()))
  await seeded.write((tx) => importPlan({ tx, now: new Date(), newId, workspaceId }, examplePlan(), 'plan'))
  await seeded.write((tx) => importRoster({ tx, now: new Date(), newId, workspaceId }, roster))
  await seeded.close()

  let bot: ChildProcess | undefined
  async function start(): Promise<void> {
    bot = spawn(process.execPath, [main], {
      cwd: dir,
      env: {
        PATH: process.env.PATH,
        SLACK_BOT_TOKEN: slack.botToken,
        SLACK_SIGNING_SECRET: slack.signingSecret,
        SLACK_API_URL: slack.apiUrl,
        PORT: '0',
        DATABASE_URL: databaseUrl,
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const port = await new Promise<number>((done) =>
      bot?.stdout?.on('data', (text: Buffer) => {
        const found = /"port":(\d+)/.exec(String(text))
        if (found) done(Number(found[1]))
      }),
    )
    slack.botUrl = `http://127.0.0.1:${port}`
  }
  const kill = async () => {
    const gone = new Promise((done) => bot?.once('exit', done))
    bot?.kill('SIGKILL')
    await gone
  }

  await start()
  const people = roster.roles.filter((r) => r.role === 'member' && r.unitCode !== 'HDTDKT').slice(0, 12)
  for (const [n, { email }] of people.entries())
    await slack.as(accountOf(email)).command(`/thidua nop a2 Việc số ${n}: 25/25 người đạt`)
  // Every form is sent until it is acknowledged, as people do; the bot dies in between, at moments of no one's choosing.
  const receipts = new Map<string, string>()
  let kills = 0
  const sending = people.map(async ({ email }, n) => {
    const who = slack.as(accountOf(email))
    for (let round = 0; round < KILLS; round++) {
      const key = `${email} ${round}`
      while (!receipts.has(key)) {
        await new Promise((done) => setTimeout(done, ((n * 7 + round * 13) % 10) * 20))
        const { view } = await who.submit().catch(() => ({ view: undefined }))
        const number = /TĐ-2024-\d{6}/.exec(view?.words ?? '')?.[0]
        if (number && view?.callbackId === 'page') receipts.set(key, number)
      }
      if (round < KILLS - 1) {
        // "Nộp tiếp" may fall into a moment without a bot too.
        while (who.modal()?.callbackId !== 'submission') {
          await who.click('Nộp tiếp').catch(() => undefined)
          if (who.modal()?.callbackId === 'submission') break
          await new Promise((done) => setTimeout(done, 100))
        }
        await who.fill({ 'Tiêu chí': 'a3', 'Kết quả': `Việc số ${n} lần ${round + 1}: 25/25 người đạt` })
      }
    }
  })
  const killing = (async () => {
    for (; kills < KILLS; kills++) {
      await new Promise((done) => setTimeout(done, 150 + kills * 60))
      await kill()
      await start()
    }
  })()
  await Promise.all([...sending, killing])
  await kill()

  const store = await openStore(databaseUrl)
  const campaign = await store.read((tx) => tx.campaigns.current(workspaceId))
  if (!campaign) throw new Error('no campaign')
  const units = await store.read((tx) => tx.units.list(workspaceId))
  const stored = await store.read(async (tx) => {
    const out = []
    for (const unit of units)
      for (const criterion of ['a2', 'a3']) out.push(...(await tx.submissions.ofCell(campaign.id, unit.id, criterion)))
    return out
  })
  const numbers = stored.map((s) => `TĐ-2024-${String(s.number).padStart(6, '0')}`)
  expect(new Set(receipts.values()).size).toBe(people.length * KILLS)
  for (const number of receipts.values()) expect(numbers).toContain(number)
  // One row a form: a form that was stored but not acknowledged gave the same number when it was sent again.
  expect(stored).toHaveLength(people.length * KILLS)
  expect(await store.read((tx) => proveCounts(tx, campaign))).toEqual([])
  expect((await store.read((tx) => proveAudit(tx, workspaceId))).broken).toBeUndefined()
  await store.close()
  await slack.close()
  rmSync(dir, { recursive: true, force: true })
}, 60_000)
