import { withSymbols } from '../blocks/symbols.js'
import { h } from '../dom.js'
import { picker, tray, uploads } from '../files/tray.js'
import { commandHints } from './hints.js'

/** The field for messages and commands; suggests commands when a slash is typed. */
export function composer(app) {
  const { store } = app
  const { text } = store
  /** What was typed and not sent, by conversation. */
  const unsent = new Map()
  let conversation = ''
  let isSending = false
  const send = h('button', { type: 'submit', class: 'btn primary send', 'aria-label': text.send }, '➤')
  const field = h('textarea', {
    rows: '1',
    placeholder: text.composer,
    'aria-label': text.composer,
    autocapitalize: 'off',
    autocomplete: 'off',
    'aria-autocomplete': 'list',
    'aria-controls': 'hints',
    oninput: typed,
    onkeydown: key,
    onpaste: paste,
    onblur: () => hints.hide(),
  })
  const hints = commandHints({
    field,
    label: text.commands,
    offered: () => store.state?.hints ?? [],
    ontake: take,
  })
  const files = tray({ user: () => store.user, text, max: 10 })
  const clip = picker(
    { multiple: true, onfiles: add, className: 'clip', label: text.files.attach },
    h('span', { 'aria-hidden': 'true' }, withSymbols('📎')),
  )
  const node = h(
    'form',
    { class: 'composer', onsubmit: submit },
    hints.node,
    h('div', { class: 'composer-box' }, files.node, h('div', { class: 'composer-line' }, clip, field, send)),
  )

  function resize() {
    field.style.height = 'auto'
    field.style.height = `${Math.min(field.scrollHeight, 160)}px`
  }

  function typed() {
    resize()
    hints.show(field.value)
  }

  function write(line) {
    field.value = line
    resize()
    hints.hide()
  }

  function add(chosen) {
    files.add(chosen)
    field.focus()
  }

  function paste(event) {
    const pasted = event.clipboardData?.files ?? []
    if (pasted.length === 0) return
    event.preventDefault()
    add(pasted)
  }

  function take(line) {
    write(`${line} `)
    field.focus()
  }

  function key(event) {
    if (hints.key(event)) return event.preventDefault()
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
    event.preventDefault()
    submit(event)
  }

  async function submit(event) {
    event.preventDefault()
    if (isSending) return
    isSending = true
    await uploads()
    const line = field.value.trim()
    if (line !== '' || files.ids().length > 0) await deliver(line)
    isSending = false
  }

  async function deliver(line) {
    const [channel, from] = [app.channelId(), conversation]
    const isCommand = line.startsWith('/')
    const ids = files.ids()
    write('')
    app.expect(true)
    const result = await app.perform(
      isCommand ? { kind: 'command', channel, line } : { kind: 'say', channel, text: line, files: ids },
    )
    // What was not received comes back, unless the person has gone on.
    if (result.error) {
      if (from === conversation && field.value === '') write(line)
      else if (from !== conversation) unsent.set(from, line)
    } else if (!isCommand && from === conversation) files.clear()
  }

  /** Shows what the person has typed in this conversation and not sent. */
  function show(next) {
    if (next === conversation) return
    unsent.set(conversation, field.value)
    conversation = next
    write(unsent.get(next) ?? '')
    files.clear()
  }
  return { node, add, show, unsent: { get: () => field.value, set: write } }
}
