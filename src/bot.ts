import { createHash } from 'node:crypto'
import type { Receiver } from '@slack/bolt'
import type { Directory } from './commands/request.js'
import { type CommandDeps, homeFor, run } from './commands/run.js'
import type { Config } from './config.js'
import { notifyUnsentFiles } from './core/outbox/unsent-files.js'
import type { Clock, Store } from './core/ports.js'
import type { PlannedReminder } from './core/reminder/plan.js'
import { openVault } from './files/vault.js'
import { startCron } from './jobs/cron.js'
import { sendCalendar } from './jobs/files/calendar-file.js'
import { fetchFile } from './jobs/files/fetch-file.js'
import { showFiles } from './jobs/files/show-files.js'
import { combineJobs, startWork } from './jobs/files/work.js'
import { type HomesJob, startHomes } from './jobs/homes/homes.js'
import { startLoadMonitor } from './jobs/load-shedding.js'
import { type OutboxJob, startOutbox } from './jobs/outbox/outbox.js'
import type { RateLimits } from './jobs/rate-limit.js'
import { type TickOptions, tick } from './jobs/tick.js'
import type { Log } from './log.js'
import { newId } from './new-id.js'
import { type SlackApp, slackApp } from './slack/inbound/app.js'
import { httpReceiver, socketReceiver } from './slack/inbound/receiver.js'
import { slackLimits } from './slack/limits.js'
import { slackLogger } from './slack/logger.js'
import { interactiveClient, missingScopes, outboxClient, startupClient } from './slack/outbound/api.js'
import { slackDirectory } from './slack/outbound/directory.js'
import { slackFailureReason } from './slack/outbound/failure-reason.js'
import { type SlackFile, slackFiles } from './slack/outbound/files.js'
import { slackHomes } from './slack/outbound/home.js'
import { slackSender } from './slack/outbound/send.js'
import { slackFileSender } from './slack/outbound/upload.js'
import { slackRates } from './slack/rates.js'
import { thisProcess } from './this-process.js'

export interface BotOptions {
  config: Config
  store: Store
  clock: Clock
  log: Log
  rates?: RateLimits
  /** See OutboxOptions. */
  foresightMs?: number
  /** How long a download may pause, in ms. */
  stallMs?: number
  /** When a request is acknowledged and when a call of Slack's API is given up, in ms; tests on a busy machine wait longer. */
  ackByMs?: number
  callMs?: number
  /** How often homes may be published. */
  homeRates?: RateLimits
  /** Whether it ticks every minute; tests and the demo call `tick`. */
  cron?: boolean
  /** The built file of the HTTP worker thread; without one the main thread serves HTTP. */
  httpWorkerFile?: string
}

export interface Bot {
  /** The port it listens on, in HTTP mode. */
  port: number | undefined
  workspaceId: string
  outbox: OutboxJob
  homes: HomesJob
  tick(): Promise<PlannedReminder[]>
  /** Requests whose answers were not sent yet. */
  inFlight(): number
  /** Accepts no more requests and finishes those in flight; resolves after `ms` at the latest. Leaves the store open. */
  stop(ms: number): Promise<void>
}

/** Everything except receiving requests, for the bot and for a single tick. Throws what `auth.test` throws. */
export async function connectSlack(
  { config, store, clock, log, rates = slackRates.messages, foresightMs, stallMs, callMs }: BotOptions,
  isBusy: () => boolean = () => false,
) {
  const logger = slackLogger(log)
  // Opened first, so that a directory which cannot be written to fails the start and not somebody's photo.
  const vault = await openVault(config.evidenceDir)
  const api = { token: config.slack.botToken, apiUrl: config.slack.apiUrl, logger, callMs }
  const [client, sending] = [interactiveClient(api), outboxClient(api)]
  const auth = await startupClient(api).auth.test()
  const bot = { botId: auth.bot_id ?? '', botUserId: auth.user_id ?? '', teamId: auth.team_id ?? '' }
  const lacking = missingScopes(auth.response_metadata?.scopes)
  if (lacking.length > 0) log.warn('slack scopes missing', { lacking })
  const workspaceId = await store.write((tx) => tx.workspaces.adopt('slack', bot.teamId, clock()))
  const directory: Directory = slackDirectory(client, bot.teamId)
  const admins = [...config.admins].map((externalId) => ({ workspaceId, platform: directory.platform, externalId }))
  const ticking: TickOptions = {
    store,
    workspaceId,
    clock,
    timeZone: config.timeZone,
    admins,
    retire: vault.retire,
    async sweep() {
      const files = await vault.sweep()
      if (files > 0) log.warn('temporary files of a killed process deleted', { files })
    },
    isBusy,
  }
  const warn = (event: string, about: Record<string, unknown>) => log.warn(event, about)
  const messages = startOutbox(
    {
      ...ticking,
      sender: slackSender(sending),
      directory: slackDirectory(sending, bot.teamId),
      limits: slackLimits,
      reasonOf: slackFailureReason,
      owner: thisProcess,
      admins: config.admins,
      log: warn,
    },
    { rates, isBusy, foresightMs },
  )
  const files = slackFiles({ ...api, client: sending, stallMs })
  const fetching = {
    store,
    clock,
    log: warn,
    async fetch(file: SlackFile, signal: AbortSignal) {
      // Loaded with the first file: file detection and cleaning would slow down the start.
      const { storeFile } = await import('./files/store-file.js')
      return storeFile(vault, await files.open(file, signal))
    },
  }
  const { apiUrl } = config.slack
  const sender = slackFileSender({ client: sending, apiUrl, open: vault.open })
  const showing = { store, clock, platform: directory.platform, files: sender, log: warn }
  const work = startWork({
    store,
    workspaceId,
    clock,
    owner: thisProcess,
    log: warn,
    isBusy,
    gaveUp: (tx, given, now) =>
      notifyUnsentFiles({ tx, now, timeZone: config.timeZone }, given, {
        platform: directory.platform,
        accounts: config.admins,
      }),
    handlers: {
      'attachment.fetch': (one, signal) => fetchFile(fetching, one, signal),
      'attachment.show': (one, signal) => showFiles(showing, one, signal),
      'calendar.file': (one, signal) => sendCalendar({ ...showing, timeZone: config.timeZone }, one, signal),
    },
  })
  const outbox = combineJobs(messages, work)
  return { logger, client, bot, workspaceId, directory, ticking, outbox }
}

/** Starts the bot. Throws Slack's error when the token is invalid, or the system's when the port is in use. */
export async function startBot(options: BotOptions): Promise<Bot> {
  const { config, store, clock, log } = options
  let app: SlackApp | undefined
  const load = startLoadMonitor(() => app?.inFlight() ?? 0)
  const isBusy = load.isOverloaded
  const { logger, client, bot, workspaceId, directory, ticking, outbox } = await connectSlack(options, isBusy)
  const deps: CommandDeps = {
    store,
    workspaceId,
    directory,
    limits: slackLimits,
    admins: config.admins,
    clock,
    newId,
    timeZone: config.timeZone,
    report: (code, error, about) => log.error('request failed', { code, ...about, error }),
  }
  const homes = startHomes(
    {
      store,
      workspaceId,
      platform: directory.platform,
      clock,
      timeZone: config.timeZone,
      draw: (account, requested) => homeFor(deps, account, requested),
      render: slackHomes(client),
      digest: (text) => createHash('sha256').update(text).digest('base64'),
      log: (event, about) => log.warn(event, about),
    },
    options.homeRates ?? slackRates.homes,
    isBusy,
  )
  const kick = () => {
    outbox.kick()
    homes.kick()
  }
  const afterwards = () => {
    load.answered()
    kick()
  }
  const receiver: Receiver =
    'appToken' in config.slack
      ? socketReceiver({ appToken: config.slack.appToken, apiUrl: config.slack.apiUrl, logger })
      : httpReceiver({
          signingSecret: config.slack.signingSecret,
          logger,
          host: config.slack.host,
          workerFile: options.httpWorkerFile,
          isReady: async () => (await store.read((tx) => tx.workspaces.all())).length > 0,
        })
  app = slackApp({
    receiver,
    botToken: config.slack.botToken,
    bot,
    apiUrl: config.slack.apiUrl,
    logger,
    client,
    run: (request) => run(deps, request),
    isNew: (key) => store.write((tx) => tx.processedEvents.firstTime(workspaceId, key, clock())),
    showHome: homes.show,
    refreshHome: homes.refresh,
    afterwards,
    ackByMs: options.ackByMs,
    respondMs: options.callMs,
    report: (what, error) => log.error('slack failed', { what, error }),
  })
  const server = await app.start('port' in config.slack ? config.slack.port : 0)
  const tickAndSend = async () => {
    const planned = await tick(ticking)
    kick()
    return planned
  }
  const cron = options.cron === false ? undefined : startCron(tickAndSend, log)
  return {
    port: portOf(server),
    workspaceId,
    outbox,
    homes,
    tick: tickAndSend,
    inFlight: app.inFlight,
    async stop(ms) {
      const finish = async () => {
        await Promise.all([cron?.stop(), app.stop()])
        while (app.inFlight() > 0) await new Promise((done) => setTimeout(done, 10))
        await Promise.all([outbox.stop(), homes.stop()])
      }
      await Promise.race([finish(), new Promise((done) => setTimeout(done, ms).unref())])
    },
  }
}

/** The port of the HTTP receiver; Socket Mode has none. */
const portOf = (started: unknown): number | undefined => (started as { port?: number } | undefined)?.port
