import { h } from './dom.js'
import { control } from './elements.js'
import { mrkdwn, textOf } from './mrkdwn.js'
import { richText } from './rich-text.js'
import { dataTable, table } from './table.js'

const picture = (one) =>
  one.image_url
    ? h('img', { class: 'picture', src: one.image_url, alt: one.alt_text, loading: 'lazy' })
    : h('span', { class: 'picture-missing' }, one.alt_text)

const contextItem = (item, { names }) =>
  item.type === 'image'
    ? h('img', { class: 'context-image', src: item.image_url ?? '', alt: item.alt_text })
    : h('span', {}, textOf(item, names))

function section(block, place) {
  const body = h(
    'div',
    { class: 'section-text' },
    block.text && h('div', {}, textOf(block.text, place.names)),
    block.fields &&
      h(
        'div',
        { class: 'fields' },
        block.fields.map((one) => h('div', {}, textOf(one, place.names))),
      ),
  )
  const side = block.accessory && h('div', { class: 'accessory' }, accessory(block, place))
  return h('div', { class: 'section' }, body, side)
}

const accessory = (block, place) =>
  block.accessory.type === 'image' ? picture(block.accessory) : control(block, block.accessory, place)

function input(block, place) {
  const error = place.errors?.[block.block_id]
  const id = `field-${block.block_id}`
  return h(
    'div',
    { class: error ? 'field wrong' : 'field', 'data-block': block.block_id },
    h(
      'label',
      { for: id },
      block.label.text,
      block.optional && h('span', { class: 'quiet' }, ` (${place.text.optional})`),
    ),
    control(block, block.element, place, id),
    error && h('div', { class: 'field-error', role: 'alert' }, error),
    block.hint && h('div', { class: 'hint' }, block.hint.text),
  )
}

const card = (block, place) =>
  h(
    'div',
    { class: 'card' },
    block.title && h('b', {}, textOf(block.title, place.names)),
    block.subtitle && h('div', { class: 'quiet' }, textOf(block.subtitle, place.names)),
    block.body && h('div', {}, textOf(block.body, place.names)),
    block.actions &&
      h(
        'div',
        { class: 'actions' },
        block.actions.map((one) => control(block, one, place)),
      ),
  )

const KINDS = {
  section,
  input,
  card,
  table,
  data_table: dataTable,
  divider: () => h('hr'),
  header: (block) => h('h3', {}, textOf(block.text)),
  image: (block) => h('figure', {}, block.title && h('figcaption', {}, block.title.text), picture(block)),
  rich_text: (block, { names }) => richText(block, names),
  markdown: (block, { names }) => h('div', {}, mrkdwn(block.text.replace(/\*\*(.+?)\*\*/g, '*$1*'), names)),
  alert: (block, { names }) => h('div', { class: `alert ${block.level ?? 'default'}` }, textOf(block.text, names)),
  actions: (block, place) =>
    h(
      'div',
      { class: 'actions' },
      block.elements.map((one) => control(block, one, place)),
    ),
  context: (block, place) =>
    h(
      'div',
      { class: 'context' },
      block.elements.map((one) => contextItem(one, place)),
    ),
  carousel: (block, place) =>
    h(
      'div',
      { class: 'carousel' },
      block.elements.map((one) => card(one, place)),
    ),
  video: (block) =>
    h('a', { href: block.title_url ?? block.video_url, target: '_blank', rel: 'noopener' }, block.title.text),
}

/** Draws Block Kit. `place`: {names, text, errors, value(block, element), set(…, entry), act(block, element, choice)}. */
export const blocks = (list, place) =>
  list.map((block) =>
    h('div', { class: `block block-${block.type}` }, KINDS[block.type]?.(block, place) ?? `[${block.type}]`),
  )
