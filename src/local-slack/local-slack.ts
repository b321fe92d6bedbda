/**
 * A local stand-in for Slack: the Web API methods that the bot uses, signed deliveries to the bot, and people who type and
 * click. It refuses what Slack refuses and records every refusal in `slack.violations`.
 *
 *     const slack = await startLocalSlack({ users: [{ id: 'U_LAN', real_name: 'Nguyễn Thị Lan', email: 'lan@truong.vn' }] })
 *     // Start the bot with SLACK_API_URL=slack.apiUrl, SLACK_BOT_TOKEN=slack.botToken and either
 *     // SLACK_SIGNING_SECRET=slack.signingSecret (then set slack.botUrl = 'http://127.0.0.1:3000')
 *     // or SLACK_APP_TOKEN=slack.appToken (Socket Mode; used whenever a socket is connected).
 *     const lan = slack.as('U_LAN')                          // see user/user.ts
 *     await lan.command('/thidua nop a2')
 *     slack.fail('chat.postMessage', { retryAfter: 1 })      // the next call gets 429; see server/fault-injection.ts
 *     slack.failDownload({ file: 'anh.jpg', stallAfter: 1000 }) // see server/downloads.ts
 *     await slack.waitFor(() => lan.messages().length > 1)   // for what the bot does on its own initiative
 *     expect(slack.violations).toEqual([])
 *     await slack.close()
 *
 * `now` is the clock for messages, trigger ids (3 s) and response_urls (30 min); pass your own to control time. Signatures
 * always carry the machine's time, because the bot compares them with its own clock. `slack.deliveries` holds every delivery
 * with its answer; `slack.deliver(type, payload, {retry, copies, signature, age})` sends one again.
 */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { createDelivery } from './bot-link/delivery.js'
import { createSockets } from './bot-link/socket.js'
import type { JsonObject } from './json.js'
import { createPage, type PageClock, type PageOptions } from './page-server/page-server.js'
import { type DownloadFault, matchesDownload } from './server/downloads.js'
import { type CallFault, createFaultInjection } from './server/fault-injection.js'
import { createRoutes } from './server/routes.js'
import type { Upload } from './state/file.js'
import { createWorkspace, type SeedUser, type WorkspaceOptions } from './state/workspace.js'
import { createUserActions } from './user/actions.js'
import { createLocalUser, type LocalUser } from './user/user.js'

/** The default time limit of a wait: long enough that only a hang exceeds it. */
const HANG_MS = 240_000

export interface LocalSlackOptions extends WorkspaceOptions {
  /** Default 0: any free port. */
  port?: number
  /** The base URL of the bot; can be set later. */
  botUrl?: string
  /** How long the bot may take to acknowledge, in ms; default 3000, as in Slack. */
  ackMs?: number
  /** The bot is idle after this long without a call or delivery, in ms; default 30. */
  idleMs?: number
  /** Whether the bot still has work in progress, when it can report that; it is not idle then. */
  busy?: () => boolean
  /** Serves the page for browsers at `slack.url`. */
  page?: boolean | Omit<PageOptions, 'clock'>
  /** The clock that the page shows and can move forward; also the default of `now`. */
  clock?: PageClock
}

export async function startLocalSlack(options: LocalSlackOptions = {}) {
  const { clock } = options
  const workspace = createWorkspace({ ...options, now: options.now ?? clock?.now })
  const faults = {
    calls: createFaultInjection<CallFault>((fault, args) => fault.when?.(args) ?? true),
    downloads: createFaultInjection<DownloadFault>(matchesDownload),
  }
  const sockets = createSockets(workspace)
  let botUrl = options.botUrl
  let baseUrl = ''
  const { deliver, deliveries } = createDelivery(workspace, sockets, () => botUrl, options.ackMs ?? 3000)
  const actions = createUserActions(workspace, deliver, () => baseUrl)
  const page = options.page
    ? createPage(workspace, actions, { ...(options.page === true ? {} : options.page), clock })
    : []
  const server = createServer(createRoutes(workspace, faults, () => `${baseUrl.replace('http', 'ws')}/socket`, page))
  // The client closes idle connections. When the server does too, a slow machine can send a request into a closed one.
  server.keepAliveTimeout = 0
  server.on('upgrade', (request, socket, head) => sockets.upgrade(request, socket, head))
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port ?? 0, '127.0.0.1', resolve)
  })
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  workspace.baseUrl = baseUrl

  const waitFor = async (predicate: () => unknown, timeoutMs = HANG_MS) => {
    const end = performance.now() + timeoutMs
    while (!predicate()) {
      if (performance.now() > end) throw new Error(`Waited ${timeoutMs} ms without success for ${predicate}`)
      await wait(5)
    }
  }
  const idleMs = options.idleMs ?? 30
  const isIdle = () =>
    workspace.activity.running === 0 && !options.busy?.() && Date.now() - workspace.activity.last >= idleMs

  const people = new Map<string, LocalUser>()
  return {
    url: baseUrl,
    apiUrl: `${baseUrl}/api/`,
    botToken: workspace.botToken,
    appToken: workspace.appToken,
    signingSecret: workspace.signingSecret,
    teamId: workspace.teamId,
    botUserId: workspace.botUserId,
    workspace,
    actions,
    get botUrl() {
      return botUrl
    },
    set botUrl(url: string | undefined) {
      botUrl = url
    },
    /** Every call of the Web API (and of response_urls), in order. */
    calls: workspace.calls,
    /** Calls of one method. */
    callsOf: (method: string) => workspace.calls.filter((call) => call.method === method),
    violations: workspace.violations,
    deliveries,
    deliver,
    /** The person with this id; always the same object. */
    as(userId: string): LocalUser {
      const known = people.get(userId)
      if (known) return known
      if (!workspace.users.has(userId)) throw new Error(`No user ${userId} in the workspace`)
      const person = createLocalUser(workspace, actions, settled, userId)
      people.set(userId, person)
      return person
    },
    addUser: (user: SeedUser) => void workspace.users.set(user.id, user),
    /** Uploads a file as this person; returns its file object, e.g. for `fill({ photo: [slack.file('U_LAN', {…})] })`. */
    file: (userId: string, upload: Upload): JsonObject => actions.upload(userId, upload),
    /** Deletes a file, as its owner may at any time. */
    deleteFile: (id: string) => workspace.files.delete(id),
    /** Every attempt to download a file, in order; `sent` grows during the download. */
    downloads: workspace.downloads,
    /** How often the bot has published this person's App Home, including refused attempts. */
    publishCount: (userId: string) =>
      workspace.calls.filter((call) => call.method === 'views.publish' && call.args.user_id === userId).length,
    /** Injects a fault into the next call(s) of this method ('*': any). */
    fail: faults.calls.add,
    /** Injects a fault into the next download(s). */
    failDownload: (fault: DownloadFault) => faults.downloads.add('download', fault),
    clearFaults() {
      faults.calls.clear()
      faults.downloads.clear()
    },
    /** Sends an event of any kind to the bot. */
    event: actions.event,
    /** Whether the bot is connected over Socket Mode. */
    get connected() {
      return sockets.connected
    },
    dropSockets: sockets.drop,
    /** Marks all messages so far as read on the page, e.g. after the demo has been seeded. */
    markAllRead: () => workspace.markAllRead(),
    settled,
    waitFor,
    async close() {
      sockets.close()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }

  /** Resolves when the bot is idle: no call or delivery is in progress, and none was for `idleMs`. */
  async function settled(timeoutMs = HANG_MS) {
    await waitFor(isIdle, timeoutMs)
  }
}

export type LocalSlack = Awaited<ReturnType<typeof startLocalSlack>>
