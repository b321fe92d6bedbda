import { App, type AppOptions, type Receiver, type ReceiverEvent } from '@slack/bolt'
import type { Logger, WebClient } from '@slack/web-api'
import type { Request } from '../../commands/request.js'
import type { Reply } from '../../commands/ui.js'
import { slackLimits } from '../limits.js'
import { ACKNOWLEDGE } from './deferred-ack.js'
import { type Opened, openedViews } from './open-views.js'
import {
  type ActionBody,
  type CommandBody,
  filesOf,
  fitJson,
  fromAction,
  fromClosed,
  fromCommand,
  fromFiles,
  fromShortcut,
  fromView,
  type ShortcutBody,
  typed,
  type ViewBody,
  withoutBotName,
} from './parse.js'
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

export interface SlackAppOptions {
  receiver: Receiver
  botToken: string
  bot: { botId: string; botUserId: string; teamId: string }
  apiUrl?: string
  logger: Logger
  client: WebClient
  /** The way in. Must not throw. */
  run: (request: Request) => Promise<Reply>
  /** Draws the home of an account anew. Must not throw. */
  showHome: (accountId: string) => Promise<void>
  /** Something that an account's home shows may have changed: it is drawn soon, if they ever opened it. Must not throw. */
  refreshHome: (accountId: string) => void
  /** True the first time that an event is named. */
  isNew: (eventKey: string) => Promise<boolean>
  /** Called after each request, when its answer is on its way. */
  afterwards: () => void
  report: (what: string, error: unknown) => void
  /** The default is 2500 ms, since Slack waits three seconds. */
  ackByMs?: number
}

export interface SlackApp {
  /** Gives the HTTP server where there is one. */
  start(port: number): Promise<unknown>
  stop(): Promise<void>
  /** Requests that came in and whose answers are not all out yet. */
  inHand(): number
}

/** An answer that did not get through is given once more after this. */
const RESPOND_AGAIN_MS = 500
/** Length as JSON of a command typed as a message: it comes back as part of a button's value. */
const MAX_TYPED = slackLimits.buttonValue - 100
const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms))

/** Acknowledged by then whatever happens; Slack waits three seconds. */
const ACK_BY_MS = 2500

type Ack = (response?: unknown) => Promise<void>

interface Incoming {
  // Bolt's own types part the payloads into a hundred; what is read of them is checked in parse.ts.
  body: Record<string, unknown>
  ack?: Ack
  respond?: Respond
}

/**
 * Bolt looks for who may answer a request, with which client and in which place. The answer to a form is its acknowledgement
 * and nothing else, and of forms come many at once: they go straight in.
 */
class FormsFirst extends App {
  constructor(
    private readonly takeIn: (incoming: Incoming) => Promise<void>,
    options: AppOptions,
  ) {
    super(options)
  }

  override async processEvent(event: ReceiverEvent): Promise<void> {
    const { body, ack } = event
    return body.type === 'view_submission' ? this.takeIn({ body, ack: ack as Ack }) : super.processEvent(event)
  }
}

/**
 * One middleware takes everything in and acknowledges it, so that nothing falls through to Bolt's three-second 404. Work
 * is done before the acknowledgement: what the person is told is stored, is stored.
 */
export function slackApp(s: SlackAppOptions): SlackApp {
  let inHand = 0
  const opened = openedViews()
  const options = {
    receiver: s.receiver,
    logger: s.logger,
    ignoreSelf: false,
    convoStore: false as const,
    clientOptions: s.apiUrl ? { slackApiUrl: s.apiUrl } : {},
    authorize: async () => ({ botToken: s.botToken, ...s.bot }),
  }
  const takeIn = async (incoming: Incoming) => {
    inHand++
    try {
      await take(s, opened, incoming)
    } catch (error) {
      s.report('request', error)
      // A second acknowledgement throws; the first may not have been made.
      await incoming.ack?.().catch(() => undefined)
    }
    inHand--
    s.afterwards()
  }
  const app = new FormsFirst(takeIn, options)
  app.use((args) => {
    const { context } = args as { context: { [ACKNOWLEDGE]?: Ack } }
    return takeIn({ ack: context[ACKNOWLEDGE], ...args } as unknown as Incoming)
  })
  app.error(async (error) => s.report('bolt', error))
  return {
    start: (port) => app.start(port),
    stop: async () => void (await app.stop()),
    inHand: () => inHand,
  }
}

async function take(s: SlackAppOptions, opened: Opened, { body, ack, respond }: Incoming): Promise<void> {
  const reply: Respond = async (message) => {
    if (!respond) return
    await respond(message)
      .catch(() => pause(RESPOND_AGAIN_MS).then(() => respond(message)))
      .catch((error: unknown) => s.report('respond', error))
  }
  if (typeof body.command === 'string') return takeCommand(s, body as unknown as CommandBody, ack, reply)
  if (body.type === 'block_actions') return takeAction(s, opened, body as unknown as ActionBody, ack, reply)
  if (body.type === 'view_submission') return takeForm(s, opened, body as unknown as ViewBody, ack)
  if (body.type === 'view_closed') {
    const view = body as unknown as ViewBody
    await s.run(fromClosed(view))
    await ack?.()
    return s.refreshHome(view.user.id)
  }
  if (body.type === 'message_action') return takeShortcut(s, body as unknown as ShortcutBody, ack, reply)
  if (body.type === 'event_callback') return takeEvent(s, body, ack)
  await ack?.()
}

async function takeCommand(
  s: SlackAppOptions,
  body: CommandBody,
  ack: Incoming['ack'],
  respond: Respond,
): Promise<void> {
  const work = s.run(fromCommand(body))
  const early = await within(work, s.ackByMs ?? ACK_BY_MS)
  const message = early && commandAck(early)
  await ack?.(message)
  await afterCommand(s.client, respond, body, early ?? (await work), message !== undefined)
}

async function takeShortcut(
  s: SlackAppOptions,
  body: ShortcutBody,
  ack: Incoming['ack'],
  respond: Respond,
): Promise<void> {
  const work = s.run(fromShortcut(body))
  await within(work, s.ackByMs ?? ACK_BY_MS)
  await ack?.()
  await afterShortcut(s.client, respond, body, await work)
}

async function takeForm(s: SlackAppOptions, opened: Opened, body: ViewBody, ack: Incoming['ack']): Promise<void> {
  const reply = await s.run(fromView(body))
  // What follows in place of a card shows there, and the form closes; where the card is known no more, in the form's place.
  const show = reply.kind === 'card' && reply.replace ? opened.over(body.view.id) : undefined
  await ack?.(show ? undefined : viewAck(body, reply))
  if (show && reply.kind === 'card') await show(reply)
  s.refreshHome(body.user.id)
}

async function takeAction(
  s: SlackAppOptions,
  opened: Opened,
  body: ActionBody,
  ack: Incoming['ack'],
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
    if (viewId) opened.remember(viewId, (card) => respond(cardOver(body, card)))
  } finally {
    if (body.view?.type === 'home') await s.showHome(body.user.id)
  }
}

interface SlackEvent {
  type?: string
  user?: string
  tab?: string
  channel?: string
  channel_type?: string
  subtype?: string
  bot_id?: string
  text?: string
  files?: unknown
}

async function takeEvent(s: SlackAppOptions, body: Record<string, unknown>, ack: Incoming['ack']): Promise<void> {
  const event = body.event as SlackEvent
  const { type, user, channel } = event
  const spoken = !event.subtype || event.subtype === 'file_share'
  const toTheBot = type === 'message' && event.channel_type === 'im' && spoken && !event.bot_id
  const opensHome = type === 'app_home_opened' && event.tab !== 'messages'
  if (!user || user === s.bot.botUserId || (!toTheBot && !opensHome)) return ack?.()
  const isNew = () => s.isNew(`event:${String(body.event_id)}`)
  if (opensHome) {
    await ack?.()
    return (await isNew()) ? s.showHome(user) : undefined
  }
  // What is written to the bot is read as a command without its slash: on a phone that is the shorter way.
  const text = fitJson(withoutBotName(typed(event.text ?? '')), MAX_TYPED)
  const hasFiles = event.subtype === 'file_share' && filesOf(event.files).length > 0
  const work = s.run(
    hasFiles
      ? fromFiles(user, String(body.event_id), event.text ?? '', event.files)
      : { kind: 'command', accountId: user, requestKey: null, text },
  )
  // What is stored is stored once under the event's key; only the answer to it must be told from its repeats.
  await within(work, s.ackByMs ?? ACK_BY_MS)
  await ack?.()
  const reply = await work
  if (!channel || (hasFiles && reply.kind !== 'card') || !(await isNew())) return
  await answerMessage(s.client, channel, text, reply)
}

/** What a promise gives within `ms`, or undefined; the promise goes on. */
function within<T>(work: Promise<T>, ms: number): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<undefined>((done) => {
    timer = setTimeout(() => done(undefined), ms)
  })
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}
