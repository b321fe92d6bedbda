import { withSymbols } from '../blocks/symbols.js'
import { h } from '../dom.js'
import { picker, tray, uploads } from '../files/tray.js'

/** The field for messages and commands; suggests commands when a slash is typed. */
export function composer(app) {
  const { text, boot } = app.store
  const hints = h('div', { class: 'hints', hidden: true })
  const send = h('button', { type: 'submit', class: 'btn primary send', 'aria-label': text.send }, '➤')
  const field = h('textarea', {
    rows: '1',
    placeholder: text.composer,
    'aria-label': text.composer,
    autocapitalize: 'off',
    oninput: typed,
    onkeydown: key,
    onpaste: paste,
  })
  const files = tray({ user: () => app.store.user, text, max: 10 })
  const clip = picker(
    { multiple: true, onfiles: add, className: 'clip', label: text.files.attach },
    h('span', { 'aria-hidden': 'true' }, withSymbols('📎')),
  )
  const node = h(
    'form',
    { class: 'composer', onsubmit: submit },
    hints,
    h('div', { class: 'composer-box' }, files.node, h('div', { class: 'composer-line' }, clip, field, send)),
  )

  function typed() {
    field.style.height = 'auto'
    field.style.height = `${Math.min(field.scrollHeight, 160)}px`
    const line = field.value.toLowerCase()
    const fits = line.startsWith('/') ? boot.hints.filter((one) => one.line.startsWith(line)) : []
    hints.hidden = fits.length === 0
    hints.replaceChildren(...fits.slice(0, 10).map(offer))
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

  const offer = (hint) =>
    h(
      'button',
      { type: 'button', class: 'hint-row', onclick: () => insert(hint.line) },
      h('b', {}, hint.line),
      h('span', {}, hint.about),
    )

  function insert(line) {
    field.value = `${line} `
    field.focus()
    typed()
    hints.hidden = true
  }

  function key(event) {
    if (event.key === 'Escape') hints.hidden = true
    const first = hints.querySelector('b')
    if (event.key === 'Tab' && !hints.hidden && first) {
      event.preventDefault()
      insert(first.textContent)
    }
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
    event.preventDefault()
    submit(event)
  }

  async function submit(event) {
    event.preventDefault()
    if (send.disabled) return
    send.disabled = true
    const channel = app.channelId()
    await uploads()
    const line = field.value.trim()
    const ids = files.ids()
    if (line !== '' || ids.length > 0) {
      field.value = ''
      typed()
      if (line.startsWith('/')) await app.perform({ kind: 'command', channel, line })
      else {
        files.clear()
        await app.perform({ kind: 'say', channel, text: line, files: ids })
      }
    }
    send.disabled = false
    app.toEnd()
  }
  return { node, add, clear: files.clear }
}
