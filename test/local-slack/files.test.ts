import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { JsonObject } from '../../src/local-slack/json.js'
import type { LocalSlack } from '../../src/local-slack/local-slack.js'
import { startTestSlack } from '../helpers/local-slack.js'
import { asBlocks, refusal, startAckingBot } from './acking-bot.js'

const users = [{ id: 'U_LAN', real_name: 'Nguyễn Thị Lan', email: 'lan@truong.vn' }]
const photo = { name: 'Ảnh 1.JPG', mimetype: 'image/jpeg', bytes: Buffer.from('ảnh chụp') }

let slack: LocalSlack
let bot: Awaited<ReturnType<typeof startAckingBot>>
beforeAll(async () => {
  slack = await startTestSlack({ users, scopes: ['files:read', 'files:write'] })
  bot = await startAckingBot(slack)
})
afterEach(() => {
  slack.clearFaults()
  slack.violations.splice(0)
})
afterAll(async () => {
  await bot.stop()
  await slack.close()
})

const get = (file: JsonObject, init: RequestInit = {}) =>
  fetch(String(file.url_private_download), {
    redirect: 'manual',
    headers: { authorization: `Bearer ${slack.botToken}` },
    ...init,
  })
const upload = (more: Partial<typeof photo & { size: number }> = {}) => slack.as('U_LAN').upload({ ...photo, ...more })

describe('a file', () => {
  it('has a file object as in Slack, which files.info returns', async () => {
    const file = upload()
    expect(file).toMatchObject({
      name: 'Ảnh 1.JPG',
      mimetype: 'image/jpeg',
      filetype: 'jpg',
      size: photo.bytes.length,
      mode: 'hosted',
      user: 'U_LAN',
    })
    expect(file.url_private_download).toMatch(/\/files-pri\/T0THIDUA-F\d+\/download\/_nh_1\.jpg$/)
    expect((await bot.client.files.info({ file: String(file.id) })).file).toEqual(file)
    expect(await refusal(bot.client.files.info({ file: 'F_NO' }))).toBe('file_not_found')
  })

  it('is downloaded only with the token of the bot; other requests are redirected to a login page', async () => {
    const file = upload()
    const got = await get(file)
    expect([got.status, got.headers.get('content-type')]).toEqual([200, 'image/jpeg'])
    expect(Buffer.from(await got.arrayBuffer())).toEqual(photo.bytes)
    expect((await get({ url_private_download: file.url_private })).status).toBe(200)
    expect((await get(file, { headers: {} })).status).toBe(302)
    const followed = await get(file, { headers: { authorization: 'Bearer xoxb-other' }, redirect: 'follow' })
    expect([followed.status, await followed.text()]).toEqual([200, expect.stringContaining('Sign in')])
  })

  it('keeps special characters in its name and replaces them in its URL', () => {
    const file = upload({ name: '../../etc/passwd\u202Egpj.exe' })
    expect(file.name).toBe('../../etc/passwd\u202Egpj.exe')
    expect(file.url_private_download).toMatch(/\/download\/\.\._\.\._etc_passwd_gpj\.exe$/)
  })

  it('can claim a wrong size, and can be deleted', async () => {
    const file = upload({ size: 5 })
    expect(file.size).toBe(5)
    slack.deleteFile(String(file.id))
    expect((await get(file)).status).toBe(404)
  })

  it('is refused to a bot without files:read, with missing_scope', async () => {
    const other = await startTestSlack({ users, scopes: ['chat:write'] })
    const file = other.file('U_LAN', photo)
    const headers = { authorization: `Bearer ${other.botToken}` }
    expect((await get(file, { headers })).status).toBe(302)
    const info = await fetch(`${other.apiUrl}files.info?file=${file.id}`, { method: 'POST', headers })
    expect(await info.json()).toMatchObject({ ok: false, error: 'missing_scope', needed: 'files:read' })
    expect(other.violations[0]?.error).toBe('missing_scope')
    await other.close()
  })
})

describe('a download that fails', () => {
  const big = { name: 'to.bin', bytes: Buffer.alloc(300_000, 1) }
  const read = async (file: JsonObject, signal?: AbortSignal) => {
    let got = 0
    try {
      const response = await get(file, { signal })
      for await (const chunk of response.body ?? []) got += chunk.length
      return { got, end: 'whole' }
    } catch (cause) {
      return { got, end: (cause as Error).name }
    }
  }

  it('answers 429, 500, a redirect or a login page as often as injected', async () => {
    const file = upload()
    slack.failDownload({ retryAfter: 2, times: 2 })
    slack.failDownload({ status: 500 })
    slack.failDownload({ redirectTo: 'http://127.0.0.2/x' })
    slack.failDownload({ loginPage: true })
    const first = await get(file)
    expect([first.status, first.headers.get('retry-after')]).toEqual([429, '2'])
    expect((await get(file)).status).toBe(429)
    expect((await get(file)).status).toBe(500)
    const away = await get(file)
    expect([away.status, away.headers.get('location')]).toEqual([302, 'http://127.0.0.2/x'])
    const page = await get(file)
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
    expect((await get(file)).headers.get('content-type')).toBe('image/jpeg')
  })

  it('stalls after the given bytes, and the bot counts as idle meanwhile', async () => {
    const file = upload(big)
    slack.failDownload({ stallAfter: 100_000 })
    const abort = new AbortController()
    const reading = read(file, abort.signal)
    await slack.waitFor(() => slack.downloads.at(-1)?.sent === 100_000)
    await slack.settled()
    abort.abort()
    expect(await reading).toEqual({ got: 100_000, end: 'AbortError' })
  })

  it('breaks in the middle', async () => {
    slack.failDownload({ breakAfter: 100_000 })
    const { got, end } = await read(upload(big))
    expect([got < 300_000, end]).toEqual([true, 'TypeError'])
  })

  it('declares a wrong length or none', async () => {
    slack.failDownload({ contentLength: 400_000 })
    expect((await read(upload(big))).end).toBe('TypeError')
    slack.failDownload({ contentLength: 'none' })
    const got = await get(upload(big))
    expect(got.headers.get('content-length')).toBeNull()
    expect((await got.arrayBuffer()).byteLength).toBe(300_000)
  })

  it('streams 200 MB without holding them in memory', async () => {
    const file = upload({ name: 'vô tận.jpg' })
    slack.failDownload({ endless: 200_000_000, contentLength: 'none', file: 'vô tận.jpg' })
    const before = process.memoryUsage().rss
    expect(await read(file)).toEqual({ got: 200_000_000, end: 'whole' })
    expect(process.memoryUsage().rss - before).toBeLessThan(150_000_000)
  })

  it('ends early when the bot cancels it', async () => {
    slack.failDownload({ endless: 200_000_000 })
    const response = await get(upload())
    await response.body?.cancel()
    await slack.settled()
    expect(slack.downloads.at(-1)?.sent).toBeLessThan(20_000_000)
  })

  it('fails only for the matching file', async () => {
    slack.failDownload({ status: 500, file: (info) => info.size === 300_000 })
    expect((await get(upload())).status).toBe(200)
    expect((await get(upload(big))).status).toBe(500)
  })

  it('is recorded with host and token', async () => {
    const file = upload()
    await get({ url_private_download: String(file.url_private_download).replace('127.0.0.1', 'localhost') })
    expect(slack.downloads.at(-1)).toMatchObject({
      file: file.id,
      host: expect.stringContaining('localhost'),
      authorization: `Bearer ${slack.botToken}`,
    })
  })
})

describe('pictures from the workspace', () => {
  const image = (slack_file: JsonObject) => ({ type: 'image', alt_text: 'Ảnh', slack_file })
  const send = (slack_file: JsonObject) =>
    refusal(bot.client.chat.postMessage({ channel: 'U_LAN', text: 'x', blocks: asBlocks([image(slack_file)]) }))

  it.each([
    ['a png by its id', 'a.png', 'id', 'ok'],
    ['a jpg by its address', 'a.jpeg', 'url_private', 'ok'],
    ['a gif by its permalink', 'a.gif', 'permalink', 'ok'],
    ['a HEIC', 'a.heic', 'id', 'invalid_blocks'],
    ['a PDF', 'a.pdf', 'id', 'invalid_blocks'],
  ])('%s', async (_, name, key, said) => {
    const file = upload({ name })
    expect(await send(key === 'id' ? { id: file.id } : { url: file[key] })).toBe(said)
  })

  it('are refused when they do not exist or are named twice', async () => {
    const file = upload()
    expect(await send({ id: 'F_NO' })).toBe('invalid_blocks')
    expect(slack.violations.at(-1)?.messages).toEqual([
      '[ERROR] invalid slack file [json-pointer:/blocks/0/slack_file]',
    ])
    expect(await send({ id: file.id, url: file.permalink })).toBe('invalid_blocks')
  })
})

describe('a file that the bot uploads', () => {
  const text = Buffer.from('ảnh đã lưu')
  const put = async (bytes: Buffer, length = bytes.length) => {
    const to = await bot.client.files.getUploadURLExternal({ filename: 'anh.jpg', length })
    const { status } = await fetch(String(to.upload_url), { method: 'POST', body: new Uint8Array(bytes) })
    return { id: String(to.file_id), status }
  }
  const complete = (id: string, channel_id: string) =>
    bot.client.files.completeUploadExternal({ files: [{ id, title: 'Ảnh 1' }], channel_id, initial_comment: 'Đây' })

  it('appears in the conversation only when the upload is completed', async () => {
    const { id, status } = await put(text)
    expect([status, slack.workspace.files.has(id)]).toEqual([200, false])
    const { channel } = await bot.client.conversations.open({ users: 'U_LAN' })
    await complete(id, String(channel?.id))
    const shown = slack.as('U_LAN').messages().at(-1)
    expect([shown?.visibleText, shown?.files.map((f) => f.title)]).toEqual(['Đây', ['Ảnh 1']])
    expect(slack.workspace.files.get(id)?.bytes).toEqual(text)
    expect(await refusal(complete(id, String(channel?.id)))).toBe('file_not_found')
  })

  it('is refused with a size other than announced, without bytes, without a length, or to a user id', async () => {
    const { id, status } = await put(text, 3)
    expect(status).toBe(400)
    expect(slack.violations.at(-1)?.error).toBe('file_upload_size_mismatch')
    const { channel } = await bot.client.conversations.open({ users: 'U_LAN' })
    expect(await refusal(complete(id, String(channel?.id)))).toBe('file_not_found')
    expect(await refusal(complete((await put(text)).id, 'U_LAN'))).toBe('invalid_channel')
    expect(await refusal(bot.client.files.getUploadURLExternal({ filename: 'a', length: 0 }))).toBe('invalid_arguments')
  })

  it('is refused to a bot without files:write, with missing_scope', async () => {
    const other = await startTestSlack({ users, scopes: ['files:read'] })
    const headers = { authorization: `Bearer ${other.botToken}` }
    const response = await fetch(`${other.apiUrl}files.getUploadURLExternal?filename=a&length=1`, {
      method: 'POST',
      headers,
    })
    expect(await response.json()).toMatchObject({ ok: false, error: 'missing_scope', needed: 'files:write' })
    await other.close()
  })
})
