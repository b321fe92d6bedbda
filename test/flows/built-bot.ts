import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { onTestFinished } from 'vitest'
import { importPlan } from '../../src/core/setup/import-plan.js'
import { importRoster } from '../../src/core/setup/import-roster.js'
import type { Roster } from '../../src/core/setup/roster.js'
import type { LocalSlack } from '../../src/local-slack/local-slack.js'
import { newId } from '../../src/new-id.js'
import { openStore } from '../../src/store/open.js'
import { accountOf, examplePlan } from './stage.js'

const main = path.resolve(import.meta.dirname, '../../dist/main.mjs')

/** The bot as `npm start` runs it, in a process of its own. */
export interface BuiltBot {
  process: ChildProcess
  /** Its exit code, once it ended; null when a signal ended it. */
  exit: Promise<number | null>
  /** Its port, once it listens; by then the local Slack sends to it. Rejects when it ends before. */
  up: Promise<number>
  /** Sends a signal, the deadly one by default, and waits for the end. */
  kill(signal?: NodeJS.Signals): Promise<number | null>
}

/** What the built bot and the command line read from the environment: a local Slack, and all files in one folder. */
export const environment = (slack: LocalSlack, dir: string): Record<string, string> => ({
  SLACK_BOT_TOKEN: slack.botToken,
  SLACK_SIGNING_SECRET: slack.signingSecret,
  SLACK_API_URL: slack.apiUrl,
  PORT: '0',
  DATABASE_URL: `file:${path.join(dir, 'thidua.db')}`,
  EVIDENCE_DIR: path.join(dir, 'evidence'),
})

/** Starts the built bot in a folder, without waiting for it; it ends with the test at the latest. Throws where nothing was built. */
export function startBuilt(slack: LocalSlack, dir: string): BuiltBot {
  if (!existsSync(main)) throw new Error('There is no build: run `npm run build` first.')
  const bot = spawn(process.execPath, [main], {
    cwd: dir,
    env: { PATH: process.env.PATH, ...environment(slack, dir) },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => void bot.kill('SIGKILL'))
  const exit = new Promise<number | null>((done) => bot.once('exit', done))
  const up = new Promise<number>((done, failed) => {
    void exit.then((code) => failed(new Error(`The bot ended with exit code ${code} before it listened.`)))
    let printed = ''
    bot.stdout?.on('data', (text: Buffer) => {
      if (printed.length > 10_000) return
      printed += text
      const port = /"port":(\d+)/.exec(printed)?.[1]
      if (!port || bot.killed) return
      slack.botUrl = `http://127.0.0.1:${port}`
      done(Number(port))
    })
  })
  // Some tests kill it before it listens.
  up.catch(() => undefined)
  return {
    process: bot,
    exit,
    up,
    kill(signal = 'SIGKILL') {
      bot.kill(signal)
      return exit
    },
  }
}

/**
 * What Slack refused, except a modal that the bot requested a second time: on a busy machine it repeats a call whose answer
 * comes late.
 */
export const violationsOf = (slack: LocalSlack) => slack.violations.filter((v) => v.error !== 'exchanged_trigger_id')

/** The people of a roster as users of a local Slack. */
export const usersOf = (roster: Roster) =>
  roster.people.map((p) => ({ id: accountOf(p.email), real_name: p.fullName, email: p.email }))

/** Puts the real plan and a roster into a folder's new database, the hint for what is sketchy off; gives the workspace's id. */
export async function furnish(dir: string, roster: Roster, headConfirms = true): Promise<string> {
  const store = await openStore(`file:${path.join(dir, 'thidua.db')}`)
  const now = new Date()
  const workspaceId = await store.write((tx) => tx.workspaces.only(now))
  await store.write((tx) => importPlan({ tx, now, newId, workspaceId }, examplePlan(), 'plan'))
  await store.write((tx) => importRoster({ tx, now, newId, workspaceId }, roster))
  await store.write((tx) => tx.settings.set(workspaceId, 'coach', false, null, now))
  await store.write((tx) => tx.settings.set(workspaceId, 'headConfirms', headConfirms, null, now))
  await store.close()
  return workspaceId
}
