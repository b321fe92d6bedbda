import { h } from '../dom.js'

const SVG = 'http://www.w3.org/2000/svg'
const DRAWN = {
  '✅': ['#12805c', 'M3 3h10v10H3z', 'M5 8.2l2.2 2.2L11.2 6'],
  '🕓': ['#b26a00', 'M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 1 0 8 1.8z', 'M8 4.5V8l2.4 2.2'],
  '↩️': ['#b3341f', 'M2 2h12v12H2z', 'M5 7.5h5a2 2 0 0 1 0 4H7.5M7 5.2L4.6 7.5 7 9.8'],
  '📎': ['#616061', '', 'M10.5 4.5v6a2.5 2.5 0 0 1-5 0V4.3a1.6 1.6 0 0 1 3.2 0v6'],
  '⬜': ['#8a919e', '', 'M3 3h10v10H3z'],
}
const SYMBOL = /(✅|🕓|↩️|⬜|📎)/u

function draw(symbol) {
  const [colour, ground, line] = DRAWN[symbol]
  const node = document.createElementNS(SVG, 'svg')
  node.setAttribute('viewBox', '0 0 16 16')
  const path = (d, attributes) => {
    const one = document.createElementNS(SVG, 'path')
    for (const [key, value] of Object.entries({
      d,
      'stroke-linejoin': 'round',
      'stroke-linecap': 'round',
      ...attributes,
    }))
      one.setAttribute(key, value)
    node.append(one)
  }
  if (ground) path(ground, { fill: colour, stroke: colour, 'stroke-width': '2' })
  path(line, { fill: 'none', stroke: ground ? '#fff' : colour, 'stroke-width': '1.6' })
  return h('span', { class: 'symbol', role: 'img', 'aria-label': symbol }, node)
}

/** Text with the state symbols drawn as SVG, so that they look the same without an emoji font. */
export const withSymbols = (text) => text.split(SYMBOL).map((part) => (part in DRAWN ? draw(part) : part))
