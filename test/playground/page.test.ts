import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type LocalSlack, startLocalSlack } from '../../src/playground/local-slack.js'
import { startHttpBot } from './toy-bot.js'

const users = [
  { id: 'U_LAN', real_name: 'Nguyễn Thị Lan', email: 'lan@truong.vn', role: 'Giảng viên' },
  { id: 'U_HA', real_name: 'Trần Văn Hà', email: 'ha@truong.vn', role: 'Trưởng khoa' },
]

interface State {
  people: { name: string; unread: number }[]
  modals: { id: string }[]
  messages: { ts: string; text: string; blocks: { block_id: string }[] }[]
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
    slack = await startLocalSlack({
      users,
      clock,
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

  it('serves its files and nothing beside them', async () => {
    const html = await fetch(slack.url)
    expect([html.status, html.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
    expect((await fetch(`${slack.url}/page/app.js`)).headers.get('content-type')).toContain('javascript')
    expect((await fetch(`${slack.url}/page/..%2f..%2fpackage.json`)).status).toBe(404)
  })

  it('knows the people, their roles, the commands and its own words', async () => {
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
      faults: { result: 'required' },
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

  it('counts what a person has not read', async () => {
    await post('act', { kind: 'say', user: 'U_HA', channel: 'D_HA', text: 'alo' })
    await slack.settled()
    expect((await state('U_LAN', 'D_LAN')).people[1]?.unread).toBe(1)
    await state('U_HA', 'D_HA', '1')
    expect((await state('U_LAN', 'D_LAN')).people[1]?.unread).toBe(0)
  })

  it('moves the clock on, never back', async () => {
    expect(await post('advance', { to: '2024-06-17T01:00:00Z' })).toEqual({ now: '2024-06-17T01:00:00.000Z' })
    expect(await post('advance', { to: '2024-06-16T01:00:00Z' })).toEqual({ error: 'invalid_arguments' })
    expect(advanced).toHaveLength(1)
  })

  it('refuses what it does not know', async () => {
    expect(await post('act', { kind: 'dance', user: 'U_LAN' })).toEqual({ error: 'invalid_arguments' })
    expect(slack.violations).toEqual([])
  })
})
