import { fill, h } from '../dom.js'
import { sizeOf } from '../files/files.js'
import { dropTarget, picker, tray } from '../files/tray.js'
import { showDate } from '../time.js'
import { withSymbols } from './symbols.js'

/** A date shown as dd/MM/yyyy in every browser language; it opens the browser's own calendar. */
export function dateField({ id, 'aria-label': label, value, placeholder, onpick }) {
  const shown = h('span', { class: 'grow' })
  const show = (day) => {
    shown.textContent = day ? showDate(day) : placeholder
    shown.classList.toggle('quiet', !day)
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
    shown,
    h('span', { class: 'caret', 'aria-hidden': 'true' }, '▾'),
    h('input', { id, 'aria-label': label, type: 'date', value, onchange: pick, onclick: open }),
  )
}

/** Slack's limit for each file of a file_input. */
const MAX_BYTES = 10_000_000

/** A file field: pressed or dropped on; the chosen files are listed below. */
export function fileField({ id, user, text, max, accept, held, onchange }) {
  const chosen = tray({ user, text, max, maxBytes: MAX_BYTES, held, onchange })
  const zone = picker(
    { id, multiple: max !== 1, accept, onfiles: chosen.add, className: 'drop' },
    h(
      'span',
      { class: 'drop-label' },
      withSymbols('📎'),
      h('b', {}, text.files.choose),
      h('span', {}, text.files.orDrop),
    ),
    h('small', {}, fill(text.files.limit, { max, size: sizeOf(MAX_BYTES) })),
  )
  dropTarget(zone, chosen.add)
  return h('div', { class: 'file-field' }, zone, chosen.node)
}
