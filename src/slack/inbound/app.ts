import { App, type AppOptions, type Receiver, type ReceiverEvent } from '@slack/bolt'
import type { Logger, WebClient } from '@slack/web-api'
import type { Request } from '../../commands/request.js'
import type { Reply } from '../../commands/ui.js'
import { ACKNOWLEDGE } from './deferred-ack.js'
import { type OpenViews, openViews } from './open-views.js'
import { filesOf, fromAction, fromClosed, fromCommand, fromFiles, fromShortcut, fromView } from './parse.js'
import {
  type ActionBody,
  type CommandBody,
  type EventBody,
  isAction,
  isCommand,
  isEvent,
  isHandled,
  isShortcut,
  isViewClosed,
  isViewSubmission,
  isWellFormed,
  MalformedPayload,
  type ShortcutBody,
  type ViewBody,
} from './payload.js'
import {
  afterAction,
  afterCommand,
  afterShortcut,
  answerMessage,
  cardOver,
  commandAck,
  type Respond,
  viewAck,
} from './reply.js'
import { responder } from './respond.js'
import { typed, withoutBotName } from './typed-text.js'

export interface SlackAppOptions {
  receiver: Receiver
  botToken: string
  bot: { botId: string; botUserId: string; teamId: string }
  apiUrl?: string
  logger: Logger
  client: WebClient
  /** Handles a request. Must not throw. */
  run: (request: Request) => Promise<Reply>
  /** Renders and publishes the home of an account now. Must not throw. */
  showHome: (accountId: string) => Promise<void>
  /** Publishes the home of an account soon, if it was ever opened. Must not throw. */
  refreshHome: (accountId: string) => void
  /** True only the first time that it is called with a key. */
  isNew: (eventKey: string) => Promise<boolean>
  /** Called after each request, when its answer was sent. */
  afterwards: () => void
  report: (what: string, error: unknown) => void
  /** Requests are acknowledged by then, in ms. The default is 2500, since Slack waits for three seconds. */
  ackByMs?: number
  /** How long a response_url may be silent, in ms; default 3000. */
  respondMs?: number
}

export interface SlackApp {
  /** Resolves with the HTTP server in HTTP mode. */
  start(port: number): Promise<unknown>
  stop(): Promise<void>
  /** Requests whose answers were not sent yet. */
  inFlight(): number
}

const ACK_BY_MS = 2500
const RESPOND_MS = 3000

type Ack = (response?: unknown) => Promise<void>

/** One request of Slack's, and its acknowledgement. */
interface SlackRequest {
  body: unknown
  ack?: Ack
}

/**
 * Checks payloads, and bypasses Bolt for those that nothing handles and for submitted forms. For each request Bolt finds
 * out the workspace, the client and the channel to answer in; a form needs none of that, since its acknowledgement is the
 * whole answer, and many forms arrive at once.
 */
class FormBypassApp extends App {
  constructor(
    private readonly handle: (request: SlackRequest) => Promise<void>,
    options: AppOptions,
  ) {
    super(options)
  }

  override async processEvent(event: ReceiverEvent): Promise<void> {
    const { body, ack } = event
    if (isViewSubmission(body)) return this.handle({ body, ack: ack as Ack })
    if (!isWellFormed(body)) throw new MalformedPayload()
    if (!isHandled(body)) return
    try {
      await super.processEvent(event)
    } catch {
      // Listeners do not throw: it is Bolt that could not read the payload, and its error may quote it.
      throw new MalformedPayload()
    }
  }
}

/**
 * One middleware handles and acknowledges every request, so that Bolt never answers with its own 404 after three
 * seconds. The work is done before the acknowledgement, so that everything that is confirmed to a person is stored.
 */
export function slackApp(s: SlackAppOptions): SlackApp {
  let inFlight = 0
  const open = openViews()
  const options = {
    receiver: s.receiver,
    logger: s.logger,
    ignoreSelf: false,
    convoStore: false as const,
    clientOptions: s.apiUrl ? { slackApiUrl: s.apiUrl } : {},
    authorize: async () => ({ botToken: s.botToken, ...s.bot }),
  }
  const handle = async (request: SlackRequest) => {
    inFlight++
    try {
      await dispatch(s, open, request)
    } catch (error) {
      s.report('request', error)
      // The request may not have been acknowledged yet; a second acknowledgement throws.
      await request.ack?.().catch(() => undefined)
    }
    inFlight--
    s.afterwards()
  }
  const app = new FormBypassApp(handle, options)
  app.use((args) => {
    const { ack } = args as { ack?: Ack }
    const deferred = args.context[ACKNOWLEDGE] as Ack | undefined
    return handle({ body: args.body, ack: ack ?? deferred })
  })
  app.error(async (error) => s.report('bolt', error))
  return {
    start: (port) => app.start(port),
    stop: async () => void (await app.stop()),
    inFlight: () => inFlight,
  }
}

async function dispatch(s: SlackAppOptions, open: OpenViews, { body, ack }: SlackRequest): Promise<void> {
  const answering = { client: s.client, timeoutMs: s.respondMs ?? RESPOND_MS, report: s.report }
  /** Answers where the request came from; a page and the home have no such place. */
  const replyTo = (url: string | undefined, accountId: string): Respond =>
    !url ? async () => undefined : responder(url, accountId, answering)
  if (isViewSubmission(body)) return onForm(s, open, body, ack)
  if (isAction(body)) return onAction(s, open, body, ack, replyTo(body.response_url, body.user.id))
  if (isCommand(body)) return onCommand(s, body, ack, replyTo(body.response_url, body.user_id))
  if (isShortcut(body)) return onShortcut(s, body, ack, replyTo(body.response_url, body.user.id))
  if (isEvent(body)) return onEvent(s, body, ack)
  if (isViewClosed(body)) return onClosed(s, body, ack)
  await ack?.()
}

async function onCommand(
  s: SlackAppOptions,
  body: CommandBody,
  ack: SlackRequest['ack'],
  respond: Respond,
): Promise<void> {
  const work = s.run(fromCommand(body))
  const early = await within(work, s.ackByMs ?? ACK_BY_MS)
  const message = early && commandAck(early)
  await ack?.(message)
  await afterCommand(s.client, respond, body, early ?? (await work), message !== undefined)
}

async function onShortcut(
  s: SlackAppOptions,
  body: ShortcutBody,
  ack: SlackRequest['ack'],
  respond: Respond,
): Promise<void> {
  const work = s.run(fromShortcut(body))
  await within(work, s.ackByMs ?? ACK_BY_MS)
  await ack?.()
  await afterShortcut(s.client, respond, body, await work)
}

async function onForm(s: SlackAppOptions, open: OpenViews, body: ViewBody, ack: SlackRequest['ack']): Promise<void> {
  const reply = await s.run(fromView(body))
  // A card that replaces another is shown in its place, and the form closes; if that card is unknown, in the form's place.
  const show = reply.kind === 'card' && reply.replace ? open.cardOf(body.view.id) : undefined
  await ack?.(show ? undefined : viewAck(body, reply))
  if (show && reply.kind === 'card') await show(reply)
  if (reply.kind === 'page' && reply.behind)
    await open.ownCardOf(body.view.id, body.view.hash ?? '')?.({ kind: 'card', card: reply.behind, replace: true })
  s.refreshHome(body.user.id)
}

async function onClosed(s: SlackAppOptions, body: ViewBody, ack: SlackRequest['ack']): Promise<void> {
  await s.run(fromClosed(body))
  await ack?.()
  s.refreshHome(body.user.id)
}

async function onAction(
  s: SlackAppOptions,
  open: OpenViews,
  body: ActionBody,
  ack: SlackRequest['ack'],
  respond: Respond,
): Promise<void> {
  const request = fromAction(body)
  if (!request) return void (await ack?.())
  const work = s.run(request)
  await within(work, s.ackByMs ?? ACK_BY_MS)
  await ack?.()
  const reply = await work
  if (request.kind === 'autosave') return
  try {
    const viewId = await afterAction(s.client, respond, body, reply)
    const isOwn = body.container?.is_ephemeral === true
    if (viewId) open.remember(viewId, (card) => respond(cardOver(body, card)), isOwn)
  } finally {
    if (body.view?.type === 'home') await s.showHome(body.user.id)
  }
}

async function onEvent(s: SlackAppOptions, body: EventBody, ack: SlackRequest['ack']): Promise<void> {
  const { event } = body
  const { type, user, channel } = event
  const isByPerson = !event.bot_id && (!event.subtype || event.subtype === 'file_share')
  const isToBot = type === 'message' && event.channel_type === 'im' && isByPerson
  const opensHome = type === 'app_home_opened' && event.tab !== 'messages'
  if (!user || user === s.bot.botUserId || (!isToBot && !opensHome)) return ack?.()
  const isNew = () => s.isNew(`event:${String(body.event_id)}`)
  if (opensHome) {
    await ack?.()
    return (await isNew()) ? s.showHome(user) : undefined
  }
  // A message to the bot is read as a command without its slash, which is shorter to type on a phone.
  const text = withoutBotName(typed(event.text ?? ''))
  const hasFiles = event.subtype === 'file_share' && filesOf(event.files).length > 0
  const work = s.run(
    hasFiles
      ? fromFiles(user, String(body.event_id), event.text ?? '', event.files)
      : { kind: 'command', accountId: user, requestKey: null, text, isMessage: true },
  )
  // Files are stored once for each event; this prevents only a second answer.
  await within(work, s.ackByMs ?? ACK_BY_MS)
  await ack?.()
  const reply = await work
  if (!channel || reply.kind !== 'card' || !(await isNew())) return
  await answerMessage(s.client, channel, reply)
}

/** The result of a promise if it resolves within `ms`, otherwise undefined; the promise continues. */
function within<T>(work: Promise<T>, ms: number): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<undefined>((done) => {
    timer = setTimeout(() => done(undefined), ms)
  })
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}
