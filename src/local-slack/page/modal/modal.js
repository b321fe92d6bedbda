import { patch } from '../blocks/blocks.js'
import { h } from '../dom.js'
import { uploaded, uploads } from '../files/tray.js'

export function modals(app) {
  const { store, names } = app
  const { text, boot } = store
  const forms = new Map()
  let box
  let shown = ''
  let current

  function formOf(view) {
    const known = forms.get(view.id) ?? { entries: {}, faults: {}, busy: false }
    forms.set(view.id, known)
    return known
  }

  const changed = (form) => structuredClone(form.entries)

  /** What the person has touched goes before what the server holds. */
  function heldBy(view, form, block, element) {
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
    user: () => store.user,
    people: store.people,
    channels: boot.channels,
    errors: {
      ...Object.fromEntries(Object.entries(form.faults).map(([id, fault]) => [id, text.faults[fault] ?? fault])),
      ...view.errors,
    },
    value: (block, element) => heldBy(view, form, block, element),
    set: (block, element, entry) => {
      form.entries[block.block_id] = { ...form.entries[block.block_id], [element.action_id]: entry ?? null }
    },
    act: async (block, element, choice) => {
      await uploads()
      const place = { view: view.id }
      return app.act({
        kind: 'click',
        place,
        block: block.block_id,
        action: element.action_id,
        ...choice,
        values: changed(form),
      })
    },
  })

  async function submit(view, form) {
    if (form.busy) return
    form.busy = true
    form.faults = {}
    draw()
    await uploads()
    const result = await app.act({ kind: 'submit', view: view.id, values: changed(form) })
    Object.assign(form, { busy: false, faults: result.faults ?? {} })
    draw()
    box?.node.querySelector('.wrong')?.scrollIntoView({ block: 'center' })
  }

  async function close(view) {
    forms.delete(view.id)
    await app.act({ kind: 'close', view: view.id })
  }

  const headOf = (view, depth, off) => [
    h('img', { class: 'avatar tiny', src: '/page/icon.svg', alt: '' }),
    h('h2', {}, view.title),
    h('button', { ...off, class: 'x', 'aria-label': view.close ?? text.close }, depth > 1 ? '←' : '✕'),
  ]

  const footOf = (view, form, off) => [
    h('button', off, view.close ?? (view.submit ? text.cancel : text.close)),
    view.submit &&
      h(
        'button',
        { type: 'submit', class: form.busy ? 'btn primary busy' : 'btn primary', disabled: form.busy },
        form.busy ? text.waiting : view.submit,
      ),
  ]

  function vanish() {
    box?.node.close()
    box?.node.remove()
    box = undefined
    shown = ''
    forms.clear()
  }

  /** One dialog, whose parts are filled with whichever view is on top. */
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
      // A choice of files that is called off says so too, and is not meant.
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
    if (!view) return vanish()
    const form = formOf(view)
    const look = JSON.stringify([view.id, view.hash, view.errors, form.faults, form.busy, stack.length])
    if (look === shown && box) return
    const isOther = !shown.includes(view.id)
    shown = look
    current = { view, form }
    box ??= open()
    const off = { type: 'button', class: 'btn', onclick: () => close(view) }
    box.head.replaceChildren(...headOf(view, stack.length, off))
    box.foot.replaceChildren(...footOf(view, form, off).filter(Boolean))
    if (isOther) box.body.replaceChildren()
    patch(box.body, view.blocks, placeOf(view, form))
    if (isOther) box.body.scrollTop = 0
  }
  return { draw }
}
