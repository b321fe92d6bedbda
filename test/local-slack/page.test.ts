import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { JsonObject } from '../../src/local-slack/json.js'
import type { LocalSlack } from '../../src/local-slack/local-slack.js'
import { dispatchesAction } from '../../src/local-slack/state/form-state.js'
import { startTestSlack } from '../helpers/local-slack.js'
import { busy, startHttpBot } from './toy-bot.js'

const users = [
  { id: 'U_LAN', real_name: 'Nguyễn Thị Lan', email: 'lan@truong.vn', role: 'Giảng viên' },
  { id: 'U_HA', real_name: 'Trần Văn Hà', email: 'ha@truong.vn', role: 'Trưởng khoa' },
]

interface State {
  people: { name: string; unread: number }[]
  modals: { id: string }[]
  messages: { ts: string; text: string; blocks: { block_id: string }[]; files: unknown[] }[]
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
      page: { first: 'U_LAN', hints: [{ line: '/thidua nop', about: 'Nộp' }] },
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
      hints: [{ line: '/thidua nop' }],
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
    expect((await state('U_LAN', 'D_LAN')).messages[0]?.text).toBe('Đã rút')
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

describe('rules in the scripts of the page', () => {
  const script = (name: string) => import(new URL(`../../src/local-slack/page/${name}.js`, import.meta.url).href)

  it('dispatch the same entries as the server', async () => {
    const { dispatches } = await script('blocks/dispatch')
    const types = ['plain_text_input', 'number_input', 'static_select', 'datepicker', 'checkboxes', 'file_input']
    const configs = [
      undefined,
      {},
      ...[['on_enter_pressed'], ['on_character_entered']].map((on) => ({ trigger_actions_on: on })),
    ]
    const cases = ['input', 'actions', 'section'].flatMap((type) =>
      [true, false].flatMap((dispatch_action) =>
        types.flatMap((element) =>
          configs.map((config) => [
            { type, dispatch_action },
            { type: element, dispatch_action_config: config },
          ]),
        ),
      ),
    ) as [JsonObject, JsonObject][]
    for (const how of ['typed', 'enter'] as const)
      for (const [block, element] of cases)
        expect([block, element, how, dispatches(block, element, how)]).toEqual([
          block,
          element,
          how,
          dispatchesAction(block, element, how),
        ])
  })

  it('write sizes with a decimal comma', async () => {
    const { sizeOf } = await script('files/files')
    expect([0, 999, 1000, 1500, 230_009, 2_400_000, 10_000_000].map(sizeOf)).toEqual([
      '0 B',
      '999 B',
      '1 KB',
      '1,5 KB',
      '230 KB',
      '2,4 MB',
      '10 MB',
    ])
  })
})
