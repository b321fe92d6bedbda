import { fileUrl } from '../api.js'
import { h } from '../dom.js'
import { dispatches } from './dispatch.js'
import { control } from './elements.js'
import { mrkdwn, textOf } from './mrkdwn.js'
import { richText } from './rich-text.js'
import { dataTable, table } from './table.js'

/** The URL of a picture on the web or in the workspace. */
const sourceOf = (one) => one.image_url ?? (one.slack_file && fileUrl(one.slack_file))

function picture(one, className = 'picture') {
  const missing = () => h('span', { class: 'picture-missing' }, one.alt_text)
  const image = h('img', { class: className, src: sourceOf(one), alt: one.alt_text, loading: 'lazy' })
  image.addEventListener('error', () => image.replaceWith(missing()))
  return image
}

const large = (one) => h('a', { href: sourceOf(one), target: '_blank', rel: 'noopener', class: 'large' }, picture(one))

const contextItem = (item, { names }) =>
  item.type === 'image' ? picture(item, 'context-image') : h('span', {}, textOf(item, names))

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
  block.accessory.type === 'image' ? picture(block.accessory, 'picture side') : control(block, block.accessory, place)

/** An input block. `refresh` redraws only label, hint and error, because the person may be typing in the control. */
function input(block, place) {
  const id = `field-${block.block_id}`
  const label = h('label', { for: id, id: `${id}-label` })
  const notes = h('div', { id: `${id}-notes` })
  const node = h(
    'div',
    { class: 'field', 'data-block': block.block_id },
    label,
    control(block, block.element, place, id),
    notes,
  )
  const entry = node.querySelector(`[id="${id}"]`)
  entry?.setAttribute('aria-describedby', notes.id)
  const typesEnter =
    block.dispatch_action && dispatches(block, block.element, 'enter') && !dispatches(block, block.element)
  node.refresh = (current, { errors, text }) => {
    const error = errors?.[current.block_id]
    node.classList.toggle('wrong', Boolean(error))
    entry?.setAttribute('aria-invalid', String(Boolean(error)))
    label.replaceChildren(current.label.text)
    if (current.optional) label.append(h('span', { class: 'quiet' }, ` (${text.optional})`))
    notes.replaceChildren(
      ...[
        error && h('div', { class: 'field-error', role: 'alert' }, error),
        current.hint && h('div', { class: 'hint' }, current.hint.text),
        typesEnter && h('div', { class: 'hint' }, text.pressEnter),
      ].filter(Boolean),
    )
  }
  node.refresh(block, place)
  return node
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
  header: (block, { heading = 'h2' }) => h(heading, {}, textOf(block.text)),
  image: (block) => h('figure', {}, block.title && h('figcaption', {}, block.title.text), large(block)),
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

const drawn = new WeakMap()

function draw(block, place) {
  const inside = KINDS[block.type]?.(block, place) ?? `[${block.type}]`
  const node = h('div', { class: `block block-${block.type}` }, inside)
  drawn.set(node, { drawState: drawStateOf(block, place), refresh: inside.refresh })
  return node
}

/** A drawn block stays while this is unchanged. Entered values are not part of it, unless the place has a `drawState`. */
const drawStateOf = (block, { drawState }) =>
  block.type === 'input'
    ? JSON.stringify([block.block_id, block.element, block.dispatch_action, block.optional, drawState?.(block)])
    : JSON.stringify([block, drawState?.(block)])

/** Draws Block Kit. `place`: {names, text, heading, user, errors, value(block, element), set(…, entry), perform(block, element, choice)}. */
export const blocks = (list, place) => list.map((block) => draw(block, place))

/** Runs `work`, then restores focus and caret if the focused field was redrawn. */
function keepingFocus(host, work) {
  const {
    id,
    selectionStart: from,
    selectionEnd: to,
  } = host.contains(document.activeElement) ? document.activeElement : {}
  work()
  const redrawn = id && document.activeElement?.id !== id && host.querySelector(`#${CSS.escape(id)}`)
  if (!redrawn) return
  redrawn.focus({ preventScroll: true })
  if (typeof from === 'number') redrawn.setSelectionRange?.(from, to)
}

/** Updates the blocks in `host`: unchanged blocks keep their nodes, and so focus and caret. */
export function patch(host, list, place) {
  keepingFocus(host, () => {
    let cursor = host.firstElementChild
    for (const block of list) {
      const drawState = drawStateOf(block, place)
      let node = cursor
      while (node && drawn.get(node)?.drawState !== drawState) node = node.nextElementSibling
      if (!node) {
        host.insertBefore(draw(block, place), cursor)
        continue
      }
      while (cursor !== node) {
        const gone = cursor
        cursor = cursor.nextElementSibling
        gone.remove()
      }
      cursor = node.nextElementSibling
      drawn.get(node).refresh?.(block, place)
    }
    while (cursor) {
      const gone = cursor
      cursor = cursor.nextElementSibling
      gone.remove()
    }
  })
}
