import { h } from '../dom.js'
import { confirmed } from '../modal/confirm.js'
import { popover } from '../popover.js'
import { dispatches, dispatching } from './dispatch.js'
import { dateField, fileField } from './fields.js'
import { emoji, plainOf, textOf } from './mrkdwn.js'
import { withSymbols } from './symbols.js'

const offered = (element) => element.options ?? element.option_groups?.flatMap((group) => group.options) ?? []
const placeholder = (element) => element.placeholder?.text

async function sendAction(block, element, place, choice) {
  if (element.confirm && !(await confirmed(element.confirm, place))) return
  if (element.url) window.open(element.url, '_blank', 'noopener')
  await place.perform(block, element, choice)
}

/** Stores a choice; outside of input blocks it is also sent to the bot. */
const choose = (block, element, place, entry) => {
  place.set(block, element, entry)
  if (dispatches(block, element)) sendAction(block, element, place, { entry })
}

/** What a control outside of a form field is called: what it offers, and what it is about. */
const nameOf = (block, element, place) =>
  [placeholder(element) ?? place.text.choose, block.text?.text && plainOf(block.text)].filter(Boolean).join(': ')

/** A field of a form has a label; any other control carries its name itself. */
const named = (block, element, place, id) => (id ? { id } : { 'aria-label': nameOf(block, element, place) })

function button(block, element, place) {
  const node = h(
    'button',
    { type: 'button', class: `btn ${element.style ?? ''}`, 'aria-label': element.accessibility_label },
    withSymbols(emoji(element.text.text)),
  )
  node.addEventListener('click', async () => {
    // Not disabled: a button that is loses the focus.
    if (node.classList.contains('busy')) return
    node.classList.add('busy')
    await sendAction(block, element, place, {})
    node.classList.remove('busy')
  })
  return node
}

function overflow(block, element, place) {
  const pick = (option) => () => {
    if (option.url) window.open(option.url, '_blank', 'noopener')
    sendAction(block, element, place, { option: option.value })
  }
  const items = element.options.map((one) => ({
    label: emoji(one.text.text),
    about: one.description?.text,
    onchoose: pick(one),
  }))
  const open = (event) => popover(event.currentTarget, items)
  return h(
    'button',
    {
      type: 'button',
      class: 'btn overflow',
      'aria-label': [place.text.more, block.text?.text && plainOf(block.text)].filter(Boolean).join(': '),
      'aria-haspopup': 'menu',
      onclick: open,
    },
    '⋯',
  )
}

const optionNode = (current) => (one) =>
  h('option', { value: one.value, selected: one.value === current }, emoji(one.text.text))

function select(block, element, place, id) {
  const value = place.value(block, element)
  const current = value?.selected_option?.value ?? ''
  const list = element.option_groups
    ? element.option_groups.map((group) =>
        h('optgroup', { label: group.label.text }, group.options.map(optionNode(current))),
      )
    : offered(element).map(optionNode(current))
  const none = h(
    'option',
    { value: '', selected: current === '', disabled: !block.optional },
    placeholder(element) ?? place.text.choose,
  )
  const onchange = (event) => choose(block, element, place, event.target.value || null)
  return h('select', { ...named(block, element, place, id), onchange }, none, list)
}

/** What can be chosen where Slack offers people or channels. */
const listed = (element, place) =>
  (element.type.includes('users') ? place.people : place.channels).map((one) => ({
    text: { text: one.name },
    value: one.id,
  }))

const chosenIn = (value) =>
  (value?.selected_options ?? [value?.selected_option])
    .filter(Boolean)
    .map((one) => one.value)
    .concat(value?.selected_users ?? value?.selected_channels ?? value?.selected_conversations ?? [])

function ticks(block, element, place, type, id) {
  const chosen = new Set(chosenIn(place.value(block, element)))
  const group = `${block.block_id}-${element.action_id}-${Math.random()}`
  const boxes = []
  const full = () => {
    const most = element.max_selected_items
    if (most) for (const box of boxes) box.disabled = chosen.size >= most && !box.checked
  }
  const change = (event) => {
    if (type === 'radio') return choose(block, element, place, event.target.value)
    if (event.target.checked) chosen.add(event.target.value)
    else chosen.delete(event.target.value)
    full()
    choose(block, element, place, [...chosen])
  }
  const row = (one) => {
    const box = h('input', { type, name: group, value: one.value, checked: chosen.has(one.value), onchange: change })
    boxes.push(box)
    const about = one.description && h('small', {}, textOf(one.description, place.names))
    return h('label', { class: 'tick' }, box, h('span', {}, textOf(one.text, place.names), about))
  }
  const offers = /^multi_(users|channels|conversations)/.test(element.type) ? listed(element, place) : offered(element)
  const rows = element.option_groups
    ? element.option_groups.flatMap((each) => [h('div', { class: 'quiet' }, each.label.text), ...each.options.map(row)])
    : offers.map(row)
  full()
  return h(
    'div',
    {
      class: element.type.startsWith('multi_') ? 'ticks boxed' : 'ticks',
      role: type === 'radio' ? 'radiogroup' : 'group',
      ...(id ? { id, 'aria-labelledby': `${id}-label` } : named(block, element, place)),
    },
    rows,
  )
}

function people(block, element, place, id) {
  const value = place.value(block, element)
  const current = value?.selected_user ?? value?.selected_channel ?? value?.selected_conversation ?? ''
  const nodes = listed(element, place).map(optionNode(current))
  const onchange = (event) => choose(block, element, place, event.target.value || null)
  return h(
    'select',
    { ...named(block, element, place, id), onchange },
    h('option', { value: '' }, placeholder(element) ?? place.text.choose),
    nodes,
  )
}

const INPUT_TYPES = {
  email_text_input: ['email', 'email'],
  url_text_input: ['url', 'url'],
  number_input: ['text', 'decimal'],
  timepicker: ['time', undefined],
}

function typed(block, element, place, id) {
  const value = place.value(block, element)
  const current = value?.value ?? value?.selected_time ?? ''
  const picks = element.type.endsWith('picker')
  const set = (event) =>
    picks ? choose(block, element, place, event.target.value || null) : place.set(block, element, event.target.value)
  const rules = {
    ...named(block, element, place, id),
    placeholder: placeholder(element),
    maxlength: element.max_length && String(element.max_length),
  }
  const [type, inputmode] = INPUT_TYPES[element.type] ?? ['text', undefined]
  const node = element.multiline
    ? h('textarea', { ...rules, rows: '4', oninput: set }, current)
    : h('input', { ...rules, type, inputmode, value: String(current), [picks ? 'onchange' : 'oninput']: set })
  return picks
    ? node
    : dispatching(node, block, element, () => sendAction(block, element, place, { entry: node.value }))
}

const files = (block, element, place, id) =>
  fileField({
    id,
    user: place.user,
    text: place.text,
    max: element.max_files ?? 10,
    accept: element.filetypes?.map((one) => `.${one}`).join(','),
    held: place.value(block, element)?.files,
    onchange: (ids) => place.set(block, element, ids),
  })

const date = (block, element, place, id) =>
  dateField({
    ...named(block, element, place, id),
    value: place.value(block, element)?.selected_date ?? '',
    placeholder: placeholder(element) ?? place.text.choose,
    onpick: (day) => choose(block, element, place, day),
  })

const many = (block, element, place, id) => ticks(block, element, place, 'checkbox', id)

const KINDS = {
  button,
  overflow,
  static_select: select,
  external_select: select,
  multi_static_select: many,
  multi_external_select: many,
  multi_users_select: many,
  multi_channels_select: many,
  multi_conversations_select: many,
  checkboxes: many,
  radio_buttons: (block, element, place, id) => ticks(block, element, place, 'radio', id),
  users_select: people,
  channels_select: people,
  conversations_select: people,
  file_input: files,
  datepicker: date,
}

export const control = (block, element, place, id) => (KINDS[element.type] ?? typed)(block, element, place, id)
