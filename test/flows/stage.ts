import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type Bot, startBot } from '../../src/bot.js'
import { readPlan } from '../../src/cli/plan-file.js'
import { readRoster } from '../../src/cli/roster-file.js'
import type { Config } from '../../src/config.js'
import type { Plan } from '../../src/core/campaign/plan.js'
import { knownActor } from '../../src/core/people/identity.js'
import type { Store } from '../../src/core/ports.js'
import { importPlan } from '../../src/core/setup/import-plan.js'
import { importRoster } from '../../src/core/setup/import-roster.js'
import type { Roster } from '../../src/core/setup/roster.js'
import { submit } from '../../src/core/submission/decide.js'
import type { RateLimits } from '../../src/jobs/rate-limit.js'
import type { LocalSlack, LocalSlackOptions } from '../../src/local-slack/local-slack.js'
import { silentLog } from '../../src/log.js'
import { newId } from '../../src/new-id.js'
import { openStore } from '../../src/store/open.js'
import { newStore } from '../helpers/database.js'
import { startTestSlack } from '../helpers/local-slack.js'
import { unlimited } from '../helpers/rates.js'
import { HANG_MS } from '../helpers/until.js'

/**
 * The whole bot with a temporary database and the local Slack, over signed HTTP requests, with the real plan, the example
 * roster and a clock that the test sets.
 */
export interface Stage {
  slack: LocalSlack
  bot: Bot
  store: Store
  dir: string
  databaseUrl: string
  now: () => Date
  setClock(at: string): void
  /** Runs a tick and waits until everything that is due was sent; returns the number of planned reminders. */
  tick(at?: string): Promise<number>
  /** Waits until everything that is due was sent and all files were handled. */
  sent(): Promise<void>
  /** Waits until every open home shows the present state. */
  homesShown(): Promise<void>
  /** Ends the bot as SIGTERM does and starts another on the same database; `between` runs while there is none. */
  restart(between?: () => Promise<void>): Promise<void>
  close(): Promise<void>
}

export interface StageOptions {
  at?: string
  roster?: Roster | false
  plan?: boolean
  admins?: string[]
  rates?: RateLimits
  homeRates?: RateLimits
  /** Slack users besides those of the roster. */
  users?: NonNullable<LocalSlackOptions['users']>
  /** E-mail addresses of the roster without a Slack account. */
  without?: string[]
  socket?: boolean
  /** How long a download may be silent. */
  stallMs?: number
  /** The hint for vague texts; off by default, so that test texts can be short. */
  coach?: boolean
}

const root = path.resolve(import.meta.dirname, '../..')

/** The Slack account id of a person of the roster: `U` and the part before the @ in upper case, without dots and dashes. */
export const accountOf = (email: string): string => `U${(email.split('@')[0] ?? '').toUpperCase().replace(/\W/g, '')}`

/** Parsed once per process, because many tests read them. */
const parsed: { roster?: Roster; plan?: Plan } = {}

export async function exampleRoster(): Promise<Roster> {
  if (!parsed.roster) {
    const read = await readRoster(readFileSync(path.join(root, 'db/roster.example.csv')), 'roster.example.csv')
    if ('faults' in read) throw new Error(read.faults[0]?.sentence)
    parsed.roster = read.roster
  }
  return structuredClone(parsed.roster)
}

export function examplePlan(): Plan {
  if (!parsed.plan) {
    const read = readPlan(readFileSync(path.join(root, 'db/campaigns/qptd-2024.yaml'), 'utf8'), 'qptd-2024.yaml')
    if ('faults' in read) throw new Error(read.faults[0]?.sentence)
    parsed.plan = read.plan
  }
  return structuredClone(parsed.plan)
}

export async function setStage(options: StageOptions = {}): Promise<Stage> {
  const dir = mkdtempSync(path.join(tmpdir(), 'thidua-'))
  const file = path.join(dir, 'thidua.db')
  const databaseUrl = `file:${file}`
  let at = new Date(options.at ?? '2024-05-20T09:00:00+07:00')
  const now = () => at
  const roster = options.roster === false ? undefined : (options.roster ?? (await exampleRoster()))
  let running: Bot | undefined
  const slack = await startTestSlack({
    now,
    busy: () => (running?.inFlight() ?? 0) > 0,
    // The bot is in this process and reports its open requests, so there is little left to wait for.
    idleMs: 10,
    users: [
      ...(roster?.people ?? [])
        .filter((p) => !options.without?.includes(p.email))
        .map((p) => ({ id: accountOf(p.email), real_name: p.fullName, email: p.email })),
      ...(options.users ?? []),
    ],
  })
  const config: Config = {
    slack: {
      botToken: slack.botToken,
      apiUrl: slack.apiUrl,
      ...(options.socket ? { appToken: slack.appToken } : { signingSecret: slack.signingSecret, port: 0 }),
    },
    admins: new Set(options.admins ?? []),
    databaseUrl,
    evidenceDir: path.join(dir, 'evidence'),
    timeZone: 'Asia/Ho_Chi_Minh',
    logLevel: 'error',
  }
  const start = async (store: Store) => {
    const bot = await startBot({
      config,
      store,
      clock: now,
      log: { ...silentLog, error: (event, about) => console.error(event, about) },
      rates: options.rates ?? unlimited,
      stallMs: options.stallMs ?? HANG_MS,
      ackByMs: HANG_MS,
      callMs: HANG_MS,
      homeRates: options.homeRates ?? unlimited,
      cron: false,
    })
    running = bot
    if (bot.port) slack.botUrl = `http://127.0.0.1:${bot.port}`
    return { store, bot }
  }
  let { store, bot } = await start(await newStore(file))
  const stop = async () => {
    const began = performance.now()
    await bot.stop(HANG_MS)
    if (performance.now() - began >= HANG_MS) throw new Error('The bot never stopped')
  }
  const sent = async () => {
    if (!(await bot.outbox.idle(HANG_MS))) throw new Error('The outbox never became idle')
  }
  if (options.plan !== false)
    await store.write((tx) =>
      importPlan({ tx, now: now(), newId, workspaceId: bot.workspaceId }, examplePlan(), 'plan'),
    )
  if (!options.coach) await store.write((tx) => tx.settings.set(bot.workspaceId, 'coach', false, null, now()))
  if (roster) await store.write((tx) => importRoster({ tx, now: now(), newId, workspaceId: bot.workspaceId }, roster))

  return {
    slack,
    get bot() {
      return bot
    },
    get store() {
      return store
    },
    dir,
    databaseUrl,
    now,
    setClock(to) {
      at = new Date(to)
    },
    sent,
    async homesShown() {
      if (!(await bot.homes.idle(HANG_MS))) throw new Error('The homes never became current')
    },
    async tick(to) {
      if (to) at = new Date(to)
      const planned = await bot.tick()
      await sent()
      return planned.length
    },
    async restart(between) {
      await stop()
      await between?.()
      await store.close()
      ;({ store, bot } = await start(await openStore(databaseUrl)))
    },
    async close() {
      await stop()
      await store.close()
      await slack.close()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

/**
 * Clicks a button with any value as a person who was never shown it; returns what the bot answers.
 * The button is part of the newest message of the bot.
 */
export async function forge(stage: Stage, account: string, action: string, value: string): Promise<string> {
  const { workspace, actions } = stage.slack
  const message = workspace.messages.filter((m) => m.user === workspace.botUserId && m.blocks.length > 0).at(-1)
  if (!message) throw new Error('the bot has said nothing yet')
  const element = { type: 'button', action_id: action, value, text: { type: 'plain_text', text: 'x' } }
  const before = workspace.messages.length
  await actions.click(account, { message }, { type: 'actions', block_id: 'forged', elements: [element] }, element)
  await stage.slack.settled()
  return workspace.messages
    .slice(before)
    .map((m) => `${m.text} ${JSON.stringify(m.blocks)}`)
    .join('\n')
}

/** Submits evidence through the core, once for each text, for tests that need many submissions. */
export async function handInMany(stage: Stage, account: string, criterion: string, texts: readonly string[]) {
  const { workspaceId } = stage.bot
  await stage.store.write(async (tx) => {
    const actor = await knownActor(tx, { workspaceId, platform: 'slack', externalId: account }, new Set())
    const campaign = await tx.campaigns.current(workspaceId)
    if (!actor || !campaign) throw new Error(`${account} was never met`)
    const use = { tx, actor, now: stage.now(), newId, timeZone: 'Asia/Ho_Chi_Minh' }
    const rest = { unitId: actor.roles[0]?.unit.id as string, criterion, doneOn: '2024-05-17', links: [] }
    for (const text of texts) await submit(use, campaign, { ...rest, text, figure: null, figureUnit: null }, null)
  })
}

/** The value of the newest button with an action id in the bot's calls. */
export function buttonValue(stage: Stage, action: string): string {
  for (const { args } of [...stage.slack.calls].reverse()) {
    const blocks = typeof args.blocks === 'string' ? JSON.parse(args.blocks) : args.blocks
    for (const block of Array.isArray(blocks) ? blocks : [])
      for (const element of [block.accessory, ...(block.elements ?? [])])
        if (element?.action_id?.replace(/#\d+$/, '') === action) return element.value as string
  }
  throw new Error(`no button ${action} was sent`)
}

/** People of the example roster by role. */
export const cast = {
  lecturer: 'UPHUCLH',
  head: 'UKHANHNV',
  board: 'UHUNGTQ',
  office: 'UDUYENTM',
  rector: 'UHAINT',
  admin: 'UMINHHN',
  /** Deputy of the head's unit. */
  deputy: 'UTHAOTTT',
} as const
