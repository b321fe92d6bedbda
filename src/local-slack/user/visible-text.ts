/** The text of blocks as plain lines. */
import { isJsonObject, type JsonObject } from '../json.js'

const inline = (elements: unknown): string =>
  (Array.isArray(elements) ? elements.filter(isJsonObject) : [])
    .map((one) => {
      if (Array.isArray(one.elements)) return `${inline(one.elements)}\n`
      if (one.type === 'user') return `<@${String(one.user_id)}>`
      if (one.type === 'emoji') return `:${String(one.name)}:`
      return String(one.text ?? one.url ?? one.fallback ?? '')
    })
    .join('')

function cellText(cell: unknown): string {
  if (!isJsonObject(cell)) return ''
  return cell.type === 'rich_text' ? inline(cell.elements).trim() : String(cell.text ?? '')
}

function lines(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(lines)
  if (!isJsonObject(value)) return []
  if (value.type === 'rich_text') return [inline(value.elements).trim()]
  if (Array.isArray(value.rows)) {
    const rows = value.rows.map((row) => (Array.isArray(row) ? row.map(cellText).join(' | ') : ''))
    return [...(value.caption ? [String(value.caption)] : []), ...rows]
  }
  if (value.type === 'image' && value.alt_text) return [String(value.alt_text)]
  if (typeof value.text === 'string') return [value.text]
  const keys = ['title', 'label', 'text', 'fields', 'elements', 'accessory', 'element', 'subtitle', 'body', 'actions']
  return [...keys.flatMap((key) => lines(value[key])), ...lines(value.hint), ...lines(value.placeholder)]
}

/** All text of the blocks, one line for each text object. */
export const visibleTextOf = (blocks: JsonObject[]): string => blocks.flatMap(lines).join('\n')

/** The label of a button, a menu or an option. */
export const labelOf = (element: JsonObject): string => {
  const text = isJsonObject(element.text)
    ? element.text.text
    : isJsonObject(element.placeholder)
      ? element.placeholder.text
      : ''
  return typeof text === 'string' ? text : ''
}
