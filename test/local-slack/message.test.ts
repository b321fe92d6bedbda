import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { LocalSlack } from '../../src/local-slack/local-slack.js'
import { readManifest } from '../../src/local-slack/manifest.js'
import { startTestSlack } from '../helpers/local-slack.js'
import { busy, startHttpBot, startSocketBot } from './toy-bot.js'

const users = [
  { id: 'U_LAN', real_name: 'Nguyễn Thị Lan', email: 'lan@truong.vn' },
  { id: 'U_HA', real_name: 'Trần Văn Hà', email: 'ha@truong.vn' },
]
const shortcuts = [
  { type: 'message' as const, name: 'Dùng làm minh chứng', callback_id: 'keep', description: 'Nộp tin này' },
  { type: 'global' as const, name: 'Khác', callback_id: 'other', description: '' },
]
const photo = { name: 'anh.jpg', mimetype: 'image/jpeg', bytes: Buffer.from('ảnh') }

describe.each([
  ['HTTP', startHttpBot],
  ['Socket Mode', startSocketBot],
] as const)('over %s', (_, start) => {
  let slack: LocalSlack
  let bot: { stop: () => Promise<unknown> }
  beforeAll(async () => {
    slack = await startTestSlack({ users, shortcuts, busy })
    bot = await start(slack)
  })
  afterAll(async () => {
    expect(slack.violations).toEqual([])
    await bot.stop()
    await slack.close()
  })

  it('a message with files in the DM reaches the bot as a file_share', async () => {
    const lan = slack.as('U_LAN')
    const { messages } = await lan.say('Ảnh huấn luyện', { files: [photo, lan.upload({ ...photo, name: 'hai.jpg' })] })
    expect(messages[0]?.text).toBe('Nhận 2 tệp: anh.jpg, hai.jpg')
    const event = slack.deliveries.at(-1)?.payload.event
    expect(event).toMatchObject({
      type: 'message',
      subtype: 'file_share',
      channel_type: 'im',
      text: 'Ảnh huấn luyện',
      upload: true,
    })
    expect(event).not.toHaveProperty('team')
    expect(lan.messages()[0]?.files.map((one) => one.name)).toEqual(['anh.jpg', 'hai.jpg'])
  })

  it('a message without files is not a file_share', async () => {
    await slack.as('U_HA').say('alo')
    expect(slack.deliveries.at(-1)?.payload.event).not.toHaveProperty('subtype')
  })

  it('a shortcut in the menu of a message sends the message to the bot, which opens a form', async () => {
    const lan = slack.as('U_LAN')
    const [message] = lan.messages()
    const { view } = await lan.shortcut('Dùng làm minh chứng', { ts: message?.ts })
    expect([view?.title, view?.privateMetadata]).toEqual(['Nộp minh chứng', message?.ts])
    expect(slack.deliveries.at(-1)?.payload).toMatchObject({
      type: 'message_action',
      callback_id: 'keep',
      message_ts: message?.ts,
      message: {
        type: 'message',
        user: 'U_LAN',
        text: 'Ảnh huấn luyện',
        ts: message?.ts,
        files: [{ name: 'anh.jpg' }, {}],
      },
      channel: { id: 'D_LAN', name: 'directmessage' },
      user: { id: 'U_LAN' },
      team: { id: slack.teamId },
      response_url: expect.stringContaining('/respond/'),
    })
    await lan.close()
  })

  it('a shortcut works on a message of another person in a channel', async () => {
    await slack.as('U_HA').say('Lễ ra quân', { channel: 'C0CHUNG', files: [photo] })
    const lan = slack.as('U_LAN')
    const { view } = await lan.shortcut('keep', { channel: 'C0CHUNG', text: 'ra quân' })
    expect(view?.title).toBe('Nộp minh chứng')
    expect(slack.deliveries.at(-1)?.payload).toMatchObject({
      channel: { id: 'C0CHUNG', name: 'thong-bao-chung' },
      message: { user: 'U_HA', files: [{ name: 'anh.jpg' }] },
    })
    await lan.close()
  })

  it('a shortcut that the app does not have, or on an ephemeral message, is refused', async () => {
    const lan = slack.as('U_LAN')
    await lan.command('/thidua xin chào')
    const ts = lan.messages().at(-1)?.ts
    expect(lan.messages().at(-1)?.ephemeral).toBe(true)
    await expect(lan.shortcut('keep', { ts })).rejects.toThrow('No such message')
    await expect(lan.shortcut('Khác')).rejects.toThrow('There is: Dùng làm minh chứng')
  })
})

describe('the manifest', () => {
  it('names the shortcuts and the scopes of the token', () => {
    const dir = mkdtempSync(path.join(tmpdir(), 'manifest-'))
    const file = path.join(dir, 'slack.json')
    writeFileSync(file, JSON.stringify({ features: { shortcuts }, oauth_config: { scopes: { bot: ['files:read'] } } }))
    expect(readManifest(file)).toEqual({ shortcuts, scopes: ['files:read'] })
    expect(readManifest(path.join(dir, 'none.json'))).toEqual({ shortcuts: [] })
    rmSync(dir, { recursive: true })
  })

  it('of this app is readable', () => {
    expect(readManifest().scopes).toContain('chat:write')
  })
})
