import { h } from '../dom.js'
import { emoji } from './mrkdwn.js'
import { withSymbols } from './symbols.js'

const STYLES = [
  ['bold', 'b'],
  ['italic', 'i'],
  ['strike', 's'],
  ['underline', 'u'],
  ['code', 'code'],
]

function plain(element, names) {
  if (element.type === 'user') return h('span', { class: 'mention' }, `@${names(element.user_id)}`)
  if (element.type === 'channel') return h('span', { class: 'mention' }, `#${names(element.channel_id)}`)
  if (element.type === 'broadcast') return h('span', { class: 'mention' }, `@${element.range}`)
  if (element.type === 'emoji') return emoji(`:${element.name}:`)
  if (element.type === 'date') return element.fallback ?? ''
  if (element.type !== 'link') return h('span', {}, withSymbols(element.text ?? ''))
  const safe = /^(https?:|mailto:)/i.test(element.url)
  const shown = element.text ?? element.url
  return safe ? h('a', { href: element.url, target: '_blank', rel: 'noopener noreferrer' }, shown) : shown
}

const run = (element, names) =>
  STYLES.reduce((node, [style, tag]) => (element.style?.[style] ? h(tag, {}, node) : node), plain(element, names))

const TAGS = { rich_text_section: 'div', rich_text_quote: 'blockquote', rich_text_preformatted: 'pre' }

function part(one, names) {
  if (one.type !== 'rich_text_list')
    return h(
      TAGS[one.type] ?? 'div',
      {},
      one.elements.map((e) => run(e, names)),
    )
  const items = one.elements.map((item) =>
    h(
      'li',
      {},
      item.elements.map((e) => run(e, names)),
    ),
  )
  const style = `margin-left:${(one.indent ?? 0) * 20}px`
  return h(one.style === 'ordered' ? 'ol' : 'ul', { style }, items)
}

export const richText = (block, names) =>
  h(
    'div',
    { class: 'rich' },
    block.elements.map((one) => part(one, names)),
  )
