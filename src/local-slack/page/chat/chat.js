import { blocks, patch } from '../blocks/blocks.js'
import { mrkdwn } from '../blocks/mrkdwn.js'
import { avatar, h, redraw } from '../dom.js'
import { filesOf } from '../files/files.js'
import { dropTarget } from '../files/tray.js'
import { popover } from '../popover.js'
import { clockTime, dayOf, weekdayOf } from '../time.js'
import { composer } from './composer.js'
import { reading } from './reading.js'

/** The conversation, or the App Home, with the composer below it. */
export function chat(app) {
  const { store, names } = app
  const { text, boot } = store
  const head = h('header', { class: 'chat-head' })
  const scroll = h('div', { class: 'scroll', tabindex: '0', role: 'region' })
  const write = composer(app)
  const home = h('div', { class: 'home' })
  const node = h('main', { class: 'chat' }, head, scroll, write.node, h('div', { class: 'drop-hint' }, text.files.drop))
  dropTarget(node, (files) => !write.node.hidden && write.add(files))
  const drawn = new Map()
  const reader = reading(scroll, (ts) => drawn.get(ts)?.node)
  let last = ''

  const common = () => ({ names, text, user: () => store.user, people: store.people, channels: boot.channels })

  const placeOf = (message) => ({
    ...common(),
    value: (block, element) => message.values[block.block_id]?.[element.action_id],
    set: () => {},
    perform: (block, element, choice) => {
      const place = { channel: app.channelId(), ts: message.ts }
      return app.perform({ kind: 'click', place, block: block.block_id, action: element.action_id, ...choice })
    },
  })

  /** The menu of the app's shortcuts; as in Slack, an ephemeral message has none. */
  function menuOf(message) {
    if (message.ephemeral || boot.shortcuts.length === 0) return undefined
    const items = boot.shortcuts.map((one) => ({
      label: one.name,
      about: one.description || boot.bot.name,
      onchoose: () =>
        app.perform({ kind: 'shortcut', channel: app.channelId(), ts: message.ts, callback: one.callback_id }),
    }))
    return (anchor, at) => popover(anchor, items, at)
  }

  function messageNode(message) {
    const fromBot = message.user === boot.bot.id
    const name = names(message.user)
    const body =
      message.blocks.length > 0
        ? blocks(message.blocks, placeOf(message))
        : message.text && h('div', { class: 'block' }, mrkdwn(message.text, names))
    const menu = menuOf(message)
    const byRightClick = (event) => {
      // Links, fields and selected text keep the browser's own menu.
      if (event.target.closest('a, input, textarea') || !getSelection().isCollapsed) return
      event.preventDefault()
      const { clientX: x, clientY: y } = event
      menu(event.currentTarget, { left: x, right: x, top: y, bottom: y })
    }
    return h(
      'article',
      { class: message.ephemeral ? 'message ephemeral' : 'message', oncontextmenu: menu && byRightClick },
      avatar(name, fromBot),
      h(
        'div',
        { class: 'message-body' },
        h(
          'div',
          { class: 'byline' },
          h('b', {}, name),
          fromBot && h('span', { class: 'tag' }, text.app),
          h('time', {}, clockTime(new Date(message.at))),
        ),
        message.ephemeral && h('div', { class: 'only-you' }, text.onlyYou),
        body,
        filesOf(message.files, text),
        message.edited && h('span', { class: 'quiet edited' }, text.edited),
      ),
      menu &&
        h(
          'button',
          {
            type: 'button',
            class: 'message-menu',
            'aria-label': text.messageMenu,
            'aria-haspopup': 'menu',
            title: text.messageMenu,
            onclick: (event) => menu(event.currentTarget),
          },
          '⋯',
        ),
    )
  }

  /** The node of a message, redrawn only when the message has changed, so that sorted tables and open menus stay. */
  function cachedNode(message) {
    const drawState = JSON.stringify(message)
    const known = drawn.get(message.ts)
    if (known?.drawState === drawState) return known.node
    const fresh = { drawState, node: messageNode(message) }
    drawn.set(message.ts, fresh)
    return fresh.node
  }

  function messageList(messages) {
    let day = ''
    return messages.flatMap((message) => {
      const at = new Date(message.at)
      const messageDay = dayOf(at)
      const line =
        messageDay === day
          ? []
          : [h('div', { class: 'day' }, h('span', {}, `${weekdayOf(at, text.weekdays)}, ${messageDay}`))]
      day = messageDay
      return [...line, cachedNode(message)]
    })
  }

  function homeNode(view) {
    if (!view) return h('p', { class: 'empty' }, text.homeEmpty)
    const place = {
      ...common(),
      value: (block, element) => view.values[block.block_id]?.[element.action_id],
      drawState: (block) => view.values[block.block_id],
      set: () => {},
      perform: (block, element, choice) =>
        app.perform({
          kind: 'click',
          place: { view: view.id },
          block: block.block_id,
          action: element.action_id,
          ...choice,
        }),
    }
    patch(home, view.blocks, place)
    return home
  }

  function drawHead() {
    const isApp = store.channel === 'dm'
    const me = app.personOf(store.user)
    const tab = (id, label) =>
      h(
        'button',
        {
          type: 'button',
          class: store.tab === id ? 'tab on' : 'tab',
          'aria-current': store.tab === id && 'page',
          onclick: () => app.open('dm', id),
        },
        label,
      )
    const title = isApp
      ? [h('img', { class: 'avatar tiny', src: '/page/icon.svg', alt: '' }), boot.bot.name]
      : [`# ${names(store.channel)}`]
    redraw(
      head,
      h(
        'button',
        {
          type: 'button',
          class: 'burger',
          'aria-label': text.menu,
          'aria-expanded': String(store.drawer),
          onclick: () => app.drawer(true),
        },
        '☰',
      ),
      h('h1', { class: 'chat-title' }, title),
      isApp && h('div', { class: 'tabs' }, tab('home', text.home), tab('messages', text.messages)),
      me &&
        h(
          'button',
          {
            type: 'button',
            class: 'me',
            title: `${text.you} ${me.name}`,
            onclick: () => app.drawer(true),
          },
          avatar(me.name),
          h('span', { class: 'unseen' }, `${text.you} ${me.name}. ${text.switchPerson}`),
        ),
    )
  }

  const onHome = () => store.tab === 'home' && store.channel === 'dm'
  const all = () => store.state?.messages.map((one) => one.ts) ?? []

  scroll.addEventListener('scroll', reader.scrolled)
  // A picture changes the height once it is loaded, the keyboard of a phone that of the window.
  scroll.addEventListener('load', reader.settle, true)
  new ResizeObserver(reader.settle).observe(scroll)

  function draw() {
    drawHead()
    const { state } = store
    const where = `${store.user} ${store.channel} ${store.tab}`
    const isElsewhere = where !== last
    if (isElsewhere) {
      drawn.clear()
      home.replaceChildren()
      write.show(`${store.user} ${store.channel}`)
    }
    last = where
    write.node.hidden = onHome()
    scroll.setAttribute('aria-label', onHome() ? text.home : text.messages)
    if (!state) return redraw(scroll, h('p', { class: 'empty' }, text.loading))
    if (onHome()) {
      reader.leave()
      redraw(scroll, homeNode(state.home))
      if (isElsewhere) scroll.scrollTop = 0
      return
    }
    redraw(
      scroll,
      state.messages.length > 0 ? messageList(state.messages) : h('p', { class: 'empty' }, text.nothingYet),
    )
    if (isElsewhere) reader.open(all())
    else reader.drawn(all())
  }

  /** Returns to the newest message; Home stays where it is. */
  const toEnd = () => !onHome() && reader.open(all())
  const focus = () => head.querySelector('.burger')?.focus()
  return { node, draw, toEnd, focus, expect: reader.expect, unsent: write.unsent }
}
