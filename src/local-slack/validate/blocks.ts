/** Blocks, and the surfaces that allow them: https://docs.slack.dev/reference/block-kit/blocks */

import { isJsonObject, type JsonObject } from '../json.js'
import {
  addError,
  boolean,
  byType,
  type Check,
  type CheckContext,
  type IsPicture,
  list,
  object,
  oneOf,
  optional,
  required,
  type Surface,
  string,
} from './check.js'
import { accessory, actionElement, contextElement, ELEMENTS, image as imageElement, input } from './elements.js'
import { plain, text, url } from './objects.js'
import { richText } from './rich-text.js'
import { dataTable, table, textLength } from './tables.js'

const id = optional(string(255))

/** Checked elsewhere. */
const anything: Check = () => {}
const buttons = optional(
  list(
    byType(ELEMENTS, () => ['button'], 'action of a card'),
    1,
    5,
  ),
)

const picture = optional(byType(ELEMENTS, () => ['image'], 'image'))

const card = object({
  block_id: id,
  hero_image: picture,
  icon: picture,
  title: optional(text(150)),
  subtitle: optional(text(150)),
  body: optional(text(200)),
  actions: buttons,
})

const BLOCKS: Record<string, Check> = {
  actions: object({ block_id: id, elements: required(list(actionElement, 1, 25)) }),
  alert: object({
    block_id: id,
    text: required(text(3000)),
    level: optional(oneOf('default', 'info', 'warning', 'error', 'success')),
  }),
  card,
  carousel: object({
    block_id: id,
    elements: required(
      list(
        byType({ card }, () => ['card'], 'carousel'),
        1,
        10,
      ),
    ),
  }),
  context: object({ block_id: id, elements: required(list(contextElement, 1, 10)) }),
  data_table: dataTable,
  divider: object({ block_id: id }),
  header: object({ block_id: id, text: required(plain(150)) }),
  image: object(
    {
      block_id: id,
      alt_text: optional(anything),
      title: optional(plain(2000)),
      image_url: optional(anything),
      slack_file: optional(anything),
    },
    ({ image_url, slack_file, alt_text }, at, context) =>
      imageElement({ type: 'image', image_url, slack_file, alt_text }, at, context),
  ),
  input: object({
    block_id: id,
    label: required(plain(2000)),
    element: required(input),
    hint: optional(plain(2000)),
    optional: optional(boolean),
    dispatch_action: optional(boolean),
  }),
  markdown: object({ block_id: id, text: required(string(12_000)) }),
  rich_text: richText,
  section: object(
    {
      block_id: id,
      text: optional(text(3000)),
      fields: optional(list(text(2000), 1, 10)),
      accessory: optional(accessory),
      expand: optional(boolean),
    },
    (value, at, context) => {
      if (value.text === undefined && value.fields === undefined)
        addError(context, at, 'must define either text or fields')
    },
  ),
  table,
  video: object({
    block_id: id,
    video_url: required(url()),
    thumbnail_url: required(url()),
    alt_text: required(string(2000)),
    title: required(plain(199)),
    title_url: optional(url()),
    author_name: optional(string(49)),
    provider_name: optional(string()),
    provider_icon_url: optional(url()),
    description: optional(plain(200)),
  }),
}

const EVERYWHERE = ['actions', 'context', 'divider', 'header', 'image', 'input', 'rich_text', 'section', 'video']
const ALLOWED: Record<Surface, string[]> = {
  message: [...EVERYWHERE, 'table', 'data_table', 'markdown', 'card', 'carousel'],
  modal: [...EVERYWHERE, 'alert'],
  home: EVERYWHERE,
}

const MAX_BLOCKS: Record<Surface, number> = { message: 50, modal: 100, home: 100 }

/** Observed limit; Slack does not document it. */
export const MAX_MESSAGE_CHARACTERS = 13_200

const block = byType(BLOCKS, ({ surface }) => ALLOWED[surface], 'block')

/** The elements of a block that a person can interact with. */
export function elementsOf(one: JsonObject): JsonObject[] {
  const nested = Array.isArray(one.elements) && one.type !== 'rich_text' ? one.elements.filter(isJsonObject) : []
  const inside = nested.flatMap((item) => (item.type === 'card' ? elementsOf(item) : [item]))
  const found = [...inside, one.accessory, one.element, ...(Array.isArray(one.actions) ? one.actions : [])]
  return found.filter(
    (item): item is JsonObject => isJsonObject(item) && typeof item.type === 'string' && item.type in ELEMENTS,
  )
}

const duplicates = (values: unknown[]) =>
  values.filter((value, index) => value !== undefined && values.indexOf(value) !== index)

function checkTogether(blocks: JsonObject[], at: string, context: CheckContext) {
  for (const twice of duplicates(blocks.map((one) => one.block_id)))
    addError(context, at, `block_id must be unique: ${twice}`)
  blocks.forEach((one, index) => {
    for (const twice of duplicates(elementsOf(one).map((element) => element.action_id)))
      addError(context, `${at}/${index}`, `action_id must be unique within a block: ${twice}`)
  })
  if (blocks.flatMap(elementsOf).filter((element) => element.focus_on_load === true).length > 1)
    addError(context, at, 'only one element may have focus_on_load')
  if (blocks.filter((one) => one.type === 'table').length > 1) addError(context, at, 'only_one_table_allowed')
  const rows = blocks.filter((one) => one.type === 'table' || one.type === 'data_table').map((one) => one.rows)
  if (rows.length > 1 && textLength(rows) > 10_000)
    addError(context, at, 'tables must be less than 10001 characters in all')
  const markdown = blocks.filter((one) => one.type === 'markdown').map((one) => String(one.text))
  if (markdown.join('').length > 12_000) addError(context, at, 'markdown must be less than 12001 characters in all')
}

/** The errors with which Slack would refuse these blocks; empty when it would accept them. */
export function blockErrors(blocks: unknown, surface: Surface, at = '/blocks', isPicture?: IsPicture): string[] {
  const context: CheckContext = { surface, errors: [], isPicture }
  list(block, 0, MAX_BLOCKS[surface])(blocks, at, context)
  if (Array.isArray(blocks)) checkTogether(blocks.filter(isJsonObject), at, context)
  return context.errors
}
