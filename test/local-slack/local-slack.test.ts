import { WebClient } from '@slack/web-api'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { LocalSlack } from '../../src/local-slack/local-slack.js'
import { silentLogger, startTestSlack } from '../helpers/local-slack.js'
import { busy, form, startHttpBot, startSocketBot } from './toy-bot.js'

const users = [
  { id: 'U_LAN', real_name: 'Nguyễn Thị Lan', email: 'lan@truong.vn' },
  { id: 'U_HA', real_name: 'Trần Văn Hà', email: 'ha@truong.vn' },
  { id: 'U_OLD', real_name: 'Lê Cũ', email: 'cu@truong.vn', deleted: true },
]

describe.each([
  ['HTTP', startHttpBot],
  ['Socket Mode', startSocketBot],
] as const)('a bot over %s', (_, start) => {
  let slack: LocalSlack
  let bot: { stop: () => Promise<unknown> }
  beforeAll(async () => {
    slack = await startTestSlack({ users, busy })
    bot = await start(slack)
  })
  afterAll(async () => {
    await bot.stop()
    await slack.close()
  })

  it('answers a command to the person who typed it', async () => {
    const step = await slack.as('U_LAN').command('/thidua xin chào')
    expect(step.status).toBe(200)
    expect(step.messages.map((one) => [one.ephemeral, one.text])).toEqual([[true, 'Chào <@U_LAN>: xin chào']])
    expect(slack.as('U_HA').messages()).toEqual([])
  })

  it('opens a form with initial values, shows errors at the field, and accepts it', async () => {
    const lan = slack.as('U_LAN')
    const { view } = await lan.command('/thidua nop')
    expect(view?.fields.map((one) => one.label)).toEqual(['Tiêu chí', 'Kết quả', 'Ngày'])
    expect((await lan.submit()).clientErrors).toEqual({ result: 'required' })
    await lan.fill({ 'Kết quả': 'abc', date: '2024-05-20' })
    expect((await lan.submit()).errors).toEqual({ result: 'Ghi rõ hơn' })
    await lan.fill({ result: 'Huấn luyện 25/25', 'Tiêu chí': 'b1' })
    const done = await lan.submit()
    expect(done.view).toBeUndefined()
    expect(done.messages[0]?.visibleText).toContain('Đã nhận *b1*: Huấn luyện 25/25')
    const { messages } = await lan.click('Rút')
    expect(messages[0]).toMatchObject({ text: 'Đã rút', edited: true, buttons: [] })
  })

  it('receives that a form was closed, that the App Home was opened, and a message', async () => {
    const ha = slack.as('U_HA')
    await ha.command('/thidua nop')
    expect((await ha.close()).messages[0]?.text).toBe('Đã đóng')
    await ha.openHome()
    expect(ha.home()?.visibleText).toBe('Trang chủ')
    expect((await ha.say('alo')).messages[0]?.text).toBe('Nghe rõ: alo')
  })

  it('answers later and replaces its answer', async () => {
    await slack.as('U_LAN').command('/thidua respond', { channel: 'C0CHUNG' })
    const texts = slack
      .as('U_LAN')
      .messages('C0CHUNG')
      .map((one) => one.text)
    expect(texts).toEqual(['Lần hai'])
    expect(slack.violations).toEqual([])
  })
})

describe('deliveries over HTTP', () => {
  let slack: LocalSlack
  let bot: { stop: () => Promise<unknown> }
  beforeAll(async () => {
    slack = await startTestSlack({ users, busy })
    bot = await startHttpBot(slack)
  })
  beforeEach(() => void slack.violations.splice(0))
  afterAll(async () => {
    await bot.stop()
    await slack.close()
  })

  it('are refused by Bolt when the signature is wrong or old', async () => {
    const lan = slack.as('U_LAN')
    expect((await lan.command('/thidua x', { signature: 'wrong' })).status).toBe(401)
    expect((await lan.command('/thidua x', { age: 600 })).status).toBe(401)
    expect(slack.violations).toEqual([])
  })

  it('can be repeated and marked as a retry', async () => {
    await slack.as('U_LAN').openHome({ copies: 2, retry: { num: 1, reason: 'http_timeout' } })
    expect(slack.callsOf('views.publish')).toHaveLength(2)
  })

  it('are recorded as a violation when nobody acknowledges', async () => {
    const hasty = await startTestSlack({ users, ackMs: 100 })
    const silent = await startHttpBot(hasty)
    const step = await hasty.as('U_LAN').command('/khac')
    expect(step.error).toBe('operation_timeout')
    expect(hasty.violations.map((one) => one.error)).toEqual(['operation_timeout'])
    await silent.stop()
    await hasty.close()
  })
})

describe('the Web API', () => {
  let slack: LocalSlack
  let client: WebClient
  let now = new Date('2024-06-14T01:00:00Z')
  beforeAll(async () => {
    slack = await startTestSlack({ users, now: () => now, triggerMs: 3000 })
    client = new WebClient(slack.botToken, {
      slackApiUrl: slack.apiUrl,
      retryConfig: { retries: 1, minTimeout: 10 },
      logger: silentLogger,
    })
  })
  beforeEach(() => void slack.violations.splice(0))
  afterAll(() => slack.close())

  const failing = (call: Promise<unknown>) =>
    call.then(
      () => 'ok',
      (cause) => cause.data?.error ?? cause.code,
    )
  const trigger = async () => {
    await slack.as('U_LAN').command('/thidua', {})
    return String(slack.deliveries.at(-1)?.payload.trigger_id)
  }

  it('finds people by id and by e-mail', async () => {
    expect((await client.users.info({ user: 'U_LAN' })).user?.real_name).toBe('Nguyễn Thị Lan')
    expect((await client.users.lookupByEmail({ email: 'HA@truong.vn' })).user?.id).toBe('U_HA')
    expect((await client.users.list({ limit: 2 })).response_metadata?.next_cursor).toBe('2')
    expect(await failing(client.users.lookupByEmail({ email: 'ai@truong.vn' }))).toBe('users_not_found')
    expect(await failing(client.users.info({ user: 'U_NO' }))).toBe('user_not_found')
  })

  it('refuses a text that is too long and reports where', async () => {
    const blocks = [{ type: 'section' as const, text: { type: 'mrkdwn' as const, text: 'x'.repeat(3001) } }]
    expect(await failing(client.chat.postMessage({ channel: 'U_LAN', text: 'x', blocks }))).toBe('invalid_blocks')
    expect(slack.violations[0]).toMatchObject({
      where: 'chat.postMessage',
      messages: ['[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]'],
    })
  })

  it('refuses wrong tokens, channels and people', async () => {
    const other = new WebClient('xoxb-other', { slackApiUrl: slack.apiUrl, logger: silentLogger })
    expect(await failing(other.auth.test())).toBe('invalid_auth')
    expect(await failing(client.chat.postMessage({ channel: 'C_NO', text: 'x' }))).toBe('channel_not_found')
    expect(await failing(client.chat.postMessage({ channel: 'U_OLD', text: 'x' }))).toBe('account_inactive')
    expect(await failing(client.conversations.open({ users: 'U_OLD' }))).toBe('user_disabled')
    expect(await failing(client.apiCall('chat.postMessage', { channel: 'U_LAN' }))).toBe('no_text')
    expect(await failing(client.chat.update({ channel: 'C0CHUNG', ts: '1.1', text: 'x' }))).toBe('message_not_found')
  })

  it('returns history with metadata, newest first', async () => {
    const metadata = { event_type: 'receipt', event_payload: { id: 7 } }
    const { ts } = await client.chat.postMessage({ channel: 'C0CHUNG', text: 'Một', metadata })
    await client.chat.postMessage({ channel: 'C0CHUNG', text: 'Hai' })
    const all = await client.conversations.history({ channel: 'C0CHUNG', include_all_metadata: true })
    expect(all.messages?.map((one) => one.text)).toEqual(['Hai', 'Một'])
    expect(all.messages?.[1]?.metadata).toEqual(metadata)
    await client.chat.delete({ channel: 'C0CHUNG', ts: String(ts) })
    expect((await client.conversations.history({ channel: 'C0CHUNG' })).messages).toHaveLength(1)
  })

  it('opens a modal once for a trigger id, within three seconds, and checks the hash', async () => {
    const first = await trigger()
    const { view } = await client.views.open({ trigger_id: first, view: form() })
    expect(await failing(client.views.open({ trigger_id: first, view: form() }))).toBe('exchanged_trigger_id')
    const late = await trigger()
    now = new Date(now.getTime() + 3001)
    expect(await failing(client.views.open({ trigger_id: late, view: form() }))).toBe('expired_trigger_id')
    const target = { view_id: String(view?.id) }
    const updated = await client.views.update({ ...target, hash: String(view?.hash), view: form('2') })
    expect(updated.view?.private_metadata).toBe('2')
    expect(await failing(client.views.update({ ...target, hash: String(view?.hash), view: form() }))).toBe(
      'hash_conflict',
    )
  })

  it('keeps typed text when the modal is updated', async () => {
    const lan = slack.as('U_LAN')
    await lan.fill({ result: 'đang gõ' })
    await client.views.update({ view_id: String(lan.modal()?.id), view: form('3') })
    expect(lan.modal()?.fields.find((one) => one.blockId === 'result')?.value.value).toBe('đang gõ')
  })

  it('fails with the injected faults', async () => {
    slack.fail('chat.postMessage', { retryAfter: 1 })
    const strict = new WebClient(slack.botToken, {
      slackApiUrl: slack.apiUrl,
      rejectRateLimitedCalls: true,
      retryConfig: { retries: 0 },
      logger: silentLogger,
    })
    expect(await failing(strict.chat.postMessage({ channel: 'U_HA', text: 'x' }))).toBe(
      'slack_webapi_rate_limited_error',
    )
    slack.fail('chat.postMessage', { status: 500 })
    expect(await failing(strict.chat.postMessage({ channel: 'U_HA', text: 'x' }))).toBe('slack_webapi_http_error')
    slack.fail('chat.postMessage', { dropAfter: true })
    expect(await failing(strict.chat.postMessage({ channel: 'U_HA', text: 'Đến rồi mất lời đáp' }))).toBe(
      'slack_webapi_request_error',
    )
    expect(
      slack
        .as('U_HA')
        .messages()
        .map((one) => one.text),
    ).toEqual(['Đến rồi mất lời đáp'])
  })

  it('accepts five answers at a response_url, for thirty minutes', async () => {
    await slack.as('U_LAN').command('/thidua')
    const url = String(slack.deliveries.at(-1)?.payload.response_url)
    const say = () => fetch(url, { method: 'POST', body: JSON.stringify({ text: 'Vâng' }) }).then((one) => one.status)
    const statuses = []
    for (let i = 0; i < 6; i++) statuses.push(await say())
    expect(statuses).toEqual([200, 200, 200, 200, 200, 404])
    await slack.as('U_LAN').command('/thidua')
    const late = String(slack.deliveries.at(-1)?.payload.response_url)
    now = new Date(now.getTime() + 31 * 60_000)
    expect((await fetch(late, { method: 'POST', body: '{"text":"x"}' })).status).toBe(404)
  })
})
