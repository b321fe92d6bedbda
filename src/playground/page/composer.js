import { h } from './dom.js'

/** Where a message or a command is written; offers the commands when a slash is typed. */
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
  })
  const node = h(
    'form',
    { class: 'composer', onsubmit: submit },
    hints,
    h('div', { class: 'composer-box' }, field, send),
  )

  function typed() {
    field.style.height = 'auto'
    field.style.height = `${Math.min(field.scrollHeight, 160)}px`
    const line = field.value.toLowerCase()
    const fits = line.startsWith('/') ? boot.hints.filter((one) => one.line.startsWith(line)) : []
    hints.hidden = fits.length === 0
    hints.replaceChildren(...fits.slice(0, 10).map(offer))
  }

  const offer = (hint) =>
    h(
      'button',
      { type: 'button', class: 'hint-row', onclick: () => take(hint.line) },
      h('b', {}, hint.line),
      h('span', {}, hint.about),
    )

  function take(line) {
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
      take(first.textContent)
    }
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
    event.preventDefault()
    submit(event)
  }

  async function submit(event) {
    event.preventDefault()
    const line = field.value.trim()
    if (line === '' || send.disabled) return
    field.value = ''
    typed()
    send.disabled = true
    const channel = app.channelId()
    await app.act(line.startsWith('/') ? { kind: 'command', channel, line } : { kind: 'say', channel, text: line })
    send.disabled = false
  }
  return { node }
}
