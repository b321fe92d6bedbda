import { createHmac } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { nothing } from '../../../src/commands/ui.js'
import { silentLog } from '../../../src/log.js'
import { slackApp } from '../../../src/slack/inbound/app.js'
import { httpReceiver } from '../../../src/slack/inbound/receiver.js'
import { slackLogger } from '../../../src/slack/logger.js'

const signingSecret = 'a-secret'
/** What a person wrote: it must not come into the log. */
const secret = 'Theo van ban so 12'
let logged: string[]
let port: number
let stop: () => Promise<void>
let handled: number

beforeEach(async () => {
  logged = []
  handled = 0
  const note = (...parts: unknown[]) =>
    void logged.push(parts.map((p) => (p instanceof Error ? p.stack : JSON.stringify(p))).join())
  const app = slackApp({
    receiver: httpReceiver({
      signingSecret,
      logger: slackLogger({ ...silentLog, info: note, warn: note, error: note }),
      isReady: async () => true,
    }),
    botToken: 'xoxb-1',
    bot: { botId: 'B1', botUserId: 'UBOT', teamId: 'T1' },
    logger: slackLogger({ ...silentLog, info: note, warn: note, error: note }),
    client: { chat: { postMessage: async () => undefined } } as never,
    run: async () => {
      handled++
      return nothing
    },
    showHome: async () => undefined,
    refreshHome: () => undefined,
    isNew: async () => true,
    afterwards: () => undefined,
    report: note,
  })
  port = ((await app.start(0)) as { port: number }).port
  stop = app.stop
})
afterEach(() => stop())

function send(text: string, type: string): Promise<Response> {
  const at = String(Math.floor(Date.now() / 1000))
  return fetch(`http://127.0.0.1:${port}/slack/events`, {
    method: 'POST',
    body: text,
    headers: {
      'content-type': type,
      'x-slack-request-timestamp': at,
      'x-slack-signature': `v0=${createHmac('sha256', signingSecret).update(`v0:${at}:${text}`).digest('hex')}`,
    },
  })
}
const asJson = (body: unknown) => send(JSON.stringify(body), 'application/json')
const asForm = (body: unknown) =>
  send(new URLSearchParams({ payload: JSON.stringify(body) }).toString(), 'application/x-www-form-urlencoded')

const team = { id: 'T1' }
const user = { id: 'U1' }
const blocks = [{ type: 'input', block_id: 'text' }]
const values = { text: { value: { type: 'plain_text_input', value: secret } } }
const view = { id: 'V1', type: 'modal', callback_id: 'submission', blocks, private_metadata: '{}', state: { values } }
const good: Record<string, Record<string, unknown>> = {
  event: {
    type: 'event_callback',
    team_id: 'T1',
    event_id: 'Ev1',
    event: { type: 'message', channel_type: 'im', channel: 'D1', user: 'U1', text: secret },
  },
  action: {
    type: 'block_actions',
    team,
    user,
    trigger_id: '1.2',
    container: { type: 'message' },
    actions: [{ action_id: 'x', value: '{}', text: secret }],
  },
  form: { type: 'view_submission', team, user, view },
  closed: { type: 'view_closed', team, user, view },
  shortcut: { type: 'message_action', team, user, callback_id: 'evidence', trigger_id: '1', message: { text: secret } },
  command: { command: '/thidua', user_id: 'U1', team_id: 'T1', text: secret, trigger_id: '1' },
}

/** Every good payload with one part replaced: at the end of a path of names. */
const parts: [string, string][] = [
  ['event', 'event'],
  ['event', 'event.type'],
  ['event', 'event.user'],
  ['event', 'event.text'],
  ['event', 'event.channel'],
  ['action', 'user'],
  ['action', 'user.id'],
  ['action', 'actions'],
  ['action', 'actions.0'],
  ['action', 'actions.0.action_id'],
  ['action', 'actions.0.value'],
  ['action', 'view'],
  ['action', 'container'],
  ['form', 'user'],
  ['form', 'view'],
  ['form', 'view.id'],
  ['form', 'view.blocks'],
  ['form', 'view.state'],
  ['form', 'view.state.values'],
  ['form', 'view.state.values.text'],
  ['form', 'view.private_metadata'],
  ['closed', 'user'],
  ['closed', 'view'],
  ['closed', 'view.state.values'],
  ['shortcut', 'user'],
  ['shortcut', 'callback_id'],
  ['shortcut', 'message'],
  ['shortcut', 'message.text'],
  ['command', 'user_id'],
  ['command', 'text'],
  ['command', 'command'],
]

function withPart(body: unknown, path: string, value: unknown): unknown {
  const copy = JSON.parse(JSON.stringify(body))
  const names = path.split('.')
  const last = names.pop() as string
  const owner = names.reduce((at, name) => at[name], copy)
  if (value === undefined) delete owner[last]
  else owner[last] = value
  return copy
}

test.each(Object.entries(good))('a well-formed %s is handled', async (_, body) => {
  for (const sending of [asJson, asForm]) expect((await sending(body)).status).toBe(200)
  expect([handled, logged]).toEqual([2, []])
})

test.each(parts)('%s with a wrong %s is refused, and nothing of it is logged', async (kind, path) => {
  for (const wrong of [7, true, secret, [secret], { text: secret }, null, undefined]) {
    const body = withPart(good[kind], path, wrong)
    const statuses = [(await asJson(body)).status, (await asForm(body)).status]
    // Some parts may be absent, or be any text; no other status than these two.
    expect([wrong, statuses.filter((s) => s !== 200 && s !== 400)]).toEqual([wrong, []])
    if (wrong === 7) expect([path, statuses]).toEqual([path, [400, 400]])
  }
  expect(logged.join('\n')).not.toContain(secret)
  expect(logged.join('\n')).not.toContain('TypeError')
  // What is told says no more than that.
  expect(new Set(logged.map((line) => JSON.parse(line.slice(line.indexOf('{'))).text))).toEqual(
    new Set(['a payload is malformed']),
  )
})

test.each([
  ['an event that is null', { type: 'event_callback', event: null, text: secret }],
  ['an action without a person', { type: 'block_actions', actions: [{ action_id: secret }] }],
  ['a form without a view', { type: 'view_submission', user, team, text: secret }],
  ['no type', { text: secret }],
  ['a type that is no text', { type: [secret] }],
  ['authorizations that Bolt cannot read', { ...good.event, authorizations: [null] }],
  ['an item that Bolt cannot read', withPart(good.event, 'event.item', 7)],
  ['a challenge that is no text', { type: 'url_verification', challenge: { text: secret } }],
  ['a list', [secret]],
])('%s is refused', async (_, body) => {
  expect([(await asJson(body)).status, (await asForm(body)).status]).toEqual([400, 400])
  expect(handled).toBe(0)
  expect(logged.join('\n')).not.toContain(secret)
})

test.each([
  ['a type that is new', { type: 'something_new', user: null, text: secret }],
  ['a suggestion', { type: 'block_suggestion', name: secret }],
  ['a dialog', { type: 'dialog_submission', actions: null }],
  [
    'an event that nobody asked for',
    { type: 'event_callback', event: { type: 'team_join', user: { id: 7 }, channel: null } },
  ],
])('%s is acknowledged, because Slack would send it again, and ignored', async (_, body) => {
  expect([(await asJson(body)).status, (await asForm(body)).status]).toEqual([200, 200])
  expect([handled, logged]).toEqual([0, []])
})
