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

/** Replaces the children of `host` and keeps its scroll position; does nothing when they are already its children. */
export function redraw(host, ...children) {
  const next = children.flat(3).filter(Boolean)
  if (next.length === host.childNodes.length && next.every((one, index) => one === host.childNodes[index])) return
  const scroll = host.scrollTop
  host.replaceChildren(...next)
  host.scrollTop = scroll
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
