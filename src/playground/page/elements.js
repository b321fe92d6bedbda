import { confirmed } from './confirm.js'
import { h } from './dom.js'
import { dateField, fileField } from './fields.js'
import { emoji } from './mrkdwn.js'
import { signs } from './signs.js'

const offered = (element) => element.options ?? element.option_groups?.flatMap((group) => group.options) ?? []
const placeholder = (element) => element.placeholder?.text

async function press(block, element, place, choice) {
  if (element.confirm && !(await confirmed(element.confirm, place))) return
  if (element.url) window.open(element.url, '_blank', 'noopener')
  await place.act(block, element, choice)
}

/** In an input block a choice is kept until the form is sent; elsewhere it tells the bot at once. */
const choose = (block, element, place, entry) => {
  place.set(block, element, entry)
  if (block.type !== 'input' || block.dispatch_action) press(block, element, place, { entry })
}

function button(block, element, place) {
  const node = h(
    'button',
    { type: 'button', class: `btn ${element.style ?? ''}`, 'aria-label': element.accessibility_label },
    signs(emoji(element.text.text)),
  )
  node.addEventListener('click', async () => {
    node.classList.add('busy')
    node.disabled = true
    await press(block, element, place, {})
    node.disabled = false
    node.classList.remove('busy')
  })
  return node
}

function overflow(block, element, place) {
  const pick = (option) => () => {
    box.open = false
    press(block, element, place, { option: option.value })
  }
  const items = element.options.map((one) => h('button', { type: 'button', onclick: pick(one) }, emoji(one.text.text)))
  const box = h(
    'details',
    { class: 'overflow' },
    h('summary', { class: 'btn', 'aria-label': place.text.more }, '⋯'),
    h('div', { class: 'menu' }, items),
  )
  return box
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
  return h('select', { id, onchange }, none, list)
}

function ticks(block, element, place, type) {
  const value = place.value(block, element)
  const chosen = new Set((value?.selected_options ?? [value?.selected_option]).filter(Boolean).map((one) => one.value))
  const group = `${block.block_id}-${element.action_id}-${Math.random()}`
  const change = (event) => {
    if (type === 'radio') return choose(block, element, place, event.target.value)
    if (event.target.checked) chosen.add(event.target.value)
    else chosen.delete(event.target.value)
    choose(block, element, place, [...chosen])
  }
  const row = (one) =>
    h(
      'label',
      { class: 'tick' },
      h('input', { type, name: group, value: one.value, checked: chosen.has(one.value), onchange: change }),
      h('span', {}, emoji(one.text.text), one.description && h('small', {}, one.description.text)),
    )
  const rows = element.option_groups
    ? element.option_groups.flatMap((each) => [h('div', { class: 'quiet' }, each.label.text), ...each.options.map(row)])
    : offered(element).map(row)
  return h('div', { class: element.type === 'multi_static_select' ? 'ticks boxed' : 'ticks' }, rows)
}

function people(block, element, place, id) {
  const value = place.value(block, element)
  const current = value?.selected_user ?? value?.selected_channel ?? value?.selected_conversation ?? ''
  const list = element.type.includes('users') ? place.people : place.channels
  const nodes = list.map((one) => h('option', { value: one.id, selected: one.id === current }, one.name))
  const onchange = (event) => choose(block, element, place, event.target.value || null)
  return h('select', { id, onchange }, h('option', { value: '' }, placeholder(element) ?? place.text.choose), nodes)
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
  const told = (event) => block.dispatch_action && !picks && choose(block, element, place, event.target.value)
  const rules = { id, placeholder: placeholder(element), maxlength: element.max_length && String(element.max_length) }
  if (element.multiline) return h('textarea', { ...rules, rows: '4', oninput: set, onchange: told }, current)
  const [type, inputmode] = INPUT_TYPES[element.type] ?? ['text', undefined]
  return h('input', {
    ...rules,
    type,
    inputmode,
    value: String(current),
    [picks ? 'onchange' : 'oninput']: set,
    ...(picks ? {} : { onchange: told }),
  })
}

const files = (block, element, place, id) =>
  fileField({
    id,
    words: place.text.chooseFiles,
    max: element.max_files ?? 10,
    accept: element.filetypes?.map((one) => `.${one}`).join(','),
    onpick: (chosen) => place.set(block, element, chosen),
  })

const date = (block, element, place, id) =>
  dateField({
    id,
    value: place.value(block, element)?.selected_date ?? '',
    placeholder: placeholder(element) ?? place.text.choose,
    onpick: (day) => choose(block, element, place, day),
  })

const KINDS = {
  button,
  overflow,
  static_select: select,
  external_select: select,
  multi_static_select: (...all) => ticks(...all.slice(0, 3), 'checkbox'),
  checkboxes: (...all) => ticks(...all.slice(0, 3), 'checkbox'),
  radio_buttons: (...all) => ticks(...all.slice(0, 3), 'radio'),
  users_select: people,
  channels_select: people,
  conversations_select: people,
  file_input: files,
  datepicker: date,
}

export const control = (block, element, place, id) => (KINDS[element.type] ?? typed)(block, element, place, id)
