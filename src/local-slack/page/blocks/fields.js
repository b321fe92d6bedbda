import { fill, h } from '../dom.js'
import { sizeOf } from '../files/files.js'
import { dropTarget, picker, tray } from '../files/tray.js'
import { showDate } from '../time.js'
import { signs } from './signs.js'

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

/** What Slack takes through a form, each. */
const MAX_BYTES = 10_000_000

/** Where files are put into a form: pressed or dropped on, with what was chosen below. */
export function fileField({ id, user, text, max, accept, held, onchange }) {
  const chosen = tray({ user, text, max, maxBytes: MAX_BYTES, held, onchange })
  const zone = picker(
    { id, multiple: max !== 1, accept, take: chosen.add, className: 'drop' },
    h('span', { class: 'drop-words' }, signs('📎'), h('b', {}, text.files.choose), h('span', {}, text.files.orDrop)),
    h('small', {}, fill(text.files.limit, { max, size: sizeOf(MAX_BYTES) })),
  )
  dropTarget(zone, chosen.add)
  return h('div', { class: 'file-field' }, zone, chosen.node)
}
