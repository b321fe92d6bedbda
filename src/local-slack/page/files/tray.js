import { fileUrl, upload } from '../api.js'
import { fill, h } from '../dom.js'
import { nameOf, sizeOf, thumbnail } from './files.js'

/** The files that the page has uploaded, by id. */
const known = new Map()
export const uploaded = (id) => known.get(id)

const inProgress = new Set()
/** Resolves when no upload is in progress. */
export const uploads = () => Promise.allSettled([...inProgress])

/**
 * The list of files that are chosen and not yet sent. Each is uploaded at once, as in Slack. `held` are the files already
 * in the field; `onchange` is called with the ids of all uploaded files whenever these change.
 */
export function tray({ user, text, max, maxBytes = Number.POSITIVE_INFINITY, held = [], onchange = () => {} }) {
  const list = h('div', { class: 'tray-list' })
  const errors = h('div', { class: 'tray-errors', role: 'alert' })
  const node = h('div', { class: 'tray', hidden: true }, list, errors)
  let items = held.map((file) => ({ ...file, url: fileUrl({ id: file.id }) }))

  const ids = () => items.filter((one) => one.id).map((one) => one.id)

  function draw() {
    list.replaceChildren(...items.map(row))
    node.hidden = items.length === 0 && errors.childNodes.length === 0
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
    errors.replaceChildren()
    draw()
    onchange(ids())
  }

  const reportError = (message, files, more) =>
    files.length > 0 &&
    errors.append(h('div', {}, fill(message, { ...more, names: files.map((one) => one.name).join(', ') })))

  async function send(item, file) {
    try {
      Object.assign(item, await upload(user(), file))
      known.set(item.id, { id: item.id, name: item.name, mimetype: item.mimetype, size: item.size })
    } catch {
      items = items.filter((one) => one !== item)
      reportError(text.files.failed, [file])
    }
    draw()
    onchange(ids())
  }

  function add(files) {
    errors.replaceChildren()
    const chosen = [...files]
    reportError(
      text.files.tooBig,
      chosen.filter((one) => one.size > maxBytes),
      { size: sizeOf(maxBytes) },
    )
    const fit = chosen.filter((one) => one.size <= maxBytes)
    const room = max - items.length
    reportError(text.files.tooMany, fit.slice(room), { max })
    for (const file of fit.slice(0, room)) {
      const item = { name: file.name, mimetype: file.type, size: file.size, url: URL.createObjectURL(file) }
      items = [...items, item]
      const sending = send(item, file)
      inProgress.add(sending)
      sending.finally(() => inProgress.delete(sending))
    }
    draw()
  }

  function clear() {
    items = []
    errors.replaceChildren()
    draw()
  }
  draw()
  return { node, add, ids, clear }
}

/** Lets files be dropped on a node, which has the class `drop-over` while they are dragged over it. */
export function dropTarget(node, onfiles) {
  const hasFiles = (event) => [...(event.dataTransfer?.types ?? [])].includes('Files')
  let depth = 0
  const over = (by) => {
    depth = Math.max(0, depth + by)
    node.classList.toggle('drop-over', depth > 0)
  }
  node.addEventListener('dragenter', (event) => hasFiles(event) && over(1))
  node.addEventListener('dragleave', (event) => hasFiles(event) && over(-1))
  node.addEventListener('dragover', (event) => hasFiles(event) && event.preventDefault())
  node.addEventListener('drop', (event) => {
    if (!hasFiles(event)) return
    event.preventDefault()
    over(-depth)
    onfiles(event.dataTransfer.files)
  })
}

/** A button that opens the file picker of the system; on a phone it offers the camera too. */
export function picker({ id, multiple, accept, onfiles, className, label }, ...children) {
  const input = h('input', { id, type: 'file', multiple, accept, class: 'file-pick', 'aria-label': label })
  input.addEventListener('change', () => {
    onfiles(input.files)
    input.value = ''
  })
  return h('label', { class: className, title: label }, input, ...children)
}
