import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { importPlan } from '../../src/core/plan-import.js'
import { importRoster } from '../../src/core/roster-import.js'
import { newId } from '../../src/new-id.js'
import { startLocalSlack } from '../../src/playground/local-slack.js'
import { openStore } from '../../src/store/open.js'
import { jpeg, scan } from '../evidence/samples.js'
import { accountOf, examplePlan, exampleRoster } from './stage.js'

const built = path.resolve(import.meta.dirname, '../../dist')
const KILLS = 5
const PEOPLE = 6
const PHOTOS = 3

test('killed again and again while photos are stored: every one of them is there in the end, and nothing else', async () => {
  if (!existsSync(path.join(built, 'main.mjs'))) throw new Error('build first: npm run build')
  const dir = mkdtempSync(path.join(tmpdir(), 'thidua-kill-files-'))
  const databaseUrl = `file:${path.join(dir, 'thidua.db')}`
  const roster = await exampleRoster()
  const slack = await startLocalSlack({
    users: roster.people.map((p) => ({ id: accountOf(p.email), real_name: p.fullName, email: p.email })),
  })
  const seeded = await openStore(databaseUrl)
  const workspaceId = await seeded.write((tx) => tx.workspaces.only(new Date()))
  await seeded.write((tx) => importPlan({ tx, now: new Date(), newId, workspaceId }, examplePlan(), 'plan'))
  await seeded.write((tx) => importRoster({ tx, now: new Date(), newId, workspaceId }, roster))
  await seeded.write((tx) => tx.settings.set(workspaceId, 'coach', false, null, new Date()))
  await seeded.close()

  const env = {
    PATH: process.env.PATH,
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_SIGNING_SECRET: slack.signingSecret,
    SLACK_API_URL: slack.apiUrl,
    PORT: '0',
    DATABASE_URL: databaseUrl,
    EVIDENCE_DIR: path.join(dir, 'evidence'),
  }
  let bot: ChildProcess | undefined
  async function start(): Promise<void> {
    bot = spawn(process.execPath, [path.join(built, 'main.mjs')], {
      cwd: dir,
      env,
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
  const withStore = async <T>(work: (store: Awaited<ReturnType<typeof openStore>>) => Promise<T>): Promise<T> => {
    const store = await openStore(databaseUrl)
    return work(store).finally(() => store.close())
  }
  const counts = () => withStore((store) => store.read((tx) => tx.attachments.counts()))
  const verify = () =>
    new Promise<{ code: number | null; out: string }>((done) => {
      const child = execFile(
        process.execPath,
        [path.join(built, 'src/cli.js'), 'evidence', 'verify'],
        { cwd: dir, env },
        (_, out, err) => done({ code: child.exitCode, out: out + err }),
      )
    })

  await start()
  const people = roster.roles.filter((r) => r.role === 'member' && r.unitCode !== 'HDTDKT').slice(0, PEOPLE)
  for (const [n, { email }] of people.entries()) {
    const files = Array.from({ length: PHOTOS }, (_, i) => ({
      name: `anh${n}-${i}.jpg`,
      mimetype: 'image/jpeg',
      bytes: jpeg({ picture: Buffer.concat([scan, Buffer.alloc(3_000_000, n * PHOTOS + i)]) }),
    }))
    await slack.as(accountOf(email)).command(`/thidua nop a2 Việc số ${n}: 25/25 đạt 100%`)
    await slack.as(accountOf(email)).fill({ 'Ảnh, tệp minh chứng': files })
  }
  // Slow enough that a kill finds some of them half-way.
  slack.failDownload({ delayMs: 60, times: 1000 })
  const sending = people.map(async ({ email }, n) => {
    await new Promise((done) => setTimeout(done, n * 60))
    for (;;) {
      const { view } = await slack
        .as(accountOf(email))
        .submit()
        .catch(() => ({ view: undefined }))
      if (view?.callbackId === 'page') return
      await new Promise((done) => setTimeout(done, 50))
    }
  })
  const killing = (async () => {
    for (let kills = 0; kills < KILLS; kills++) {
      await new Promise((done) => setTimeout(done, 120 + kills * 70))
      await kill()
      // Whatever the moment was: what is said to be stored is.
      expect(await verify()).toMatchObject({ code: 0 })
      // The dead process's hold on its work runs out by itself; the test does not wait for it.
      await withStore((store) => store.write((tx) => tx.outbox.recover(new Date(Date.now() + 60_000))))
      await start()
    }
  })()
  await Promise.all([...sending, killing])

  const total = people.length * PHOTOS
  for (let left = 200; left > 0 && (await counts()).stored < total; left--)
    await new Promise((done) => setTimeout(done, 100))
  const stopped = new Promise((done) => bot?.once('exit', done))
  bot?.kill('SIGTERM')
  await stopped
  expect(await counts()).toEqual({ waiting: 0, stored: total, failed: 0, removed: 0 })
  const { code, out } = await verify()
  expect([code, out]).toEqual([0, expect.stringContaining(`✅ ${total} ảnh, tệp minh chứng: đủ và nguyên vẹn`)])
  await slack.close()
  rmSync(dir, { recursive: true, force: true })
}, 90_000)
