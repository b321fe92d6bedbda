import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { LocalSlack } from '../../src/local-slack/local-slack.js'
import { startTestSlack } from '../helpers/local-slack.js'
import { busy, startHttpBot } from './toy-bot.js'

const users = [
  { id: 'U_LAN', real_name: 'Nguyễn Thị Lan', email: 'lan@truong.vn', role: 'Giảng viên' },
  { id: 'U_HA', real_name: 'Trần Văn Hà', email: 'ha@truong.vn', role: 'Trưởng khoa' },
]

interface State {
  people: { name: string; unread: number }[]
  modals: { id: string }[]
  messages: { ts: string; text: string; edited: boolean; blocks: { block_id: string }[]; files: unknown[] }[]
  hints: { line: string }[]
}

describe('the page', () => {
  let slack: LocalSlack
  let bot: { stop: () => Promise<unknown> }
  let now = new Date('2024-06-14T01:00:00Z')
  const advanced: Date[] = []
  beforeAll(async () => {
    const clock = {
      now: () => now,
      advance: async (to: Date) => {
        now = to
        advanced.push(to)
      },
    }
    slack = await startTestSlack({
      users,
      busy,
      clock,
      shortcuts: [{ type: 'message', name: 'Dùng làm minh chứng', callback_id: 'keep', description: '' }],
      page: {
        first: 'U_LAN',
        hints: (user) =>
          (user === 'U_HA' ? ['nop', 'duyet'] : ['nop']).map((one) => ({ line: `/thidua ${one}`, about: one })),
      },
    })
    bot = await startHttpBot(slack)
  })
  afterAll(async () => {
    await bot.stop()
    await slack.close()
  })

  const get = async (path: string): Promise<unknown> => (await fetch(`${slack.url}${path}`)).json()
  const post = async (path: string, body: unknown) =>
    (await fetch(`${slack.url}/page/api/${path}`, { method: 'POST', body: JSON.stringify(body) })).json()
  const state = (user: string, channel: string, read = '0') =>
    get(`/page/api/state?${new URLSearchParams({ user, channel, read })}`) as Promise<State>

  it('waits until it is opened, so that nobody sees it being filled', async () => {
    let open = (): void => undefined
    const opens = new Promise<void>((resolve) => {
      open = resolve
    })
    const other = await startTestSlack({ users, busy, page: { opens } })
    const order: string[] = []
    const asked = ['/', '/page/api/boot'].map((path) => fetch(`${other.url}${path}`).then(() => order.push('page')))
    const api = await fetch(`${other.apiUrl}auth.test`, {
      method: 'POST',
      headers: { authorization: `Bearer ${other.botToken}` },
    })
    order.push(String(((await api.json()) as { ok: boolean }).ok))
    open()
    await Promise.all(asked)
    expect(order).toEqual(['true', 'page', 'page'])
    await other.close()
  })

  it('serves its own files and no others', async () => {
    const html = await fetch(slack.url)
    expect([html.status, html.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
    expect((await fetch(`${slack.url}/page/app.js`)).headers.get('content-type')).toContain('javascript')
    expect((await fetch(`${slack.url}/page/..%2f..%2fpackage.json`)).status).toBe(404)
  })

  it('serves every style and script that the page links or imports', async () => {
    const found = new Set(['/'])
    for (const path of found) {
      const response = await fetch(`${slack.url}${path}`)
      expect([path, response.status]).toEqual([path, 200])
      const text = await response.text()
      for (const [, linked, imported] of text.matchAll(/(?:href|src)="(\/page\/[^"]+)"|from '(\.[^']+)'/g))
        found.add(new URL(linked ?? imported ?? '', `${slack.url}${path}`).pathname)
    }
    expect([...found].filter((path) => path.endsWith('.js')).length).toBeGreaterThan(15)
  })

  it('lists people with roles, commands and its own text', async () => {
    const boot = await get('/page/api/boot')
    expect(boot).toMatchObject({
      first: 'U_LAN',
      hasClock: true,
      text: { home: 'Trang chủ' },
    })
    const { people } = await state('U_LAN', 'D_LAN')
    expect(people[1]).toMatchObject({ name: 'Trần Văn Hà', role: 'Trưởng khoa', dm: 'D_HA', unread: 0 })
  })

  it('carries a form from the command to the receipt', async () => {
    await post('act', { kind: 'command', user: 'U_LAN', channel: 'D_LAN', line: '/thidua nop' })
    const [view] = (await state('U_LAN', 'D_LAN')).modals
    const values = (text: string) => ({ result: { result: text } })
    expect(await post('act', { kind: 'submit', user: 'U_LAN', view: view?.id, values: values('') })).toMatchObject({
      clientErrors: { result: 'required' },
    })
    expect(await post('act', { kind: 'submit', user: 'U_LAN', view: view?.id, values: values('abc') })).toMatchObject({
      errors: { result: 'Ghi rõ hơn' },
    })
    await post('act', { kind: 'submit', user: 'U_LAN', view: view?.id, values: values('Huấn luyện 25/25') })
    const after = await state('U_LAN', 'D_LAN')
    expect(after.modals).toEqual([])
    const [receipt] = after.messages
    const block = receipt?.blocks[1]?.block_id
    await post('act', {
      kind: 'click',
      user: 'U_LAN',
      place: { channel: 'D_LAN', ts: receipt?.ts },
      block,
      action: 'withdraw',
    })
    await slack.settled()
    expect((await state('U_LAN', 'D_LAN')).messages[0]).toMatchObject({ text: 'Đã rút', edited: true })
  })

  it('marks a message as edited only when it is a text that changed, as Slack does', async () => {
    const edited = async () => (await state('U_LAN', 'D_LAN')).messages.map((one) => one.edited)
    const update = async (text: string, blocks?: unknown[]) => {
      const body = JSON.stringify({ channel: 'D_LAN', ts: slack.as('U_LAN').messages()[0]?.ts, text, blocks })
      const headers = { authorization: `Bearer ${slack.botToken}`, 'content-type': 'application/json' }
      return (await fetch(`${slack.apiUrl}chat.update`, { method: 'POST', headers, body })).json()
    }
    expect(await update('Đã nhận', [{ type: 'section', text: { type: 'mrkdwn', text: '✅ Đã nhận' } }])).toMatchObject({
      ok: true,
    })
    expect(await edited()).toEqual([false])
    await update('Đã rút')
    expect(await edited()).toEqual([true])
    await post('act', { kind: 'command', user: 'U_LAN', channel: 'D_LAN', line: '/thidua respond' })
    await slack.settled()
    const { messages } = await state('U_LAN', 'D_LAN')
    expect(messages.at(-1)).toMatchObject({ text: 'Lần hai', ephemeral: true, edited: false })
  })

  it('suggests the commands of each person', async () => {
    const lines = async (user: string) => (await state(user, '')).hints.map((one) => one.line)
    expect(await lines('U_LAN')).toEqual(['/thidua nop'])
    expect(await lines('U_HA')).toEqual(['/thidua nop', '/thidua duyet'])
  })

  it('names its run in the stream of changes, and refuses a page of an earlier one', async () => {
    const { run } = (await get('/page/api/boot')) as { run: string }
    const stop = new AbortController()
    const live = await fetch(`${slack.url}/page/api/live`, { signal: stop.signal })
    const { value } = (await live.body?.getReader().read()) ?? {}
    stop.abort()
    expect(new TextDecoder().decode(value)).toBe(`retry: 1000\nevent: hello\ndata: ${JSON.stringify({ run })}\n\n`)
    const asked = async (path: string, header: string) =>
      (await fetch(`${slack.url}/page/api/${path}`, { method: 'POST', body: '{}', headers: { 'x-run': header } }))
        .status
    for (const path of ['state?user=U_LAN', 'act', 'advance', 'upload'])
      expect([path, await asked(path, 'earlier')]).toEqual([path, 409])
    expect(await asked('state?user=U_LAN', run)).toBe(200)
  })

  const upload = async (user: string, name: string, mimetype: string) => {
    const query = new URLSearchParams({ user, name, mimetype })
    const response = await fetch(`${slack.url}/page/api/upload?${query}`, { method: 'POST', body: 'ảnh chụp' })
    return response.json() as Promise<{ file: { id: string } }>
  }
  const served = (ref: Record<string, string>) => fetch(`${slack.url}/page/api/file?${new URLSearchParams(ref)}`)

  it('uploads files, sends them in a message, and shows them', async () => {
    const { file } = await upload('U_LAN', 'Ảnh 1.jpg', 'image/jpeg')
    await post('act', { kind: 'say', user: 'U_LAN', channel: 'D_LAN', text: '', files: [file.id] })
    await slack.settled()
    const { messages } = await state('U_LAN', 'D_LAN')
    expect(messages.at(-2)?.files).toEqual([{ id: file.id, name: 'Ảnh 1.jpg', mimetype: 'image/jpeg', size: 12 }])
    expect(messages.at(-1)?.text).toBe('Nhận 1 tệp: Ảnh 1.jpg')
    const bytes = await served({ id: file.id })
    expect([bytes.headers.get('content-type'), await bytes.text()]).toEqual(['image/jpeg', 'ảnh chụp'])
    expect((await served({ id: 'F_NO' })).status).toBe(404)
  })

  it('runs no uploaded file, and lets nobody send a file of another person', async () => {
    const { file } = await upload('U_LAN', 'trang.html', 'text/html')
    const page = await served({ id: file.id })
    expect(page.headers.get('content-disposition')).toBe('attachment')
    expect(page.headers.get('content-security-policy')).toContain('sandbox')
    await post('act', { kind: 'say', user: 'U_HA', channel: 'C0CHUNG', text: 'của tôi?', files: [file.id] })
    expect((await state('U_HA', 'C0CHUNG')).messages.at(-1)?.files).toEqual([])
    expect((await fetch(`${slack.url}/page/api/upload?user=U_NO&name=a`, { method: 'POST' })).status).toBe(400)
  })

  it('offers the shortcuts of the app on a message', async () => {
    expect(await get('/page/api/boot')).toMatchObject({ shortcuts: [{ callback_id: 'keep' }] })
    const ts = slack.as('U_LAN').messages()[0]?.ts
    const choose = (callback: string) =>
      post('act', { kind: 'shortcut', user: 'U_LAN', channel: 'D_LAN', ts, callback })
    expect(await choose('other')).toEqual({ error: 'not_found' })
    await choose('keep')
    await slack.settled()
    const [view] = (await state('U_LAN', 'D_LAN')).modals
    await post('act', { kind: 'close', user: 'U_LAN', view: view?.id })
    expect(slack.deliveries.at(-1)?.payload).toMatchObject({ type: 'view_closed', view: { private_metadata: ts } })
  })

  it('counts unread messages', async () => {
    await post('act', { kind: 'say', user: 'U_HA', channel: 'D_HA', text: 'alo' })
    await slack.settled()
    expect((await state('U_LAN', 'D_LAN')).people[1]?.unread).toBe(1)
    await state('U_HA', 'D_HA', '1')
    expect((await state('U_LAN', 'D_LAN')).people[1]?.unread).toBe(0)
  })

  it('moves the clock forward, never back', async () => {
    expect(await post('advance', { to: '2024-06-17T01:00:00Z' })).toEqual({ now: '2024-06-17T01:00:00.000Z' })
    expect(await post('advance', { to: '2024-06-16T01:00:00Z' })).toEqual({ error: 'invalid_arguments' })
    expect(advanced).toHaveLength(1)
  })

  it('refuses an unknown action', async () => {
    expect(await post('act', { kind: 'dance', user: 'U_LAN' })).toEqual({ error: 'invalid_arguments' })
    expect(slack.violations).toEqual([])
  })
})
