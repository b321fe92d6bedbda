import { h } from '../dom.js'
import { fold } from '../fold.js'

/** The commands that a line begins, without regard to accents and case: all of them for a slash alone. */
export const matching = (offered, line) =>
  line.startsWith('/') ? offered.filter((one) => fold(one.line).startsWith(fold(line))) : []

/** The index after a key in a list of `count`, -1 for none chosen; undefined for other keys. */
export function stepped(index, key, count) {
  if (key === 'ArrowDown') return index + 1 < count ? index + 1 : 0
  if (key === 'ArrowUp') return index > 0 ? index - 1 : count - 1
  return undefined
}

/** The list of commands above the field: arrow keys move in it, Enter and Tab take what is chosen, Escape closes it. */
export function commandHints({ field, label, offered, ontake }) {
  const node = h('div', {
    class: 'hints',
    hidden: true,
    id: 'hints',
    role: 'listbox',
    tabindex: '0',
    'aria-label': label,
  })
  let shown = []
  let chosen = -1

  const option = (hint, index) =>
    h(
      'div',
      {
        id: `hint-${index}`,
        role: 'option',
        class: index === chosen ? 'hint-row on' : 'hint-row',
        'aria-selected': String(index === chosen),
        // The field keeps the focus.
        onmousedown: (event) => event.preventDefault(),
        onclick: () => ontake(hint.line),
      },
      h('b', {}, hint.line),
      h('span', {}, hint.about),
    )

  function draw() {
    node.hidden = shown.length === 0
    node.replaceChildren(...shown.map(option))
    if (chosen < 0) field.removeAttribute('aria-activedescendant')
    else {
      field.setAttribute('aria-activedescendant', `hint-${chosen}`)
      node.children[chosen].scrollIntoView({ block: 'nearest' })
    }
  }

  function show(line) {
    shown = matching(offered(), line)
    chosen = -1
    draw()
  }

  /** Whether the key was for the list. */
  function key(event) {
    if (shown.length === 0 || event.isComposing) return false
    const next = stepped(chosen, event.key, shown.length)
    if (next !== undefined) {
      chosen = next
      draw()
      return true
    }
    if (event.key === 'Escape') {
      show('')
      return true
    }
    const taken = event.key === 'Tab' && !event.shiftKey ? (shown[chosen] ?? shown[0]) : shown[chosen]
    if (!taken || (event.key !== 'Tab' && event.key !== 'Enter') || event.shiftKey) return false
    ontake(taken.line)
    return true
  }
  return { node, show, key, hide: () => show('') }
}
