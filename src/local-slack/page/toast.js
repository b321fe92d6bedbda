import { avatar, fill, h } from './dom.js'

const SHOWN_MS = 12_000
const MAX = matchMedia('(max-width: 720px)').matches ? 1 : 3

/** Says what arrived for others meanwhile, and what went wrong. */
export function toasts(app) {
  const { store } = app
  const { text } = store
  const node = h('div', { class: 'toasts', role: 'status' })
  const counts = new Map()
  let timer
  let total = 0

  function show(ms, ...children) {
    const box = h('div', { class: 'toast' }, ...children)
    box.append(
      h('button', { type: 'button', class: 'x', 'aria-label': text.toast.dismiss, onclick: () => box.remove() }, '✕'),
    )
    node.append(box)
    while (node.children.length > MAX + 1) node.firstChild.remove()
    setTimeout(() => box.remove(), ms)
    return box
  }

  const say = (words, isError = false) => show(6000, h('span', {}, words)).classList.toggle('error', isError)

  function flush() {
    const people = [...counts].filter(([id]) => id !== store.user && app.personOf(id))
    counts.clear()
    for (const [id, count] of people.slice(0, MAX)) {
      const { name, role } = app.personOf(id)
      const look = () => {
        box.remove()
        app.become(id)
      }
      const words = h('span', {}, fill(text.toast.arrived, { count, name }), role && h('small', {}, role))
      const box = show(
        SHOWN_MS,
        avatar(name),
        words,
        h('button', { type: 'button', class: 'btn', onclick: look }, text.toast.look),
      )
    }
    if (people.length > MAX) show(SHOWN_MS, h('span', {}, fill(text.toast.others, { count: people.length - MAX })))
  }

  /** Takes note of a change; new messages to other people are told a moment later, together. */
  function note(change) {
    if (change.kind !== 'message' || !change.isNew || change.user !== store.boot.bot.id) return
    total++
    const person = store.people.find((one) => one.dm === change.channel)
    if (!person || change.onlyFor) return
    counts.set(person.id, (counts.get(person.id) ?? 0) + 1)
    clearTimeout(timer)
    timer = setTimeout(flush, 400)
  }
  return { node, say, note, heard: () => total, clear: () => node.replaceChildren() }
}
