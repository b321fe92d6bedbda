/** Blocks, and where they may stand: https://docs.slack.dev/reference/block-kit/blocks */
import {
  boolean,
  byType,
  type Check,
  type Context,
  fault,
  type IsPicture,
  isObj,
  list,
  may,
  need,
  type Obj,
  oneOf,
  type Surface,
  shape,
  string,
} from './check.js'
import { accessory, actionElement, contextElement, ELEMENTS, image as imageElement, input } from './elements.js'
import { plain, text, url } from './objects.js'
import { richText } from './rich-text.js'
import { dataTable, table, textLength } from './tables.js'

const id = may(string(255))
/** Is looked at elsewhere. */
const anything: Check = () => {}
const buttons = may(
  list(
    byType(ELEMENTS, () => ['button'], 'action of a card'),
    1,
    5,
  ),
)
const picture = may(byType(ELEMENTS, () => ['image'], 'image'))

const card = shape({
  block_id: id,
  hero_image: picture,
  icon: picture,
  title: may(text(150)),
  subtitle: may(text(150)),
  body: may(text(200)),
  actions: buttons,
})

const BLOCKS: Record<string, Check> = {
  actions: shape({ block_id: id, elements: need(list(actionElement, 1, 25)) }),
  alert: shape({
    block_id: id,
    text: need(text(3000)),
    level: may(oneOf('default', 'info', 'warning', 'error', 'success')),
  }),
  card,
  carousel: shape({
    block_id: id,
    elements: need(
      list(
        byType({ card }, () => ['card'], 'carousel'),
        1,
        10,
      ),
    ),
  }),
  context: shape({ block_id: id, elements: need(list(contextElement, 1, 10)) }),
  data_table: dataTable,
  divider: shape({ block_id: id }),
  header: shape({ block_id: id, text: need(plain(150)) }),
  image: shape(
    {
      block_id: id,
      alt_text: may(anything),
      title: may(plain(2000)),
      image_url: may(anything),
      slack_file: may(anything),
    },
    ({ image_url, slack_file, alt_text }, at, context) =>
      imageElement({ type: 'image', image_url, slack_file, alt_text }, at, context),
  ),
  input: shape({
    block_id: id,
    label: need(plain(2000)),
    element: need(input),
    hint: may(plain(2000)),
    optional: may(boolean),
    dispatch_action: may(boolean),
  }),
  markdown: shape({ block_id: id, text: need(string(12_000)) }),
  rich_text: richText,
  section: shape(
    {
      block_id: id,
      text: may(text(3000)),
      fields: may(list(text(2000), 1, 10)),
      accessory: may(accessory),
      expand: may(boolean),
    },
    (value, at, context) => {
      if (value.text === undefined && value.fields === undefined)
        fault(context, at, 'must define either text or fields')
    },
  ),
  table,
  video: shape({
    block_id: id,
    video_url: need(url()),
    thumbnail_url: need(url()),
    alt_text: need(string(2000)),
    title: need(plain(199)),
    title_url: may(url()),
    author_name: may(string(49)),
    provider_name: may(string()),
    provider_icon_url: may(url()),
    description: may(plain(200)),
  }),
}

const EVERYWHERE = ['actions', 'context', 'divider', 'header', 'image', 'input', 'rich_text', 'section', 'video']
const ALLOWED: Record<Surface, string[]> = {
  message: [...EVERYWHERE, 'table', 'data_table', 'markdown', 'card', 'carousel'],
  modal: [...EVERYWHERE, 'alert'],
  home: EVERYWHERE,
}
const MAX_BLOCKS: Record<Surface, number> = { message: 50, modal: 100, home: 100 }

/** Seen at about this many characters; Slack does not document it. */
export const MAX_MESSAGE_CHARACTERS = 13_200

const block = byType(BLOCKS, ({ surface }) => ALLOWED[surface], 'block')

/** The elements of a block that a person can act on. */
export function elementsOf(one: Obj): Obj[] {
  const nested = Array.isArray(one.elements) && one.type !== 'rich_text' ? one.elements.filter(isObj) : []
  const inside = nested.flatMap((item) => (item.type === 'card' ? elementsOf(item) : [item]))
  const found = [...inside, one.accessory, one.element, ...(Array.isArray(one.actions) ? one.actions : [])]
  return found.filter((item): item is Obj => isObj(item) && typeof item.type === 'string' && item.type in ELEMENTS)
}

const duplicates = (values: unknown[]) =>
  values.filter((value, index) => value !== undefined && values.indexOf(value) !== index)

function across(blocks: Obj[], at: string, context: Context) {
  for (const twice of duplicates(blocks.map((one) => one.block_id)))
    fault(context, at, `block_id must be unique: ${twice}`)
  blocks.forEach((one, index) => {
    for (const twice of duplicates(elementsOf(one).map((element) => element.action_id)))
      fault(context, `${at}/${index}`, `action_id must be unique within a block: ${twice}`)
  })
  if (blocks.flatMap(elementsOf).filter((element) => element.focus_on_load === true).length > 1)
    fault(context, at, 'only one element may have focus_on_load')
  if (blocks.filter((one) => one.type === 'table').length > 1) fault(context, at, 'only_one_table_allowed')
  const rows = blocks.filter((one) => one.type === 'table' || one.type === 'data_table').map((one) => one.rows)
  if (rows.length > 1 && textLength(rows) > 10_000)
    fault(context, at, 'tables must be less than 10001 characters in all')
  const markdown = blocks.filter((one) => one.type === 'markdown').map((one) => String(one.text))
  if (markdown.join('').length > 12_000) fault(context, at, 'markdown must be less than 12001 characters in all')
}

/** What Slack would say against these blocks; empty when it would take them. */
export function blockFaults(blocks: unknown, surface: Surface, at = '/blocks', isPicture?: IsPicture): string[] {
  const context: Context = { surface, faults: [], isPicture }
  list(block, 0, MAX_BLOCKS[surface])(blocks, at, context)
  if (Array.isArray(blocks)) across(blocks.filter(isObj), at, context)
  return context.faults
}
