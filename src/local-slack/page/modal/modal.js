import { patch } from '../blocks/blocks.js'
import { h, redraw } from '../dom.js'
import { uploaded, uploads } from '../files/tray.js'

/** Shows the stack of modals in a dialog. */
export function modals(app) {
  const { store, names } = app
  const { text, boot } = store
  const forms = new Map()
  let box
  let shown = ''
  let current

  function formOf(view) {
    const known = forms.get(view.id) ?? { entries: {}, clientErrors: {}, busy: false }
    forms.set(view.id, known)
    return known
  }

  const entriesOf = (form) => structuredClone(form.entries)

  /** The value of a field: what the person has entered here, else what the server holds. */
  function fieldValue(view, form, block, element) {
    const entry = form.entries[block.block_id]?.[element.action_id]
    const held = view.values[block.block_id]?.[element.action_id]
    if (entry === undefined || !held) return held
    const options = element.options ?? element.option_groups?.flatMap((group) => group.options) ?? []
    if ('selected_options' in held)
      return { ...held, selected_options: options.filter((one) => entry.includes(one.value)) }
    if ('files' in held) return { ...held, files: entry.map(uploaded).filter(Boolean) }
    if ('selected_option' in held)
      return { ...held, selected_option: options.find((one) => one.value === entry) ?? null }
    const key = Object.keys(held).find((one) => one !== 'type')
    return { ...held, [key]: entry }
  }

  const placeOf = (view, form) => ({
    names,
    text,
    heading: 'h3',
    user: () => store.user,
    people: store.people,
    channels: boot.channels,
    errors: {
      ...Object.fromEntries(
        Object.entries(form.clientErrors).map(([id, code]) => [id, text.fieldErrors[code] ?? code]),
      ),
      ...view.errors,
    },
    value: (block, element) => fieldValue(view, form, block, element),
    set: (block, element, entry) => {
      form.entries[block.block_id] = { ...form.entries[block.block_id], [element.action_id]: entry ?? null }
    },
    perform: async (block, element, choice) => {
      await uploads()
      const place = { view: view.id }
      return app.perform({
        kind: 'click',
        place,
        block: block.block_id,
        action: element.action_id,
        ...choice,
        values: entriesOf(form),
      })
    },
  })

  async function submit(view, form) {
    if (form.busy) return
    form.busy = true
    form.clientErrors = {}
    draw()
    await uploads()
    const result = await app.perform({ kind: 'submit', view: view.id, values: entriesOf(form) })
    Object.assign(form, { busy: false, clientErrors: result.clientErrors ?? {} })
    draw()
    const wrong = box?.node.querySelector('.wrong')
    wrong?.querySelector('input, select, textarea')?.focus({ preventScroll: true })
    wrong?.scrollIntoView({ block: 'center' })
  }

  async function close(view) {
    forms.delete(view.id)
    await app.perform({ kind: 'close', view: view.id })
  }

  const headOf = (view, depth, closeProps) => [
    h('img', { class: 'avatar tiny', src: '/page/icon.svg', alt: '' }),
    h('h2', {}, view.title),
    h('button', { ...closeProps, class: 'x', 'aria-label': view.close ?? text.close }, depth > 1 ? '←' : '✕'),
  ]

  const footOf = (view, form, closeProps) => [
    h('button', closeProps, view.close ?? (view.submit ? text.cancel : text.close)),
    view.submit &&
      h(
        'button',
        { type: 'submit', class: form.busy ? 'btn primary busy' : 'btn primary', 'aria-disabled': form.busy && 'true' },
        form.busy ? text.waiting : view.submit,
      ),
  ]

  function dismiss() {
    box?.node.close()
    box?.node.remove()
    box = undefined
    shown = ''
    forms.clear()
  }

  /** Opens the one dialog, which shows the top view of the stack. */
  function open() {
    const head = h('header')
    const body = h('div', { class: 'modal-body' })
    const foot = h('footer')
    const send = (event) => {
      event.preventDefault()
      submit(current.view, current.form)
    }
    const node = h('dialog', { class: 'modal' }, h('form', { onsubmit: send, novalidate: true }, head, body, foot))
    node.addEventListener('cancel', (event) => {
      // A file picker that is dismissed also sends `cancel`; it bubbles up from the input.
      if (event.target !== node) return
      event.preventDefault()
      close(current.view)
    })
    document.body.append(node)
    node.showModal()
    return { node, head, body, foot }
  }

  function draw() {
    const stack = store.state?.modals ?? []
    const view = stack.at(-1)
    if (!view) return dismiss()
    const form = formOf(view)
    const drawState = JSON.stringify([view.id, view.hash, view.errors, form.clientErrors, form.busy, stack.length])
    if (drawState === shown && box) return
    const isOther = !shown.includes(view.id)
    shown = drawState
    current = { view, form }
    box ??= open()
    const closeProps = { type: 'button', class: 'btn', onclick: () => close(view) }
    box.node.setAttribute('aria-label', view.title)
    redraw(box.head, headOf(view, stack.length, closeProps))
    redraw(box.foot, footOf(view, form, closeProps))
    if (isOther) box.body.replaceChildren()
    patch(box.body, view.blocks, placeOf(view, form))
    if (isOther) box.body.scrollTop = 0
  }
  return { draw }
}
