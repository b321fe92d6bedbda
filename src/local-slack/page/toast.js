import { avatar, fill, h } from './dom.js'

const SHOWN_MS = 12_000
const MAX_TOASTS = matchMedia('(max-width: 720px)').matches ? 1 : 3

/** Toasts for new messages to other people and for errors. */
export function toasts(app) {
  const { store } = app
  const { text } = store
  const node = h('div', { class: 'toasts', role: 'status' })
  const counts = new Map()
  let timer
  let total = 0

  function add(ms, ...children) {
    const box = h('div', { class: 'toast' }, ...children)
    box.append(
      h('button', { type: 'button', class: 'x', 'aria-label': text.toast.dismiss, onclick: () => box.remove() }, '✕'),
    )
    node.append(box)
    while (node.children.length > MAX_TOASTS + 1) node.firstChild.remove()
    setTimeout(() => box.remove(), ms)
    return box
  }

  const show = (message, isError = false) => add(6000, h('span', {}, message)).classList.toggle('error', isError)

  function flush() {
    const people = [...counts].filter(([id]) => id !== store.user && app.personOf(id))
    counts.clear()
    for (const [id, count] of people.slice(0, MAX_TOASTS)) {
      const { name, role } = app.personOf(id)
      const look = () => {
        box.remove()
        app.become(id)
      }
      const message = h('span', {}, fill(text.toast.arrived, { count, name }), role && h('small', {}, role))
      const box = add(
        SHOWN_MS,
        avatar(name),
        message,
        h('button', { type: 'button', class: 'btn', onclick: look }, text.toast.look),
      )
    }
    if (people.length > MAX_TOASTS)
      add(SHOWN_MS, h('span', {}, fill(text.toast.others, { count: people.length - MAX_TOASTS })))
  }

  /** Counts new messages of the bot; those to other people are announced together after a moment. */
  function note(change) {
    if (change.kind !== 'message' || !change.isNew || change.user !== store.boot.bot.id) return
    total++
    const person = store.people.find((one) => one.dm === change.channel)
    if (!person || change.onlyFor) return
    counts.set(person.id, (counts.get(person.id) ?? 0) + 1)
    clearTimeout(timer)
    timer = setTimeout(flush, 400)
  }
  return { node, show, note, received: () => total, clear: () => node.replaceChildren() }
}
