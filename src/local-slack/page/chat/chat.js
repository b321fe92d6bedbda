import { blocks, patch } from '../blocks/blocks.js'
import { mrkdwn } from '../blocks/mrkdwn.js'
import { avatar, h, redraw } from '../dom.js'
import { filesOf } from '../files/files.js'
import { dropTarget } from '../files/tray.js'
import { popover } from '../popover.js'
import { clockTime, dayOf, weekdayOf } from '../time.js'
import { composer } from './composer.js'

export function chat(app) {
  const { store, names } = app
  const { text, boot } = store
  const head = h('header', { class: 'chat-head' })
  const scroll = h('div', { class: 'scroll' })
  const write = composer(app)
  const home = h('div', { class: 'home' })
  const node = h('main', { class: 'chat' }, head, scroll, write.node, h('div', { class: 'drop-hint' }, text.files.drop))
  dropTarget(node, (files) => !write.node.hidden && write.add(files))
  const drawn = new Map()
  let last = ''

  const common = () => ({ names, text, user: () => store.user, people: store.people, channels: boot.channels })

  const placeOf = (message) => ({
    ...common(),
    value: (block, element) => message.values[block.block_id]?.[element.action_id],
    set: () => {},
    act: (block, element, choice) => {
      const place = { channel: app.channelId(), ts: message.ts }
      return app.act({ kind: 'click', place, block: block.block_id, action: element.action_id, ...choice })
    },
  })

  /** The app's shortcuts; Slack offers none on what only one person sees. */
  function menuOf(message) {
    if (message.ephemeral || boot.shortcuts.length === 0) return undefined
    const items = boot.shortcuts.map((one) => ({
      words: one.name,
      about: one.description || boot.bot.name,
      act: () => app.act({ kind: 'shortcut', channel: app.channelId(), ts: message.ts, callback: one.callback_id }),
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
      // Links, pictures and what is marked have a menu of the browser's own.
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

  /** A message is drawn anew only when it has changed, so that sorted tables and open menus stay as they are. */
  function keep(message) {
    const look = JSON.stringify(message)
    const known = drawn.get(message.ts)
    if (known?.look === look) return known.node
    const fresh = { look, node: messageNode(message) }
    drawn.set(message.ts, fresh)
    return fresh.node
  }

  function messageList(messages) {
    let day = ''
    return messages.flatMap((message) => {
      const at = new Date(message.at)
      const here = dayOf(at)
      const line =
        here === day ? [] : [h('div', { class: 'day' }, h('span', {}, `${weekdayOf(at, text.weekdays)}, ${here}`))]
      day = here
      return [...line, keep(message)]
    })
  }

  function homeNode(view) {
    if (!view) return h('p', { class: 'empty' }, text.homeEmpty)
    const place = {
      ...common(),
      value: (block, element) => view.values[block.block_id]?.[element.action_id],
      look: (block) => view.values[block.block_id],
      set: () => {},
      act: (block, element, choice) =>
        app.act({
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
    const tab = (id, words) =>
      h(
        'button',
        { type: 'button', class: store.tab === id ? 'tab on' : 'tab', onclick: () => app.open('dm', id) },
        words,
      )
    const title = isApp
      ? [h('img', { class: 'avatar tiny', src: '/page/icon.svg', alt: '' }), h('b', {}, boot.bot.name)]
      : [h('b', {}, `# ${names(store.channel)}`)]
    redraw(
      head,
      h('button', { type: 'button', class: 'burger', 'aria-label': text.menu, onclick: () => app.drawer(true) }, '☰'),
      h('div', { class: 'chat-title' }, title),
      isApp && h('div', { class: 'tabs' }, tab('home', text.home), tab('messages', text.messages)),
      me &&
        h(
          'button',
          { type: 'button', class: 'me', title: `${text.you} ${me.name}`, onclick: () => app.drawer(true) },
          avatar(me.name),
        ),
    )
  }

  const toBottom = () => {
    scroll.scrollTop = scroll.scrollHeight
  }
  /** To the newest message; to where it begins if it is longer than the window, for there stands what matters most. */
  const toEnd = () => {
    toBottom()
    const newest = store.tab === 'messages' && scroll.querySelector('.message:last-of-type')
    if (newest && newest.offsetHeight > scroll.clientHeight) newest.scrollIntoView({ block: 'start' })
  }

  let atEnd = true
  let newestTs
  scroll.addEventListener('scroll', () => {
    atEnd = scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 80
  })
  // A picture takes its room only when it is there.
  scroll.addEventListener('load', () => atEnd && toBottom(), true)

  function draw() {
    drawHead()
    const { state } = store
    const stays = atEnd
    const where = `${store.user} ${store.channel} ${store.tab}`
    if (where !== last) {
      drawn.clear()
      home.replaceChildren()
      if (last.split(' ', 2).join() !== where.split(' ', 2).join()) write.clear()
    }
    last = where
    const onHome = store.tab === 'home' && store.channel === 'dm'
    write.node.hidden = onHome
    if (!state) return redraw(scroll, h('p', { class: 'empty' }, text.loading))
    if (onHome) return redraw(scroll, homeNode(state.home))
    redraw(
      scroll,
      state.messages.length > 0 ? messageList(state.messages) : h('p', { class: 'empty' }, text.nothingYet),
    )
    const latest = state.messages.at(-1)?.ts
    // A message that changes under the thumb stays where it is.
    if (stays) latest === newestTs ? toBottom() : toEnd()
    newestTs = latest
  }
  return { node, draw, toEnd }
}
