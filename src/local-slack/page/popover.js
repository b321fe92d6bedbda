import { h } from './dom.js'

let closeOpen = () => {}

/** Opens a menu of [{label, about, onchoose}] next to `anchor`; it closes on a choice, on Escape, Tab or a press elsewhere. */
export function popover(anchor, items, at = anchor.getBoundingClientRect()) {
  closeOpen()
  const choose = (item) => () => {
    close()
    item.onchoose()
  }
  const menu = h(
    'div',
    { class: 'menu', role: 'menu' },
    items.map((item) =>
      h(
        'button',
        { type: 'button', role: 'menuitem', onclick: choose(item) },
        item.label,
        item.about && h('small', {}, item.about),
      ),
    ),
  )
  // Elements outside of an open modal dialog cannot be pressed, so there the menu is part of the dialog.
  const host = anchor.closest('dialog') ?? document.body
  host.append(menu)
  const { width, height } = menu.getBoundingClientRect()
  const edge = 8
  const below = at.bottom + height + edge < innerHeight
  // Aligned with the right edge of a button; after a right click it starts at the pointer.
  const left = at.right > at.left ? at.right - width : at.left
  menu.style.left = `${Math.max(edge, Math.min(left, innerWidth - width - edge))}px`
  menu.style.top = `${Math.max(edge, below ? at.bottom + 2 : at.top - height - 2)}px`

  const outside = (event) => !menu.contains(event.target) && close()
  const onKey = (event) => {
    const rows = [...menu.children]
    const at = rows.indexOf(document.activeElement)
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key]
    if (next === undefined && event.key !== 'Escape' && event.key !== 'Tab') return
    event.preventDefault()
    event.stopPropagation()
    if (next !== undefined) return rows.at(next % rows.length)?.focus()
    close()
    anchor.focus?.()
  }
  function close() {
    menu.remove()
    document.removeEventListener('pointerdown', outside, true)
    document.removeEventListener('keydown', onKey, true)
    closeOpen = () => {}
  }
  closeOpen = close
  document.addEventListener('pointerdown', outside, true)
  document.addEventListener('keydown', onKey, true)
  menu.querySelector('button')?.focus({ preventScroll: true })
}
