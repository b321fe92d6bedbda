import { h } from './dom.js'
import { signs } from './signs.js'
import { showDate } from './time.js'

/** A date written as dd/MM/yyyy whatever the browser's language; the browser's own calendar opens on top. */
export function dateField({ id, value, placeholder, onpick }) {
  const words = h('span', { class: 'grow' })
  const show = (day) => {
    words.textContent = day ? showDate(day) : placeholder
    words.classList.toggle('quiet', !day)
  }
  const pick = (event) => {
    show(event.target.value)
    onpick(event.target.value || null)
  }
  const open = (event) => event.target.showPicker?.()
  show(value)
  return h(
    'div',
    { class: 'pick-box' },
    words,
    h('span', { class: 'caret' }, '▾'),
    h('input', { id, type: 'date', value, onchange: pick, onclick: open }),
  )
}

const base64 = (file) =>
  new Promise((resolve) => {
    const reader = new FileReader()
    reader.onload = () => resolve({ name: file.name, mimetype: file.type, base64: String(reader.result).split(',')[1] })
    reader.readAsDataURL(file)
  })

export function fileField({ id, words, max, accept, onpick }) {
  const shown = h('span', { class: 'quiet grow' }, words)
  const pick = async (event) => {
    const chosen = [...event.target.files].slice(0, max)
    shown.textContent = chosen.map((one) => one.name).join(', ') || words
    onpick(await Promise.all(chosen.map(base64)))
  }
  return h(
    'div',
    { class: 'pick-box' },
    signs('📎'),
    shown,
    h('input', { id, type: 'file', multiple: max !== 1, accept, onchange: pick }),
  )
}
