import { App, SocketModeReceiver } from '@slack/bolt'
import type { ModalView } from '@slack/types'
import type { LocalSlack } from '../../src/local-slack/local-slack.js'
import { silentLogger } from '../helpers/local-slack.js'

const plain = (text: string) => ({ type: 'plain_text' as const, text })

export const form = (private_metadata = ''): ModalView => ({
  type: 'modal',
  callback_id: 'submit',
  private_metadata,
  title: plain('Nộp minh chứng'),
  submit: plain('Nộp'),
  close: plain('Đóng'),
  notify_on_close: true,
  blocks: [
    {
      type: 'input',
      block_id: 'criterion',
      label: plain('Tiêu chí'),
      element: {
        type: 'static_select',
        action_id: 'criterion',
        options: [
          { text: plain('a2 · Dân quân tự vệ'), value: 'a2' },
          { text: plain('b1 · Tuyên truyền'), value: 'b1' },
        ],
        initial_option: { text: plain('a2 · Dân quân tự vệ'), value: 'a2' },
      },
    },
    {
      type: 'input',
      block_id: 'result',
      label: plain('Kết quả'),
      element: { type: 'plain_text_input', action_id: 'result', multiline: true, max_length: 3000 },
    },
    {
      type: 'input',
      block_id: 'date',
      optional: true,
      label: plain('Ngày'),
      element: { type: 'datepicker', action_id: 'date' },
    },
  ],
})

let running = 0
/** Whether a request to a toy bot of this process is not finished, so that a local Slack waits for what follows the acknowledgement. */
export const busy = (): boolean => running > 0

function listen(app: App) {
  app.use(async ({ next }) => {
    running++
    try {
      await next()
    } finally {
      running--
    }
  })
  app.command('/thidua', async ({ command, ack, client, respond }) => {
    if (command.text === 'nop') {
      await ack()
      await client.views.open({ trigger_id: command.trigger_id, view: form() })
    } else if (command.text === 'respond') {
      await ack()
      await respond({ text: 'Lần một' })
      await respond({ text: 'Lần hai', replace_original: true })
    } else await ack({ response_type: 'ephemeral', text: `Chào <@${command.user_id}>: ${command.text}` })
  })
  app.view('submit', async ({ ack, view, body, client }) => {
    const result = view.state.values.result?.result?.value ?? ''
    if (result.length < 5) return ack({ response_action: 'errors', errors: { result: 'Ghi rõ hơn' } })
    await ack()
    const criterion = view.state.values.criterion?.criterion?.selected_option?.value
    await client.chat.postMessage({
      channel: body.user.id,
      text: 'Đã nhận',
      blocks: [
        { type: 'section', text: { type: 'mrkdwn', text: `✅ Đã nhận *${criterion}*: ${result}` } },
        {
          type: 'actions',
          elements: [{ type: 'button', action_id: 'withdraw', text: plain('Rút'), value: '1', style: 'danger' }],
        },
      ],
    })
  })
  app.view({ callback_id: 'submit', type: 'view_closed' }, async ({ ack, body, client }) => {
    await ack()
    await client.chat.postMessage({ channel: body.user.id, text: 'Đã đóng' })
  })
  app.action('withdraw', async ({ ack, body, client }) => {
    await ack()
    if (body.type !== 'block_actions' || body.container.type !== 'message') return
    await client.chat.update({ channel: body.container.channel_id, ts: body.container.message_ts, text: 'Đã rút' })
  })
  app.event('app_home_opened', async ({ event, client }) => {
    await client.views.publish({
      user_id: event.user,
      view: { type: 'home', blocks: [{ type: 'header', text: plain('Trang chủ') }] },
    })
  })
  app.shortcut('keep', async ({ shortcut, ack, client }) => {
    await ack()
    if (shortcut.type !== 'message_action') return
    await client.views.open({ trigger_id: shortcut.trigger_id, view: form(shortcut.message_ts) })
  })
  app.message(async ({ message, say }) => {
    if (message.subtype === 'file_share')
      await say(`Nhận ${message.files?.length} tệp: ${message.files?.map((one) => one.name).join(', ')}`)
    if (message.channel_type === 'im' && !message.subtype) await say(`Nghe rõ: ${message.text}`)
  })
}

const clientOptions = (slack: LocalSlack) => ({
  slackApiUrl: slack.apiUrl,
  retryConfig: { retries: 1, minTimeout: 10 },
  logger: silentLogger,
})

export async function startHttpBot(slack: LocalSlack) {
  const { botToken: token, signingSecret } = slack
  const app = new App({ token, signingSecret, clientOptions: clientOptions(slack), logger: silentLogger })
  listen(app)
  const server = await app.start({ port: 0, host: '127.0.0.1' })
  const address = server.address()
  slack.botUrl = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
  return { stop: () => app.stop() }
}

export async function startSocketBot(slack: LocalSlack) {
  const receiver = new SocketModeReceiver({
    appToken: slack.appToken,
    installerOptions: { clientOptions: clientOptions(slack) },
    logger: silentLogger,
  })
  const app = new App({
    token: slack.botToken,
    receiver,
    clientOptions: clientOptions(slack),
    logger: silentLogger,
  })
  listen(app)
  await app.start()
  await slack.waitFor(() => slack.connected)
  return { stop: () => app.stop() }
}
