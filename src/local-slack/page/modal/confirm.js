import { textOf } from '../blocks/mrkdwn.js'
import { h } from '../dom.js'

/** Asks the person to confirm; resolves with whether they did. */
export function confirmed(confirm, { names }) {
  return new Promise((resolve) => {
    const done = (answer) => () => {
      box.close()
      box.remove()
      resolve(answer)
    }
    const box = h(
      'dialog',
      { class: 'modal small', 'aria-label': confirm.title.text, oncancel: done(false) },
      h('header', {}, h('h2', {}, confirm.title.text)),
      h('div', { class: 'modal-body' }, textOf(confirm.text, names)),
      h(
        'footer',
        {},
        h('button', { type: 'button', class: 'btn', onclick: done(false) }, confirm.deny.text),
        h(
          'button',
          { type: 'button', class: `btn ${confirm.style ?? 'primary'}`, onclick: done(true) },
          confirm.confirm.text,
        ),
      ),
    )
    document.body.append(box)
    box.showModal()
  })
}
