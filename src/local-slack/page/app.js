import * as api from './api.js'
import { chat } from './chat/chat.js'
import { clockBar } from './clock.js'
import { connection } from './connection.js'
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
  reach,
  expect: (anywhere) => parts.chat.expect(anywhere),
  async perform(action) {
    app.expect(false)
    const result = await reach(() => api.perform({ user: store.user, ...action }))
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
  },
  async open(channel, tab = 'messages') {
    Object.assign(store, { channel, tab, drawer: false })
    await refresh()
    if (tab === 'home') await app.perform({ kind: 'home' })
    else parts.chat.toEnd()
  },
  drawer(open) {
    store.drawer = open
    draw()
    parts[open ? 'sidebar' : 'chat'].focus()
  },
}

const banner = h('div', { class: 'banner', role: 'alert', hidden: true })
const notices = toasts(app)
const parts = { clock: clockBar(app, notices), sidebar: sidebar(app), chat: chat(app), modals: modals(app) }
const shell = h(
  'div',
  { class: 'shell' },
  parts.clock.node,
  banner,
  parts.sidebar.node,
  h('div', { class: 'veil', onclick: () => app.drawer(false) }),
  parts.chat.node,
  notices.node,
)
document.getElementById('app').append(shell)
document.addEventListener('keydown', (event) => event.key === 'Escape' && store.drawer && app.drawer(false))

/** The answer of the local Slack; `{error}` when it is out of reach. Another run of it loads the page again. */
async function reach(ask) {
  try {
    return await ask()
  } catch (error) {
    if (error instanceof api.Restarted) return restarted()
    if (!(error instanceof api.Offline)) throw error
    lost()
    return { error: 'offline' }
  }
}

function lost() {
  banner.textContent = text.connection.lost
  banner.hidden = false
}

/** Loads the page again; what was typed and not sent stays. */
function restarted() {
  sessionStorage.setItem('restarted', parts.chat.unsent.get())
  location.reload()
  return new Promise(() => {})
}

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
      const fresh = await reach(() => api.state(user, channelId(), store.tab === 'messages'))
      if (fresh.error) continue
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

const unsent = sessionStorage.getItem('restarted')
if (unsent !== null) {
  sessionStorage.removeItem('restarted')
  parts.chat.unsent.set(unsent)
  notices.show(text.connection.restarted)
}

let timer
connection({
  run: boot.run,
  onchange(change) {
    notices.note(change)
    clearTimeout(timer)
    timer = setTimeout(refresh, 40)
  },
  onlost: lost,
  onback() {
    banner.hidden = true
    refresh()
  },
  onrestart: restarted,
})
