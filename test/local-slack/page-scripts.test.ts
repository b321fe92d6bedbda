import { beforeAll, describe, expect, it, vi } from 'vitest'
import type { JsonObject } from '../../src/local-slack/json.js'
import { dispatchesAction } from '../../src/local-slack/state/form-state.js'
import { localSlackText } from '../../src/text/vi/demo/local-slack.js'
import { body, FakeNode, fakeDocument, installFakeDom, nameOf } from './fake-dom.js'

const script = (name: string) => import(new URL(`../../src/local-slack/page/${name}.js`, import.meta.url).href)
beforeAll(installFakeDom)

describe('the scripts of the page', () => {
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

describe('where a conversation is read', () => {
  const window = 600
  /** A conversation of messages with these heights, by ts. */
  async function conversation(heights: Record<string, number>) {
    const { reading } = await script('chat/reading')
    const all = () => Object.keys(heights)
    const topOf = (ts: string) =>
      all()
        .filter((one) => one < ts)
        .reduce((sum, one) => sum + (heights[one] ?? 0), 0)
    const scroll = {
      clientHeight: window,
      scrollTop: 0,
      get scrollHeight() {
        return Math.max(window, topOf('~'))
      },
    }
    const reader = reading(scroll, (ts: string) => ({ offsetTop: topOf(ts) }))
    const set = (ts: string, height: number) => {
      heights[ts] = height
      reader.drawn(all())
    }
    return { scroll, reader, set, open: () => reader.open(all()) }
  }

  it('opens at the end, or at the start of a message that is taller than the window', async () => {
    const short = await conversation({ a: 900, b: 100 })
    short.open()
    expect(short.scroll.scrollTop).toBe(400)
    const tall = await conversation({ a: 900, b: 650 })
    tall.open()
    expect(tall.scroll.scrollTop).toBe(892)
  })

  it('stays at the start of a tall answer, whatever is drawn or loaded afterwards', async () => {
    const { scroll, reader, set, open } = await conversation({ a: 900, b: 100 })
    open()
    reader.expect(true)
    set('c', 620)
    expect(scroll.scrollTop).toBe(992)
    reader.scrolled()
    set('c', 660)
    reader.settle()
    expect(scroll.scrollTop).toBe(992)
  })

  it('shows an answer from its start when a placeholder becomes a table', async () => {
    const { scroll, reader, set, open } = await conversation({ a: 900 })
    open()
    reader.expect(true)
    set('b', 40)
    expect(scroll.scrollTop).toBe(340)
    set('b', 2000)
    expect(scroll.scrollTop).toBe(892)
    set('c', 60)
    expect(scroll.scrollTop).toBe(892)
  })

  it('stays where the person has scrolled to, until they send something', async () => {
    const { scroll, reader, set, open } = await conversation({ a: 900, b: 900 })
    open()
    scroll.scrollTop = 100
    reader.scrolled()
    set('c', 300)
    expect(scroll.scrollTop).toBe(100)
    reader.expect(false)
    set('d', 300)
    expect(scroll.scrollTop).toBe(100)
    reader.expect(true)
    set('e', 300)
    expect(scroll.scrollTop).toBe(2100)
  })

  it('does not scroll Home', async () => {
    const { scroll, reader, open } = await conversation({ a: 900, b: 900 })
    open()
    reader.leave()
    scroll.scrollTop = 0
    reader.settle()
    expect(scroll.scrollTop).toBe(0)
  })
})

describe('the suggested commands', () => {
  const offered = Array.from({ length: 18 }, (_, n) => ({ line: `/thidua lệnh${n}` }))

  it('are all those that the line begins, without regard to accents', async () => {
    const { matching } = await script('chat/hints')
    expect(matching(offered, '/')).toHaveLength(18)
    expect(matching(offered, '/thidua LENH1')).toHaveLength(9)
    expect(matching(offered, '/thidua lệnh1 ')).toEqual([])
    expect(matching(offered, 'thidua')).toEqual([])
  })

  it('are walked with the arrow keys, around both ends', async () => {
    const { stepped } = await script('chat/hints')
    const walk = (...keys: string[]) => keys.reduce((at, key) => stepped(at, key, 3), -1)
    expect(walk('ArrowDown')).toBe(0)
    expect(walk('ArrowUp')).toBe(2)
    expect(walk('ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowDown')).toBe(0)
    expect(walk('ArrowDown', 'ArrowUp')).toBe(2)
    expect(stepped(0, 'a', 3)).toBeUndefined()
  })
})

describe('the connection', () => {
  const source = () => {
    const listeners = new Map<string, (event: { data: string }) => void>()
    return {
      readyState: 0,
      addEventListener: (kind: string, listener: (event: { data: string }) => void) => listeners.set(kind, listener),
      send: (kind: string, data: unknown = {}) => listeners.get(kind)?.({ data: JSON.stringify(data) }),
    }
  }
  const heard = () => ({ run: 'r1', onchange: vi.fn(), onlost: vi.fn(), onback: vi.fn(), onrestart: vi.fn() })

  it('tells when it is lost, back, and answered by another run', async () => {
    const { connection } = await script('connection')
    const [stream, on] = [source(), heard()]
    connection(on, () => stream)
    stream.send('hello', { run: 'r1' })
    stream.send('error')
    stream.send('hello', { run: 'r1' })
    expect([on.onlost, on.onback, on.onrestart].map((one) => one.mock.calls.length)).toEqual([1, 2, 0])
    stream.send('hello', { run: 'r2' })
    expect(on.onrestart).toHaveBeenCalledOnce()
  })

  it('opens the stream again after an answer that closed it', async () => {
    vi.useFakeTimers()
    const { connection } = await script('connection')
    const [stream, on] = [source(), heard()]
    const open = vi.fn(() => stream)
    connection(on, open)
    stream.readyState = 2
    stream.send('error')
    vi.runOnlyPendingTimers()
    vi.useRealTimers()
    expect(open).toHaveBeenCalledTimes(2)
  })

  it('tells apart no answer, an answer of something else, another run, and a refusal', async () => {
    const api = await script('api')
    const answer = (value: unknown, status = 200) =>
      vi.stubGlobal(
        'fetch',
        async () => new Response(typeof value === 'string' ? value : JSON.stringify(value), { status }),
      )
    answer({ error: 'not_found' })
    expect(await api.perform({ kind: 'home' })).toEqual({ error: 'not_found' })
    answer({ error: 'restarted' }, 409)
    await expect(api.perform({})).rejects.toBeInstanceOf(api.Restarted)
    answer('<html>')
    await expect(api.state('U', 'D', true)).rejects.toBeInstanceOf(api.Offline)
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('refused')))
    await expect(api.advance(new Date())).rejects.toBeInstanceOf(api.Offline)
    vi.unstubAllGlobals()
  })
})

describe('what the page draws', () => {
  const plain = (text: string) => ({ type: 'plain_text', text })
  const options = ['a', 'b'].map((one) => ({ text: plain(one), value: one }))
  const place = {
    names: (id: string) => id,
    text: localSlackText,
    user: () => 'U1',
    people: [],
    channels: [],
    value: () => undefined,
    set: () => {},
    perform: () => {},
  }
  const controls = [
    'static_select',
    'external_select',
    'users_select',
    'channels_select',
    'multi_static_select',
    'multi_users_select',
    'checkboxes',
    'radio_buttons',
    'datepicker',
    'timepicker',
    'overflow',
  ].map((type) => ({ type, action_id: type, options }))
  const fields = ['plain_text_input', 'number_input', 'email_text_input', 'url_text_input', 'file_input']

  it('gives every control a name, in forms and in messages', async () => {
    const { blocks } = await script('blocks/blocks')
    const list = [
      {
        type: 'section',
        block_id: 's0',
        text: { type: 'mrkdwn', text: '*Khoa Cơ khí* <@U1|Lan>' },
        accessory: controls[0],
      },
      ...controls.map((element, n) => ({ type: 'actions', block_id: `a${n}`, elements: [element] })),
      ...[...controls, ...fields.map((type) => ({ type, action_id: type }))]
        .filter((one) => one.type !== 'overflow')
        .map((element, n) => ({ type: 'input', block_id: `i${n}`, label: plain(`Ô ${n}`), element })),
    ]
    const root = new FakeNode('DIV')
    root.append(...blocks(list, place))
    const asked = root
      .all()
      .filter(
        (one) =>
          ['SELECT', 'INPUT', 'TEXTAREA', 'BUTTON'].includes(one.tagName) || one.attributes.role?.endsWith('group'),
      )
    expect(asked.length).toBeGreaterThan(30)
    expect(asked.filter((one) => nameOf(one, root) === '').map((one) => [one.tagName, one.attributes])).toEqual([])
    expect(nameOf(asked[0] as FakeNode, root)).toBe('Chọn…: Khoa Cơ khí Lan')
  })

  it('keeps the focus when a row of controls is drawn anew, and the nodes that stay', async () => {
    const { h, redraw } = await script('dom')
    const host = new FakeNode('DIV')
    body.append(host)
    const button = () => h('button', { type: 'button' }, 'x')
    const stays = button()
    redraw(host, stays, button())
    ;(host.childNodes[1] as FakeNode).focus()
    redraw(host, stays, button())
    expect(host.childNodes[0]).toBe(stays)
    expect(fakeDocument.activeElement).toBe(host.childNodes[1])
  })
})
