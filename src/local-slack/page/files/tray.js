import { fileUrl, upload } from '../api.js'
import { fill, h } from '../dom.js'
import { nameOf, sizeOf, thumbnail } from './files.js'

/** What the page knows of the files that it has uploaded, by id. */
const known = new Map()
export const uploaded = (id) => known.get(id)

const underway = new Set()
/** Resolves when nothing is being uploaded any more. */
export const uploads = () => Promise.allSettled([...underway])

/**
 * Files that are chosen and not yet sent. Each is uploaded at once, as in Slack. `held` are those already there;
 * `onchange` hears the ids of all that are uploaded, whenever these change.
 */
export function tray({ user, text, max, maxBytes = Number.POSITIVE_INFINITY, held = [], onchange = () => {} }) {
  const list = h('div', { class: 'tray-list' })
  const trouble = h('div', { class: 'tray-trouble', role: 'alert' })
  const node = h('div', { class: 'tray', hidden: true }, list, trouble)
  let items = held.map((file) => ({ ...file, url: fileUrl({ id: file.id }) }))

  const ids = () => items.filter((one) => one.id).map((one) => one.id)

  function draw() {
    list.replaceChildren(...items.map(row))
    node.hidden = items.length === 0 && trouble.childNodes.length === 0
  }

  const row = (item) =>
    h(
      'div',
      { class: item.id ? 'tray-item' : 'tray-item busy' },
      thumbnail(item, item.url),
      nameOf(item, item.id ? sizeOf(item.size) : text.files.uploading),
      h(
        'button',
        { type: 'button', class: 'x', 'aria-label': fill(text.files.remove, item), onclick: () => remove(item) },
        '✕',
      ),
    )

  function remove(item) {
    items = items.filter((one) => one !== item)
    trouble.replaceChildren()
    draw()
    onchange(ids())
  }

  const complain = (words, files, more) =>
    files.length > 0 &&
    trouble.append(h('div', {}, fill(words, { ...more, names: files.map((one) => one.name).join(', ') })))

  async function send(item, file) {
    try {
      Object.assign(item, await upload(user(), file))
      known.set(item.id, { id: item.id, name: item.name, mimetype: item.mimetype, size: item.size })
    } catch {
      items = items.filter((one) => one !== item)
      complain(text.files.failed, [file])
    }
    draw()
    onchange(ids())
  }

  function add(files) {
    trouble.replaceChildren()
    const chosen = [...files]
    complain(
      text.files.tooBig,
      chosen.filter((one) => one.size > maxBytes),
      { size: sizeOf(maxBytes) },
    )
    const fit = chosen.filter((one) => one.size <= maxBytes)
    const room = max - items.length
    complain(text.files.tooMany, fit.slice(room), { max })
    for (const file of fit.slice(0, room)) {
      const item = { name: file.name, mimetype: file.type, size: file.size, url: URL.createObjectURL(file) }
      items = [...items, item]
      const sending = send(item, file)
      underway.add(sending)
      sending.finally(() => underway.delete(sending))
    }
    draw()
  }

  function clear() {
    items = []
    trouble.replaceChildren()
    draw()
  }
  draw()
  return { node, add, ids, clear }
}

/** Lets files be dropped on a node; `drop-over` stands on it meanwhile. */
export function dropTarget(node, take) {
  const brings = (event) => [...(event.dataTransfer?.types ?? [])].includes('Files')
  let depth = 0
  const over = (by) => {
    depth = Math.max(0, depth + by)
    node.classList.toggle('drop-over', depth > 0)
  }
  node.addEventListener('dragenter', (event) => brings(event) && over(1))
  node.addEventListener('dragleave', (event) => brings(event) && over(-1))
  node.addEventListener('dragover', (event) => brings(event) && event.preventDefault())
  node.addEventListener('drop', (event) => {
    if (!brings(event)) return
    event.preventDefault()
    over(-depth)
    take(event.dataTransfer.files)
  })
}

/** A button that opens the system's choice of files; on a phone that offers the camera too. */
export function picker({ id, multiple, accept, take, className, label }, ...children) {
  const input = h('input', { id, type: 'file', multiple, accept, class: 'file-pick', 'aria-label': label })
  input.addEventListener('change', () => {
    take(input.files)
    input.value = ''
  })
  return h('label', { class: className, title: label }, input, ...children)
}
