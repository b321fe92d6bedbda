import { fill, h, redraw } from '../dom.js'
import { emoji } from './mrkdwn.js'
import { richText } from './rich-text.js'
import { withSymbols } from './symbols.js'

const cellNode = (cell, names) =>
  cell.type === 'rich_text' ? richText(cell, names) : withSymbols(emoji(cell.text ?? ''))
const isNumber = (cell) => cell?.type === 'raw_number'

const rowNode = (cells, tag, names, settings = []) =>
  h(
    'tr',
    {},
    cells.map((cell, column) => {
      const { align, is_wrapped: wrapped } = settings[column] ?? {}
      const side = align ?? (isNumber(cell) ? 'right' : undefined)
      return h(
        tag,
        {
          class: wrapped === false ? 'no-wrap' : undefined,
          style: side && `text-align:${side}`,
          scope: tag === 'th' && 'col',
        },
        cellNode(cell, names),
      )
    }),
  )

function measure({ target }) {
  const hidden = target.scrollWidth - target.clientWidth
  target.classList.toggle('goes-on', hidden - target.scrollLeft > 1)
  // Only what scrolls is a stop of the Tab key.
  target.tabIndex = hidden > 1 ? 0 : -1
}

const widths = new ResizeObserver((entries) => entries.forEach(measure))

/** The box that a wide table scrolls in; its edge shows that there is more. */
function box(label, grid) {
  const node = h('div', { class: 'table-box', role: 'group', 'aria-label': label, onscroll: measure }, grid)
  widths.observe(node)
  return node
}

export function table(block, { names, text }) {
  const [head, ...rows] = block.rows
  const body = rows.map((row) => rowNode(row, 'td', names, block.column_settings))
  const headRow = rowNode(head, 'th', names, block.column_settings)
  return box(text.table, h('table', {}, h('thead', {}, headRow), h('tbody', {}, body)))
}

const cellKey = (cell) => (isNumber(cell) ? cell.value : (cell?.text ?? ''))
const collator = new Intl.Collator('vi', { numeric: true })
const compare = (a, b) =>
  typeof a === 'number' && typeof b === 'number' ? a - b : collator.compare(String(a), String(b))

/** Slack's data table: a tap on a heading sorts it; it has pages. */
export function dataTable(block, { names, text }) {
  const [head, ...rows] = block.rows
  const size = block.page_size ?? 5
  const view = { page: 0, column: -1, down: false }
  const host = h('div', { class: 'data-table' })

  function sorted() {
    if (view.column < 0) return rows
    const order = [...rows].sort((a, b) => compare(cellKey(a[view.column]), cellKey(b[view.column])))
    return view.down ? order.reverse() : order
  }

  function heading(cell, column) {
    const arrow = view.column === column ? (view.down ? ' ↓' : ' ↑') : ''
    const sort = () => {
      Object.assign(view, { down: view.column === column && !view.down, column, page: 0 })
      draw()
    }
    const numeric = rows.some((row) => isNumber(row[column]))
    return h(
      'th',
      {
        style: numeric && 'text-align:right',
        scope: 'col',
        'aria-sort': view.column === column && (view.down ? 'descending' : 'ascending'),
      },
      h('button', { type: 'button', onclick: sort }, cellNode(cell, names), arrow),
    )
  }

  function pager() {
    const pages = Math.ceil(rows.length / size)
    if (pages < 2) return undefined
    const from = view.page * size + 1
    const go = (step) => () => {
      view.page += step
      draw()
    }
    return h(
      'div',
      { class: 'pager' },
      h('span', {}, fill(text.pageOf, { from, to: Math.min(from + size - 1, rows.length), total: rows.length })),
      h('button', { type: 'button', class: 'btn', disabled: view.page === 0, onclick: go(-1) }, text.previousPage),
      h('button', { type: 'button', class: 'btn', disabled: view.page >= pages - 1, onclick: go(1) }, text.nextPage),
    )
  }

  function draw() {
    const shown = sorted().slice(view.page * size, (view.page + 1) * size)
    const body = shown.map((row) => rowNode(row, 'td', names))
    const caption = h('caption', {}, block.caption)
    const grid = h('table', {}, caption, h('thead', {}, h('tr', {}, head.map(heading))), h('tbody', {}, body))
    redraw(host, box(block.caption ?? text.table, grid), pager())
  }
  draw()
  return host
}
