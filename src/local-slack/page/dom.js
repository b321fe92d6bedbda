/** Creates an element: h('button', { class: 'x', onclick }, 'text', child, …). Strings become text, never HTML. */
export function h(tag, props = {}, ...children) {
  const node = document.createElement(tag)
  for (const [key, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue
    if (key.startsWith('on')) node.addEventListener(key.slice(2), value)
    else if (key in node && !['list', 'form', 'style'].includes(key) && typeof value !== 'string') node[key] = value
    else node.setAttribute(key === 'className' ? 'class' : key, value === true ? '' : value)
  }
  node.append(...children.flat(3).filter((one) => one !== undefined && one !== null && one !== false && one !== ''))
  return node
}

/** Replaces `{key}` in a text by its value. */
export const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, key) => String(values[key] ?? ''))

const focusable = (host) => [...host.querySelectorAll('a, button, input, select, textarea')]

/**
 * Makes `children` the children of `host`. Those that it has stay in place; so do its scroll position and the focus, which
 * goes to the same control where it was redrawn.
 */
export function redraw(host, ...children) {
  const next = children.flat(3).filter(Boolean)
  const kept = new Set(next)
  const scroll = host.scrollTop
  const active = host.contains(document.activeElement) ? document.activeElement : undefined
  const index = active ? focusable(host).indexOf(active) : -1
  const old = [...host.childNodes]
  for (const one of old) if (!kept.has(one)) one.remove()
  let cursor = host.firstChild
  for (const one of next) {
    if (cursor === one) cursor = cursor.nextSibling
    else host.insertBefore(one, cursor)
  }
  if (!old.some((one) => kept.has(one))) host.scrollTop = scroll
  if (!active || active.isConnected) return
  const again = focusable(host)[index]
  if (again?.tagName === active.tagName) again.focus({ preventScroll: true })
}

const COLOURS = ['#2f6f9f', '#7a5ea8', '#2e7d5b', '#a8663a', '#8a4b68', '#4d6b2f', '#52618a', '#996515']

export function avatar(name, isBot = false) {
  if (isBot) return h('img', { class: 'avatar', src: '/page/icon.svg', alt: '' })
  const letters = name
    .split(' ')
    .slice(-2)
    .map((word) => word[0] ?? '')
    .join('')
    .toUpperCase()
  const colour = COLOURS[[...name].reduce((sum, letter) => sum + letter.codePointAt(0), 0) % COLOURS.length]
  return h('span', { class: 'avatar', style: `background:${colour}`, 'aria-hidden': 'true' }, letters)
}
