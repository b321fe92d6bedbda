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

/** The bot in a separate process, as `npm start` runs it. */
export interface BuiltBot {
  process: ChildProcess
  /** Its exit code once it has ended; null when a signal ended it. */
  exit: Promise<number | null>
  /** Its port once it listens and the local Slack sends to it. Rejects when it ends before. */
  up: Promise<number>
  /** Sends a signal, SIGKILL by default, and waits for the end. */
  kill(signal?: NodeJS.Signals): Promise<number | null>
}

/** Environment variables of the built bot and the command line for a local Slack and one folder for all files. */
export const environment = (slack: LocalSlack, dir: string): Record<string, string> => ({
  SLACK_BOT_TOKEN: slack.botToken,
  SLACK_SIGNING_SECRET: slack.signingSecret,
  SLACK_API_URL: slack.apiUrl,
  PORT: '0',
  DATABASE_URL: `file:${path.join(dir, 'thidua.db')}`,
  EVIDENCE_DIR: path.join(dir, 'evidence'),
})

/**
 * Starts the built bot in a folder without waiting for it; it is killed when the test ends. Throws an error when there is
 * no build.
 */
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

/** Creates a folder's database with the real plan and a roster, without the hint for vague texts; returns the workspace's id. */
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
