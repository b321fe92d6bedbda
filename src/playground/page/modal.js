import { blocks } from './blocks.js'
import { h } from './dom.js'

export function modals(app) {
  const { store, names } = app
  const { text, boot } = store
  const forms = new Map()
  let box
  let shown = ''

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
    if ('selected_option' in held)
      return { ...held, selected_option: options.find((one) => one.value === entry) ?? null }
    const key = Object.keys(held).find((one) => one !== 'type')
    return { ...held, [key]: entry }
  }

  const placeOf = (view, form) => ({
    names,
    text,
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
    act: (block, element, choice) => {
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
    const result = await app.act({ kind: 'submit', view: view.id, values: changed(form) })
    Object.assign(form, { busy: false, faults: result.faults ?? {} })
    draw()
    box?.querySelector('.wrong')?.scrollIntoView({ block: 'center' })
  }

  async function close(view) {
    forms.delete(view.id)
    await app.act({ kind: 'close', view: view.id })
  }

  function drawing(view, form, depth) {
    const off = { type: 'button', class: 'btn', onclick: () => close(view) }
    const back = depth > 1 ? '←' : '✕'
    return [
      h(
        'header',
        {},
        h('img', { class: 'avatar tiny', src: '/page/icon.svg', alt: '' }),
        h('h2', {}, view.title),
        h('button', { ...off, class: 'x', 'aria-label': view.close ?? text.close }, back),
      ),
      h('div', { class: 'modal-body' }, blocks(view.blocks, placeOf(view, form))),
      h(
        'footer',
        {},
        h('button', off, view.close ?? (view.submit ? text.cancel : text.close)),
        view.submit &&
          h(
            'button',
            { type: 'submit', class: form.busy ? 'btn primary busy' : 'btn primary', disabled: form.busy },
            form.busy ? text.waiting : view.submit,
          ),
      ),
    ]
  }

  function vanish() {
    box?.close()
    box?.remove()
    box = undefined
    shown = ''
    forms.clear()
  }

  function draw() {
    const stack = store.state?.modals ?? []
    const view = stack.at(-1)
    if (!view) return vanish()
    const form = formOf(view)
    const look = JSON.stringify([view.id, view.hash, view.errors, form.faults, form.busy, stack.length])
    if (look === shown && box) return
    const scroll = shown.includes(view.id) ? (box?.querySelector('.modal-body')?.scrollTop ?? 0) : 0
    shown = look
    if (!box) {
      box = h('dialog', { class: 'modal', oncancel: (event) => event.preventDefault() })
      document.body.append(box)
      box.showModal()
    }
    const send = (event) => {
      event.preventDefault()
      submit(view, form)
    }
    box.replaceChildren(h('form', { onsubmit: send, novalidate: true }, drawing(view, form, stack.length)))
    const body = box.querySelector('.modal-body')
    if (body) body.scrollTop = scroll
  }
  return { draw }
}
