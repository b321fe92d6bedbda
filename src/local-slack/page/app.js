import * as api from './api.js'
import { chat } from './chat/chat.js'
import { clockBar } from './clock.js'
import { h } from './dom.js'
import { modals } from './modal/modal.js'
import { sidebar } from './sidebar.js'
import { toasts } from './toast.js'

const boot = await api.boot()
const { text } = boot
document.title = text.title

const store = {
  boot,
  text,
  user: localStorage.getItem('user') ?? boot.first ?? '',
  channel: 'dm',
  tab: 'messages',
  drawer: false,
  state: undefined,
  people: [],
}

const personOf = (id) => store.people.find((one) => one.id === id)
const channelId = () => (store.channel === 'dm' ? (personOf(store.user)?.dm ?? '') : store.channel)

/** The name of a user or channel by id. */
const names = (id) =>
  (id === boot.bot.id ? boot.bot.name : personOf(id)?.name) ?? boot.channels.find((one) => one.id === id)?.name ?? id

const app = {
  store,
  names,
  personOf,
  channelId,
  refresh,
  async perform(action) {
    const result = await api.perform({ user: store.user, ...action })
    if (result.error)
      notices.show(text.failed[result.error] ?? text.failed.unknown.replace('{error}', result.error), true)
    await refresh()
    return result
  },
  async become(user) {
    Object.assign(store, { user, channel: 'dm', tab: 'messages', drawer: false })
    localStorage.setItem('user', user)
    notices.clear()
    await refresh()
    parts.chat.toEnd()
  },
  async open(channel, tab = 'messages') {
    Object.assign(store, { channel, tab, drawer: false })
    await refresh()
    if (tab === 'home') await app.perform({ kind: 'home' })
    else parts.chat.toEnd()
  },
  toEnd: () => parts.chat.toEnd(),
  drawer(open) {
    store.drawer = open
    draw()
  },
}

const notices = toasts(app)
const parts = { clock: clockBar(app, notices), sidebar: sidebar(app), chat: chat(app), modals: modals(app) }
const shell = h(
  'div',
  { class: 'shell' },
  parts.clock.node,
  parts.sidebar.node,
  h('div', { class: 'veil', onclick: () => app.drawer(false) }),
  parts.chat.node,
  notices.node,
)
document.getElementById('app').append(shell)

let running
let loadAgain = false

/** Loads the state and draws it. Calls during a load share one more load. */
async function refresh() {
  if (running) {
    loadAgain = true
    return running
  }
  running = (async () => {
    do {
      loadAgain = false
      const user = store.user
      const fresh = await api.state(user, channelId(), store.tab === 'messages')
      if (user !== store.user) loadAgain = true
      else Object.assign(store, { state: fresh, people: fresh.people })
    } while (loadAgain)
    running = undefined
    draw()
  })()
  return running
}

function draw() {
  shell.classList.toggle('drawer-open', store.drawer)
  for (const part of Object.values(parts)) part.draw()
}

await refresh()
if (!personOf(store.user)) store.user = boot.first ?? store.people[0]?.id ?? ''
await refresh()
parts.chat.toEnd()

let timer
api.live((change) => {
  notices.note(change)
  clearTimeout(timer)
  timer = setTimeout(refresh, 40)
})
